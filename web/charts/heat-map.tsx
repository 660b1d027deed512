import { heatLevel } from '../../domain/charts/index.ts'
import { Chart } from './chart.tsx'
import styles from './heat-map.module.css'

export interface HeatCell {
  /** A fraction from 0 to 1; null where there is none. */
  readonly value: number | null
  readonly words: string
  readonly title: string
}

/** A table of fractions in which the ground says the size too. Every cell has its figure, so the colour says nothing alone. */
export const HeatMap = ({
  cells,
  columns,
  corner,
  rows,
  summary,
  title,
}: {
  readonly title: string
  readonly summary: string
  /** What the rows and the columns are. */
  readonly corner: string
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** At [row][column]. */
  readonly cells: readonly (readonly HeatCell[])[]
}) => (
  <Chart
    title={title}
    summary={summary}
    table={{
      header: [corner, ...columns],
      rows: cells.map((row, index) => [rows[index]!, ...row.map(({ value }) => value)]),
      words: (value, column) => (column === 0 || value === null ? String(value ?? '') : `${Math.round(Number(value) * 100)} %`),
    }}
  >
    {() => (
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <section className={styles['scroll']} aria-label={title} tabIndex={0}>
        <table className={styles['map']}>
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {columns.map(name => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, index) => (
              <tr key={rows[index]}>
                <th scope="row">{rows[index]}</th>
                {row.map(({ title: cellTitle, value, words }, column) => (
                  <td
                    key={columns[column]}
                    className={value === null ? undefined : styles[`level${heatLevel(value)}`]}
                    title={cellTitle}
                    data-plan={rows[index] === columns[column] && index === Math.floor(rows.length / 2) ? '' : undefined}
                  >
                    {words}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    )}
  </Chart>
)
