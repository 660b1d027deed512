import { type PointerEvent, useState } from 'react'
import { trendGeometry } from '../../domain/charts/index.ts'
import { type Figure, formatDate, formatMoney, formatPercent } from '../components/format.ts'
import { useLook } from '../shell/preferences.ts'
import { DateWords, ValueGrid } from './axes.tsx'
import { Chart, part } from './chart.tsx'
import { trendChart as m } from '#messages/charts'

interface Point {
  readonly date: string
  /** Exact text. */
  readonly balance: string
  /** What it is compared with: null where that is not known. Left out without a comparison. */
  readonly against?: string | null
}

interface TrendChartProps {
  readonly title: string
  readonly summary: string
  readonly points: readonly Point[]
  /** Of the balances. Null: they are fractions, shown in per cent. */
  readonly currency: string | null
  readonly dateWord: string
  readonly valueWord: string
  /** The name of what it is compared with. */
  readonly againstWord?: string | undefined
  /** Says that a balance can be read by pointing. */
  readonly hint: string
}

type Precision = 'short' | 'exact'

/** Writes a balance: an amount, or a percentage. */
const useWords = (currency: string | null): ((value: Figure, precision: Precision) => string) => {
  const look = useLook()
  return (value, precision) =>
    currency === null ? formatPercent(value, look, precision === 'short' ? 0 : 2) : formatMoney(value, look, { currency, precision })
}

const Drawing = ({ againstWord, currency, hint, points, title, width }: TrendChartProps & { readonly width: number }) => {
  const look = useLook()
  const [read, setRead] = useState<number>()
  const frame = { width, height: width < 480 ? 220 : 280, left: 64, right: 12, top: 12, bottom: 28 }
  const words = useWords(currency)
  const chart = trendGeometry(
    points.map(({ balance }) => Number(balance)),
    frame,
    againstWord === undefined ? undefined : points.map(({ against = null }) => (against === null ? null : Number(against))),
  )
  const point = (event: PointerEvent<SVGSVGElement>) =>
    setRead(chart.nearestStep(event.clientX - event.currentTarget.getBoundingClientRect().left))
  const shown = read === undefined ? undefined : points[read]
  return (
    <>
      <svg
        width={width}
        height={frame.height}
        viewBox={`0 0 ${width} ${frame.height}`}
        role="img"
        aria-label={title}
        onPointerMove={point}
        onPointerLeave={() => setRead(undefined)}
      >
        <ValueGrid frame={frame} values={chart.values} words={value => words(value, 'short')} />
        <DateWords frame={frame} dates={points.map(({ date }) => date)} placeOfStep={chart.placeOfStep} />
        {chart.otherPath !== undefined && <path className={part('against')} d={chart.otherPath} />}
        <path className={part('median')} d={chart.path} />
        {points.length === 1 && (
          <circle className={part('median')} cx={chart.placeOfStep(0)} cy={chart.placeOfValue(Number(points[0]!.balance))} r={2} />
        )}
        {read !== undefined && (
          <line
            className={part('marker')}
            x1={chart.placeOfStep(read)}
            x2={chart.placeOfStep(read)}
            y1={frame.top}
            y2={frame.height - frame.bottom}
          />
        )}
      </svg>
      <p className={`${part('tip')} no-print`}>
        {shown
          ? `${formatDate(shown.date, look)}: ${words(shown.balance, 'exact')}${typeof shown.against === 'string' ? `; ${againstWord}: ${words(shown.against, 'exact')}` : ''}`
          : hint}
      </p>
    </>
  )
}

/** A balance or a return over time, beside another one if there is something to compare with. */
export const TrendChart = (props: TrendChartProps) => {
  const look = useLook()
  const { againstWord, currency, dateWord, points, summary, title, valueWord } = props
  const words = useWords(currency)
  return (
    <Chart
      title={title}
      summary={summary}
      table={{
        header: [dateWord, valueWord, ...(againstWord === undefined ? [] : [againstWord])],
        rows: points.map(({ against = null, balance, date }) => [date, balance, ...(againstWord === undefined ? [] : [against])]),
        words: (value, column) => (column === 0 ? formatDate(String(value), look) : value === null ? m.none : words(value, 'exact')),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
