import { tornadoBars } from '../../domain/charts/index.ts'
import { Chart, fillOf, Legend, part } from './chart.tsx'

export interface TornadoRow {
  readonly name: string
  /** The change when the input is moved down, and when it is moved up. */
  readonly low: number
  readonly high: number
  readonly lowName: string
  readonly highName: string
}

export interface TornadoChartProps {
  readonly title: string
  readonly summary: string
  /** The names of: the inputs, moved down, moved up. */
  readonly header: readonly [input: string, down: string, up: string]
  readonly rows: readonly TornadoRow[]
  readonly words: (value: number) => string
}

/** Pixels of a row: its words, and its two bars. */
const rowHeight = 60
const barHeight = 14

const Drawing = ({ rows, title, width, words }: TornadoChartProps & { readonly width: number }) => {
  const margin = 48
  const bars = tornadoBars(rows, width - 2 * margin)
  return (
    <svg width={width} height={rows.length * rowHeight} viewBox={`0 0 ${width} ${rows.length * rowHeight}`} role="img" aria-label={title}>
      {rows.map((row, index) => {
        const top = index * rowHeight
        return (
          <g key={row.name}>
            <text className={part('words')} x={0} y={top + 14}>
              {`${row.name}: ${row.lowName} / ${row.highName}`}
            </text>
            {(['low', 'high'] as const).map((side, place) => {
              const { width: length, x } = bars.rows[index]![side]
              const y = top + 20 + place * (barHeight + 2)
              const isLeft = row[side] < 0
              return (
                <g key={side}>
                  <rect className={fillOf(place)} x={margin + x} y={y} width={Math.max(length, 1)} height={barHeight}>
                    <title>{`${row.name}, ${side === 'low' ? row.lowName : row.highName}: ${words(row[side])}`}</title>
                  </rect>
                  <text
                    className={part('words')}
                    x={isLeft ? margin + x - 4 : margin + x + length + 4}
                    y={y + barHeight - 3}
                    textAnchor={isLeft ? 'end' : 'start'}
                  >
                    {words(row[side])}
                  </text>
                </g>
              )
            })}
          </g>
        )
      })}
      <line className={part('axis')} x1={margin + bars.middle} x2={margin + bars.middle} y1={18} y2={rows.length * rowHeight} />
    </svg>
  )
}

/** A tornado: how much a figure changes when one input moves down and up, the widest at the top. */
export const TornadoChart = (props: TornadoChartProps) => {
  const { header, rows, summary, title, words } = props
  return (
    <Chart
      title={title}
      summary={summary}
      legend={<Legend names={header.slice(1)} />}
      table={{
        header,
        rows: rows.map(({ high, low, name }) => [name, low, high]),
        words: (value, column) => (column === 0 ? String(value) : words(Number(value))),
      }}
    >
      {width => <Drawing {...props} width={width} />}
    </Chart>
  )
}
