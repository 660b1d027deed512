import { CalendarDate, Moment } from '../components/figures.tsx'
import { formatNumber } from '../components/format.ts'
import { type Column, LongTable } from '../components/table.tsx'
import { useLook } from '../shell/preferences.ts'
import type { Bar } from './use-bars.ts'
import type { IndicatorLine } from './use-indicators.ts'
import { chart as m } from '#messages/market'

/** The figures of the chart, newest first. */
export const BarTable = ({
  bars,
  caption,
  isDated,
  lines,
}: {
  readonly bars: readonly Bar[]
  readonly lines: readonly IndicatorLine[]
  readonly isDated: boolean
  readonly caption: string
}) => {
  const look = useLook()
  const price = (key: 'open' | 'high' | 'low' | 'close'): Column<Bar> => ({
    key,
    header: m[key],
    align: 'end',
    cell: bar => formatNumber(bar[key], look, 8),
  })
  const columns: readonly Column<Bar>[] = [
    {
      key: 'time',
      header: isDated ? m.day : m.time,
      cell: ({ time }) => (isDated ? <CalendarDate date={time} /> : <Moment instant={time} />),
    },
    price('open'),
    price('high'),
    price('low'),
    price('close'),
    { key: 'volume', header: m.volume, align: 'end', cell: ({ volume }) => (volume === null ? m.noVolume : formatNumber(volume, look, 8)) },
    ...lines.map(({ key, label, points }): Column<Bar> => {
      const values = new Map(points.map(({ time, value }) => [time, value]))
      return {
        key,
        header: label,
        align: 'end',
        cell: ({ time }) => {
          const value = values.get(time) ?? null
          return value === null ? '' : formatNumber(value, look, 4)
        },
      }
    }),
  ]
  return <LongTable caption={caption} columns={columns} rows={bars.toReversed()} rowKey={({ time }) => time} />
}
