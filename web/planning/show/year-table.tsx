import { Button } from '../../components/button.tsx'
import { download, toCsv } from '../../components/download.ts'
import { formatMoney, formatNumber } from '../../components/format.ts'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { YearColumn } from './year-rows.ts'
import styles from './show.module.css'
import { years as m } from '#messages/plan-results'
import { table as words } from '#messages/shell'

/** Figures year by year, and the same as a file. */
export const YearTable = ({
  ages,
  columns,
  firstYear,
  title,
}: {
  readonly title: string
  readonly firstYear: number
  readonly columns: readonly YearColumn[]
  /** The ages of the people alive, by year. */
  readonly ages?: readonly string[]
}) => {
  const look = useLook()
  const count = Math.max(0, ...columns.map(({ values }) => values.length))
  const rows = Array.from({ length: count }, (_, index) => index)
  const save = () => {
    const header = [m.year, ...(ages ? [m.ages] : []), ...columns.map(column => column.header)]
    const body = rows.map(row => [
      firstYear + row,
      ...(ages ? [ages[row] ?? ''] : []),
      ...columns.map(({ values }) => (values[row] === undefined || values[row] === null ? null : Math.round(values[row] * 100) / 100)),
    ])
    download(`${title}.csv`, toCsv(header, body), 'text/csv')
  }
  const show = (value: number | null | undefined, isCount: boolean): string =>
    value === undefined || value === null ? '' : isCount ? formatNumber(value, look) : formatMoney(value, look)
  return (
    <>
      <div className={styles['tall']}>
        <Table
          caption={title}
          rows={rows}
          rowKey={String}
          columns={[
            { key: 'year', header: m.year, cell: (row: number) => firstYear + row },
            ...(ages
              ? [
                  {
                    key: 'ages',
                    header: m.ages,
                    wide: true as const,
                    cell: (row: number) => <span className={styles['nowrap']}>{ages[row]}</span>,
                  },
                ]
              : []),
            ...columns.map(({ header, isCount = false, key, values, wide }) => ({
              key,
              header,
              align: 'end' as const,
              ...(wide ? { wide } : {}),
              cell: (row: number) => show(values[row], isCount),
            })),
          ]}
        />
      </div>
      <p className={`${styles['row']} no-print`}>
        <Button onClick={save}>{words.csv}</Button>
      </p>
    </>
  )
}
