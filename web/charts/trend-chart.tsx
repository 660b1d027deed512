import { type PointerEvent, useState } from 'react'
import { ticksFor, trendGeometry } from '../../domain/charts/index.ts'
import { formatDate, formatMoney } from '../components/format.ts'
import { useLook } from '../shell/preferences.ts'
import { Chart, part } from './chart.tsx'

interface Point {
  readonly date: string
  /** Exact text. */
  readonly balance: string
}

interface TrendChartProps {
  readonly title: string
  readonly summary: string
  readonly points: readonly Point[]
  readonly currency: string
  readonly dateWord: string
  readonly valueWord: string
  /** Says that a balance can be read by pointing. */
  readonly hint: string
}

const Drawing = ({ currency, hint, points, title, width }: TrendChartProps & { readonly width: number }) => {
  const look = useLook()
  const [read, setRead] = useState<number>()
  const frame = { width, height: width < 480 ? 220 : 280, left: 64, right: 12, top: 12, bottom: 28 }
  const chart = trendGeometry(
    points.map(({ balance }) => Number(balance)),
    frame,
  )
  const last = points.length - 1
  const every = Math.ceil(points.length / ticksFor(width - frame.left, 130))
  /** On a phone, there is room for the first and the last date only. */
  const isNamed = (step: number) => (width < 480 ? step === 0 || step === last : step % every === 0)
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
        {chart.values.map(({ at, value }) => (
          <g key={value}>
            <line className={part('grid')} x1={frame.left} x2={width - frame.right} y1={at} y2={at} />
            <text className={part('words')} x={frame.left - 8} y={at + 4} textAnchor="end">
              {formatMoney(value, look, { currency, precision: 'short' })}
            </text>
          </g>
        ))}
        {points.map(
          ({ date }, step) =>
            isNamed(step) && (
              <text
                key={date}
                className={part('words')}
                x={chart.placeOfStep(step)}
                y={frame.height - 8}
                textAnchor={step === 0 ? 'start' : chart.placeOfStep(step) > width - 50 ? 'end' : 'middle'}
              >
                {formatDate(date, look)}
              </text>
            ),
        )}
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
        {shown ? `${formatDate(shown.date, look)}: ${formatMoney(shown.balance, look, { currency, precision: 'exact' })}` : hint}
      </p>
    </>
  )
}

/** A balance over time. */
export const TrendChart = (props: TrendChartProps) => {
  const look = useLook()
  const { currency, dateWord, points, summary, title, valueWord } = props
  return (
    <Chart
      title={title}
      summary={summary}
      table={{
        header: [dateWord, valueWord],
        rows: points.map(({ balance, date }) => [date, balance]),
        words: (value, column) =>
          column === 0 ? formatDate(String(value), look) : formatMoney(value ?? 0, look, { currency, precision: 'exact' }),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
