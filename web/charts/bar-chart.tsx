import { type PointerEvent, useState } from 'react'
import { stackedBars, ticksFor } from '../../domain/charts/index.ts'
import { useLook, type Look } from '../shell/preferences.ts'
import { Chart, fillOf, Legend, part } from './chart.tsx'
import { barChart as m } from '#messages/charts'

export interface BarChartProps {
  readonly title: string
  readonly summary: string
  /** The name of the steps, such as year or age. */
  readonly stepName: string
  /** What is under each bar. */
  readonly steps: readonly (string | number)[]
  readonly series: readonly {
    readonly name: string
    readonly values: readonly number[]
    /** The number of its colour, from 1 to 8; by default its place in the list. */
    readonly colour?: number
  }[]
  /** What is said beside a step when its figures are read, such as ages. */
  readonly notes?: readonly string[]
  /** A value in words. */
  readonly words: (value: number, look: Look) => string
}

const Drawing = ({ notes, series, stepName, steps, title, width, words }: BarChartProps & { readonly width: number }) => {
  const look = useLook()
  const [read, setRead] = useState<number>()
  const frame = { width, height: width < 480 ? 220 : 280, left: 64, right: 8, top: 12, bottom: 28 }
  const { bars, nearestStep, placeOfStep, values } = stackedBars(
    series.map(each => each.values),
    frame,
  )
  const every = Math.ceil(steps.length / ticksFor(width - frame.left))
  const point = (event: PointerEvent<SVGSVGElement>) =>
    setRead(nearestStep(event.clientX - event.currentTarget.getBoundingClientRect().left))
  const figuresOf = (step: number): string => {
    const note = notes?.[step] ? ` (${notes[step]})` : ''
    const parts = series.filter(each => each.values[step]! > 0).map(each => `${each.name} ${words(each.values[step]!, look)}`)
    const total = series.reduce((sum, each) => sum + each.values[step]!, 0)
    const sum = parts.length > 1 ? ` = ${words(total, look)}` : ''
    return `${stepName} ${steps[step]}${note}: ${parts.length === 0 ? words(0, look) : parts.join(' + ')}${sum}`
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
        {values.map(({ at, value }) => (
          <g key={value}>
            <line className={part('grid')} x1={frame.left} x2={width - frame.right} y1={at} y2={at} />
            <text className={part('words')} x={frame.left - 8} y={at + 4} textAnchor="end">
              {words(value, look)}
            </text>
          </g>
        ))}
        {bars.map((row, index) => (
          <g key={series[index]!.name} className={fillOf((series[index]!.colour ?? index + 1) - 1)}>
            {row.map((bar, step) => (
              <rect key={steps[step]} {...bar} />
            ))}
          </g>
        ))}
        {steps.map((step, index) =>
          index % every === 0 ? (
            <text key={step} className={part('words')} x={placeOfStep(index)} y={frame.height - 8} textAnchor="middle">
              {step}
            </text>
          ) : null,
        )}
        {read !== undefined && (
          <line className={part('marker')} x1={placeOfStep(read)} x2={placeOfStep(read)} y1={frame.top} y2={frame.height - frame.bottom} />
        )}
      </svg>
      <p className={`${part('tip')} no-print`}>{read === undefined ? m.hint : figuresOf(read)}</p>
    </>
  )
}

/** Upright bars, the series on each other: taxes by kind over the years, or how many futures fail at each age. Pointing at a bar reads it. */
export const BarChart = (props: BarChartProps) => {
  const look = useLook()
  const { series, stepName, steps, summary, title, words } = props
  return (
    <Chart
      title={title}
      summary={summary}
      legend={
        series.length > 1 ? (
          <Legend names={series.map(({ name }) => name)} colourOf={index => series[index]!.colour ?? (index % 8) + 1} />
        ) : undefined
      }
      table={{
        header: [stepName, ...series.map(({ name }) => name)],
        rows: steps.map((step, index) => [step, ...series.map(({ values }) => values[index]!)]),
        words: (value, column) => (column === 0 ? String(value) : words(Number(value), look)),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
