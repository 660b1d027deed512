import { stackedBars, ticksFor } from '../../domain/charts/index.ts'
import { useLook, type Look } from '../shell/preferences.ts'
import { Chart, fillOf, Legend, part } from './chart.tsx'

export interface BarChartProps {
  readonly title: string
  readonly summary: string
  /** The name of the steps, such as year or age. */
  readonly stepName: string
  /** What is under each bar. */
  readonly steps: readonly (string | number)[]
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  /** A value in words. */
  readonly words: (value: number, look: Look) => string
}

const Drawing = ({ series, stepName, steps, title, width, words }: BarChartProps & { readonly width: number }) => {
  const look = useLook()
  const frame = { width, height: width < 480 ? 220 : 280, left: 64, right: 8, top: 12, bottom: 28 }
  const { bars, placeOfStep, values } = stackedBars(
    series.map(each => each.values),
    frame,
  )
  const every = Math.ceil(steps.length / ticksFor(width - frame.left))
  return (
    <svg width={width} height={frame.height} role="img" aria-label={title}>
      {values.map(({ at, value }) => (
        <g key={value}>
          <line className={part('grid')} x1={frame.left} x2={width - frame.right} y1={at} y2={at} />
          <text className={part('words')} x={frame.left - 8} y={at + 4} textAnchor="end">
            {words(value, look)}
          </text>
        </g>
      ))}
      {bars.map((row, index) => (
        <g key={series[index]!.name} className={fillOf(index)}>
          {row.map((bar, step) => (
            <rect key={steps[step]} {...bar}>
              <title>{`${stepName} ${steps[step]}, ${series[index]!.name}: ${words(series[index]!.values[step]!, look)}`}</title>
            </rect>
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
    </svg>
  )
}

/** Upright bars, the series on each other: taxes by kind over the years, or how many futures fail at each age. */
export const BarChart = (props: BarChartProps) => {
  const look = useLook()
  const { series, stepName, steps, summary, title, words } = props
  return (
    <Chart
      title={title}
      summary={summary}
      legend={series.length > 1 ? <Legend names={series.map(({ name }) => name)} /> : undefined}
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
