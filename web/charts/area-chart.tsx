import { type PointerEvent, type ReactNode, useState } from 'react'
import { stackedAreas } from '../../domain/charts/index.ts'
import { formatDate, formatMoney } from '../components/format.ts'
import { useLook } from '../shell/preferences.ts'
import { DateWords, ValueGrid } from './axes.tsx'
import { Chart, fillOf, part } from './chart.tsx'

interface Series {
  readonly key: string
  readonly name: string
  /** The value on each of the dates. */
  readonly values: readonly number[]
  /** The number of its colour, from 1 to 8. */
  readonly colour: number
}

export interface AreaChartProps {
  readonly title: string
  readonly summary: string
  readonly dates: readonly string[]
  readonly series: readonly Series[]
  /** The line: the sum of the series on each of the dates. */
  readonly totals: readonly number[]
  readonly currency: string
  readonly dateWord: string
  readonly totalWord: string
  /** Says that the values of a day can be read by pointing. */
  readonly hint: string
  readonly legend: ReactNode
}

const Drawing = ({ currency, dates, hint, series, title, totals, totalWord, width }: AreaChartProps & { readonly width: number }) => {
  const look = useLook()
  const [read, setRead] = useState<number>()
  const frame = { width, height: width < 480 ? 240 : 320, left: 64, right: 12, top: 12, bottom: 28 }
  const chart = stackedAreas(
    series.map(({ values }) => values),
    totals,
    frame,
  )
  const money = (value: number, precision: 'short' | 'whole') => formatMoney(value, look, { currency, precision })
  const point = (event: PointerEvent<SVGSVGElement>) =>
    setRead(chart.nearestStep(event.clientX - event.currentTarget.getBoundingClientRect().left))
  const wordsOf = (step: number): string => {
    const parts = series.filter(({ values }) => values[step] !== 0).map(({ name, values }) => `${name} ${money(values[step]!, 'whole')}`)
    return [`${formatDate(dates[step]!, look)}: ${totalWord} ${money(totals[step]!, 'whole')}`, ...parts].join(' · ')
  }
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
        <ValueGrid frame={frame} values={chart.values} words={value => money(value, 'short')} />
        {series.map(({ colour, key }, index) => (
          <path key={key} className={`${fillOf(colour - 1)} ${part('area')}`} d={chart.areas[index]} />
        ))}
        <line className={part('axis')} x1={frame.left} x2={width - frame.right} y1={chart.placeOfValue(0)} y2={chart.placeOfValue(0)} />
        <path className={part('total')} d={chart.total} />
        <DateWords frame={frame} dates={dates} placeOfStep={chart.placeOfStep} />
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
      <p className={`${part('tip')} no-print`}>{read === undefined ? hint : wordsOf(read)}</p>
    </>
  )
}

/** Amounts over time, the series on each other and what is below zero under the axis, with their sum as a line. */
export const AreaChart = (props: AreaChartProps) => {
  const look = useLook()
  const { currency, dates, dateWord, legend, series, summary, title, totals, totalWord } = props
  return (
    <Chart
      title={title}
      summary={summary}
      legend={legend}
      table={{
        header: [dateWord, totalWord, ...series.map(({ name }) => name)],
        rows: dates.map((date, step) => [date, totals[step]!, ...series.map(({ values }) => values[step]!)]),
        words: (value, column) =>
          column === 0 ? formatDate(String(value), look) : formatMoney(value ?? 0, look, { currency, precision: 'exact' }),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
