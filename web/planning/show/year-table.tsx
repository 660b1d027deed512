import { formatMoney, formatNumber } from '../../components/format.ts'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { YearColumn } from './year-rows.ts'
import styles from './show.module.css'
import { years as m } from '#messages/plan-results'

/** Figures year by year. */
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
  const show = (value: number | undefined, isCount: boolean): string =>
    value === undefined ? '' : isCount ? formatNumber(value, look) : formatMoney(value, look)
  return (
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
                  cell: (row: number) => <span className={styles['nowrap']}>{ages[row]}</span>,
                },
              ]
            : []),
          ...columns.map(({ header, isCount = false, key, values }) => ({
            key,
            header,
            align: 'end' as const,
            cell: (row: number) => show(values[row], isCount),
          })),
        ]}
      />
    </div>
  )
}
