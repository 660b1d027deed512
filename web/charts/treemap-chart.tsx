import { treemap } from '../../domain/charts/index.ts'
import { Chart, fillOf } from './chart.tsx'
import styles from './treemap-chart.module.css'

export interface TreemapPart {
  readonly key: string
  readonly name: string
  /** Its area. A part of zero or below has none. */
  readonly value: number
  /** The exact figure, for the file. */
  readonly exact: string
  /** The value and the share in words. */
  readonly words: string
  readonly share: string
  /** Name, value and share in one line, for screen readers and on hovering. */
  readonly title: string
}

/** Room that a line of words needs, in pixels: 13 pixels of a bold font for each letter would be too much. */
const letterWidth = 7.5
const [padding, lineHeight] = [8, 17]

/** The words that fit in an area: its name, or what fits of it, and its share below. */
const Words = ({ height, name, share, width, x, y }: TreemapPart & ReturnType<typeof treemap>[number]) => {
  const letters = Math.floor((width - 2 * padding) / letterWidth)
  if (letters < 4 || height < lineHeight + padding) return null
  const shown = name.length <= letters ? name : `${name.slice(0, letters - 1)}…`
  return (
    <>
      <text className={styles['name']} x={x + padding} y={y + padding + 11}>
        {shown}
      </text>
      {height >= 2 * lineHeight + padding && share.length <= letters && (
        <text className={styles['share']} x={x + padding} y={y + padding + 11 + lineHeight}>
          {share}
        </text>
      )}
    </>
  )
}

const Drawing = ({ parts, title, width }: { readonly parts: readonly TreemapPart[]; readonly title: string; readonly width: number }) => {
  const height = width < 480 ? 280 : 360
  const areas = treemap(
    parts.map(({ value }) => Math.max(0, value)),
    width,
    height,
  )
  return (
    // A list, so that each area is read by itself.
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="list" aria-label={title}>
      {parts.map(
        (part, index) =>
          part.value > 0 && (
            <g key={part.key} role="listitem" aria-label={part.title}>
              <title>{part.title}</title>
              <rect className={`${fillOf(index)} ${styles['area']}`} {...areas[index]} />
              <Words {...part} {...areas[index]!} />
            </g>
          ),
      )}
    </svg>
  )
}

/** Areas that are to each other as the parts of a whole are. */
export const TreemapChart = ({
  header,
  parts,
  summary,
  title,
}: {
  readonly title: string
  readonly summary: string
  /** The names of the columns of the table: the part, its value and its share. */
  readonly header: readonly [part: string, value: string, share: string]
  readonly parts: readonly TreemapPart[]
}) => (
  <Chart
    title={title}
    summary={summary}
    table={{
      header,
      rows: parts.map(({ exact, name, share }) => [name, exact, share]),
      words: (value, column) => (column === 1 ? (parts.find(({ exact }) => exact === value)?.words ?? '') : String(value)),
    }}
  >
    {width => <Drawing parts={parts} title={title} width={width} />}
  </Chart>
)
