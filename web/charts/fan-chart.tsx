import { type PointerEvent, useState } from 'react'
import { fanGeometry } from '../../domain/charts/index.ts'
import { formatMoney, formatPercent } from '../components/format.ts'
import { useLook } from '../shell/preferences.ts'
import { Chart, part } from './chart.tsx'
import { fanChart as m } from '#messages/charts'

export interface FanChartProps {
  readonly title: string
  readonly summary: string
  readonly percentiles: readonly number[]
  /** Amounts at [percentile][year]. */
  readonly bands: readonly (readonly number[])[]
  readonly firstYear: number
  /** The ages of the people in the first year, for the words of a year. */
  readonly people?: readonly { readonly name: string; readonly age: number }[]
  /** Something to compare with: dashed lines over the years, each from the first. */
  readonly against?: { readonly name: string; readonly lines: readonly (readonly number[])[] }
  /** What became real: a line over the fan. Years are counted from the first, not only whole ones. */
  readonly actual?: { readonly name: string; readonly points: readonly { readonly years: number; readonly value: number }[] }
}

const Drawing = ({ actual, against, bands, firstYear, people, percentiles, title, width }: FanChartProps & { readonly width: number }) => {
  const look = useLook()
  const [year, setYear] = useState<number>()
  const isNarrow = width < 480
  const frame = { width, height: isNarrow ? 260 : 380, left: 58, right: isNarrow ? 12 : 96, top: 12, bottom: 28 }
  const fan = fanGeometry({
    bands,
    firstYear,
    percentiles,
    frame,
    ...(against ? { lines: against.lines } : {}),
    ...(actual ? { actual: actual.points } : {}),
  })
  const last = firstYear + (bands[0]?.length ?? 1) - 1
  const point = (event: PointerEvent<SVGSVGElement>) =>
    setYear(Math.min(last, fan.nearestYear(event.clientX - event.currentTarget.getBoundingClientRect().left)))
  const ages = (people ?? []).map(({ age, name }) => `${name} ${age + (year ?? firstYear) - firstYear}`).join(', ')
  const money = (value: number) => formatMoney(value, look, { precision: 'short' })
  return (
    <>
      <svg
        width={width}
        height={frame.height}
        viewBox={`0 0 ${width} ${frame.height}`}
        role="img"
        aria-label={title}
        onPointerMove={point}
        onPointerLeave={() => setYear(undefined)}
      >
        {fan.values.map(({ at, value }) => (
          <g key={value}>
            <line className={part('grid')} x1={frame.left} x2={width - frame.right} y1={at} y2={at} />
            <text className={part('words')} x={frame.left - 8} y={at + 4} textAnchor="end">
              {money(value)}
            </text>
          </g>
        ))}
        {fan.years.map(({ at, value }) => (
          <text key={value} className={part('words')} x={at} y={frame.height - 8} textAnchor="middle">
            {value}
          </text>
        ))}
        {fan.ribbons.map(({ high, low, path }, index) => (
          <path key={low} className={part('band')} d={path} opacity={0.18 + index * 0.14}>
            <title>{m.between(formatPercent(low, look, 0), formatPercent(high, look, 0))}</title>
          </path>
        ))}
        <path className={part('median')} d={fan.median} />
        {fan.lines.map(path => (
          <path key={path} className={part('against')} d={path}>
            <title>{against?.name}</title>
          </path>
        ))}
        <path className={part('actual')} d={fan.actual.path}>
          <title>{actual?.name}</title>
        </path>
        {fan.actual.points.map(({ x, y }) => (
          <circle key={x} className={part('point')} cx={x} cy={y} r={2.5} />
        ))}
        {!isNarrow &&
          fan.ends.map(({ at, index, value }) => (
            <text key={index} className={part('words')} x={width - frame.right + 8} y={at + 4}>
              {formatPercent(percentiles[index]!, look, 0)} {money(value)}
            </text>
          ))}
        {year !== undefined && (
          <line
            className={part('marker')}
            x1={fan.placeOfYear(year)}
            x2={fan.placeOfYear(year)}
            y1={frame.top}
            y2={frame.height - frame.bottom}
          />
        )}
      </svg>
      <p className={`${part('tip')} no-print`}>
        {year === undefined
          ? m.hint(firstYear, last)
          : `${year}${ages === '' ? '' : ` (${ages})`}: ${percentiles
              .map((percentile, index) => `${formatPercent(percentile, look, 0)} ${money(bands[index]![year - firstYear]!)}`)
              .join(' · ')}`}
      </p>
    </>
  )
}

/** The percentiles of a simulation over the years: half of all futures are above the line in the middle. */
export const FanChart = (props: FanChartProps) => {
  const look = useLook()
  const { actual, against, bands, firstYear, percentiles, summary, title } = props
  return (
    <Chart
      title={title}
      summary={summary}
      {...(against ? { legend: <p className={part('tip')}>{m.against(against.name)}</p> } : {})}
      {...(actual ? { legend: <p className={part('tip')}>{m.actual(actual.name)}</p> } : {})}
      table={{
        header: [m.year, ...percentiles.map(percentile => formatPercent(percentile, look, 0))],
        rows: (bands[0] ?? []).map((_, step) => [firstYear + step, ...bands.map(values => Math.round(values[step]! * 100) / 100)]),
        words: (value, column) => (column === 0 ? String(value) : formatMoney(value ?? 0, look)),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
