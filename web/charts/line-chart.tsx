import { lineGeometry } from '../../domain/charts/index.ts'
import { type Look, useLook } from '../shell/preferences.ts'
import { Chart, Legend, part, strokeOf } from './chart.tsx'

export interface LineChartProps {
  readonly title: string
  readonly summary: string
  readonly stepName: string
  /** The first step; each further value is one step later. */
  readonly first: number
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  readonly words: (value: number, look: Look) => string
}

const Drawing = ({ first, series, title, width, words }: LineChartProps & { readonly width: number }) => {
  const look = useLook()
  const frame = { width, height: width < 480 ? 220 : 320, left: 64, right: 12, top: 12, bottom: 28 }
  const shapes = lineGeometry(
    series.map(({ values }) => values),
    first,
    frame,
  )
  return (
    <svg width={width} height={frame.height} role="img" aria-label={title}>
      {shapes.values.map(({ at, value }) => (
        <g key={value}>
          <line className={part('grid')} x1={frame.left} x2={width - frame.right} y1={at} y2={at} />
          <text className={part('words')} x={frame.left - 8} y={at + 4} textAnchor="end">
            {words(value, look)}
          </text>
        </g>
      ))}
      {shapes.steps.map(({ at, value }) => (
        <text key={value} className={part('words')} x={at} y={frame.height - 8} textAnchor="middle">
          {value}
        </text>
      ))}
      {shapes.paths.map((path, index) => (
        <path key={series[index]!.name} className={`${part('line')} ${strokeOf(index)}`} d={path}>
          <title>{series[index]!.name}</title>
        </path>
      ))}
    </svg>
  )
}

/** Lines over years or months. */
export const LineChart = (props: LineChartProps) => {
  const look = useLook()
  const { first, series, stepName, summary, title, words } = props
  return (
    <Chart
      title={title}
      summary={summary}
      legend={<Legend names={series.map(({ name }) => name)} />}
      table={{
        header: [stepName, ...series.map(({ name }) => name)],
        rows: (series[0]?.values ?? []).map((_, step) => [first + step, ...series.map(({ values }) => values[step] ?? null)]),
        words: (value, column) => (column === 0 || value === null ? String(value ?? '') : words(Number(value), look)),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
