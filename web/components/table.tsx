import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button.tsx'
import styles from './table.module.css'
import { table as m } from '#messages/shell'

export interface Column<Row> {
  readonly key: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Figures stand at the right. */
  readonly align?: 'end'
  /** The name of the field in `sort` of the list. */
  readonly sort?: string
  /** Left out on a phone. */
  readonly wide?: true
  /** The header is for screen readers only. */
  readonly hidesHeader?: true
  /** Takes the width that is left. What does not fit is cut. */
  readonly grow?: true
}

interface Sorting {
  /** As in the query of a list: `name` or `-name`. */
  readonly sort?: string
  readonly onSort?: (sort: string) => void
}

const classOf = <Row,>({ align, grow, wide }: Column<Row>): string =>
  `${align === 'end' ? styles['end'] : ''} ${wide ? styles['wide'] : ''} ${grow ? styles['grow'] : ''}`

const Header = <Row,>({ column, onSort, sort }: Sorting & { readonly column: Column<Row> }) => {
  const sorts = column.sort !== undefined
  const direction = sorts && sort === column.sort ? 'ascending' : sorts && sort === `-${column.sort}` ? 'descending' : undefined
  return (
    <th scope="col" className={classOf(column)} aria-sort={direction}>
      {column.sort !== undefined && onSort ? (
        <button
          type="button"
          className={styles['sort']}
          title={m.sortBy(column.header)}
          onClick={() => onSort(direction === 'ascending' ? `-${column.sort}` : column.sort!)}
        >
          {column.header}
          <span aria-hidden="true">{direction === 'ascending' ? ' ↑' : direction === 'descending' ? ' ↓' : ''}</span>
        </button>
      ) : (
        <span className={column.hidesHeader ? 'visually-hidden' : undefined}>{column.header}</span>
      )}
    </th>
  )
}

/** A table of some rows, which scrolls sideways by itself when it does not fit. */
export const Table = <Row,>({
  caption,
  columns,
  isTall = false,
  rowKey,
  rows,
  ...sorting
}: Sorting & {
  /** Some hundred rows of different heights: they scroll within the table, so that what follows it stays near. */
  readonly isTall?: boolean
  /** What the table shows, for screen readers. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
}) => (
  // A region that scrolls must be reachable by keyboard.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <section className={`${styles['scroll']} ${isTall ? styles['tall'] : ''}`} aria-label={caption} tabIndex={0}>
    <table className={styles['table']}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(column => (
            <Header key={column.key} column={column} {...sorting} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={rowKey(row)}>
            {columns.map(column => (
              <td key={column.key} className={classOf(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    {rows.length === 0 && <p className={styles['empty']}>{m.empty}</p>}
  </section>
)

/** How many rows before the end the next page is asked for. */
const rowsAhead = 60

/** A table of very many rows: only those in view exist. All rows have the same height. `more` reads the next rows when the end comes near. */
export const LongTable = <Row,>({
  caption,
  columns,
  more,
  rowHeight = 40,
  rowKey,
  rows,
  ...sorting
}: Sorting & {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly more?: (() => void) | undefined
  /** In pixels. */
  readonly rowHeight?: number
}) => {
  const scroll = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const nearsEnd = (shown.at(-1)?.index ?? 0) > rows.length - rowsAhead
  useEffect(() => {
    if (nearsEnd) more?.()
  }, [nearsEnd, more])
  const before = shown[0]?.start ?? 0
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={scroll} className={`${styles['scroll']} ${styles['long']}`} aria-label={caption} tabIndex={0}>
      <table className={styles['table']} aria-rowcount={rows.length + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <Header key={column.key} column={column} {...sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {shown.map(({ index }) => {
            const row = rows[index]!
            return (
              <tr key={rowKey(row)} aria-rowindex={index + 2} style={{ height: rowHeight }}>
                {columns.map(column => (
                  <td key={column.key} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  )
}

/** The button that reads the next page of a list. */
export const LoadMore = ({ busy, onClick }: { readonly busy: boolean; readonly onClick: () => void }) => (
  <p className={styles['more']}>
    <Button busy={busy} onClick={onClick}>
      {m.loadMore}
    </Button>
  </p>
)
