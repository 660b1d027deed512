import { type ReactNode, useState } from 'react'
import { Button } from '../components/button.tsx'
import { download, toCsv } from '../components/download.ts'
import styles from './chart.module.css'
import { useWidth } from './use-width.ts'
import { chart as m, table as tableWords } from '#messages/shell'

export interface ChartTable {
  readonly header: readonly string[]
  /** The exact figures, for the file. */
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** A figure in words, for the page. Column 0 is the row's name. */
  readonly words?: (value: string | number | null, column: number) => string
}

/**
 * A chart with its title, a sentence that says what it shows, and its figures as a table and a file. Everybody who cannot see the
 * shapes reads the sentence and the table.
 */
export const Chart = ({
  children,
  legend,
  summary,
  table,
  title,
}: {
  readonly title: string
  /** The finding in one sentence. */
  readonly summary: string
  readonly legend?: ReactNode
  readonly table: ChartTable
  /** Draws the shapes for a width in pixels. */
  readonly children: (width: number) => ReactNode
}) => {
  const [asTable, setAsTable] = useState(false)
  const [element, width] = useWidth<HTMLDivElement>()
  // Two accounts can have the same name.
  const columns = table.header.map((name, column) => ({ key: `${column} ${name}`, name }))
  const words = table.words ?? ((value: string | number | null) => String(value ?? ''))
  return (
    <figure className={styles['figure']}>
      <figcaption className={styles['caption']}>
        <strong>{title}</strong>
        <span>{summary}</span>
      </figcaption>
      {legend}
      <div ref={element} className={styles['drawing']}>
        {!asTable && width > 0 && children(width)}
        {asTable && (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <section className={styles['scroll']} aria-label={title} tabIndex={0}>
            <table className={styles['table']}>
              <thead>
                <tr>
                  {columns.map(({ key, name }) => (
                    <th key={key} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map(row => (
                  <tr key={String(row[0])}>
                    {row.map((value, column) =>
                      column === 0 ? (
                        <th key={columns[column]!.key} scope="row">
                          {words(value, column)}
                        </th>
                      ) : (
                        <td key={columns[column]!.key}>{words(value, column)}</td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
      <p className={`${styles['buttons']} no-print`}>
        <Button kind="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? m.asChart : m.asTable}
        </Button>
        <Button kind="quiet" onClick={() => download(`${title}.csv`, toCsv(table.header, table.rows), 'text/csv')}>
          {tableWords.csv}
        </Button>
      </p>
    </figure>
  )
}

const colourInPlace = (series: number): number => (series % 8) + 1

/** The names of the series with their colours: by default `--chart-1` for the first, and so on. `lines`: the series are lines. */
export const Legend = ({
  colourOf = colourInPlace,
  lines = false,
  names,
  wordsOf,
}: {
  readonly names: readonly string[]
  /** The number of the colour of a series, from 1 to 8. */
  readonly colourOf?: (series: number) => number
  readonly lines?: boolean
  /** What stands for the name of a series, such as a link. By default the name. */
  readonly wordsOf?: (series: number) => ReactNode
}) => (
  <ul className={`${styles['legend']} ${lines ? styles['ofLines'] : ''}`}>
    {names.map((name, index) => (
      <li key={`${colourOf(index)} ${name}`}>
        <span aria-hidden="true" className={styles[`key${colourOf(index)}`]} />
        {wordsOf?.(index) ?? name}
      </li>
    ))}
  </ul>
)

/** The class that fills a shape with the colour of a series. */
export const fillOf = (series: number): string => styles[`fill${(series % 8) + 1}`]!
/** The classes of grids, words and marks. */
export const part = (
  name: 'grid' | 'words' | 'median' | 'actual' | 'point' | 'against' | 'band' | 'marker' | 'axis' | 'tip' | 'area' | 'total',
): string => styles[name]!
