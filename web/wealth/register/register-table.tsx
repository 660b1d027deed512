import { CalendarDate, Money } from '../../components/figures.tsx'
import { Badge } from '../../components/page.tsx'
import { type Column, LongTable } from '../../components/table.tsx'
import styles from './register.module.css'
import { nameOf, type Transaction } from './transaction.ts'
import { useCategories } from './use-categories.ts'
import { register as m, types } from '#messages/register'

const twoLines = 64

const Amount = ({ amount, currency, reversedById, runningBalance }: Transaction) => (
  <>
    <span className={reversedById === null ? (amount.startsWith('-') ? undefined : styles['in']) : styles['void']}>
      <Money value={amount} currency={currency} precision="exact" signed />
    </span>
    {runningBalance !== null && (
      <span className={styles['narrow']}>
        <Money value={runningBalance} currency={currency} precision="exact" />
      </span>
    )}
  </>
)

const States = ({ isPending, reversedById, reversesId, splits }: Transaction) => (
  <>
    {isPending && <Badge kind="info">{m.pending}</Badge>}
    {reversedById !== null && <Badge kind="warn">{m.reversed}</Badge>}
    {reversesId !== null && <Badge kind="warn">{m.reversal}</Badge>}
    {splits.length > 0 && <Badge>{m.divided(splits.length)}</Badge>}{' '}
  </>
)

/** The rows that have been read; the next ones are read as one scrolls. */
export const RegisterTable = ({
  chosen,
  more,
  onChoose,
  onOpen,
  rows,
  showsAccount,
}: {
  readonly rows: readonly Transaction[]
  readonly more: (() => void) | undefined
  /** The ids that are chosen, or all; undefined: nothing can be chosen. */
  readonly chosen: ReadonlySet<string> | 'all' | undefined
  readonly onChoose: (id: string, isChosen: boolean) => void
  readonly onOpen: (row: Transaction) => void
  readonly showsAccount: boolean
}) => {
  const categories = useCategories()
  const choosing: Column<Transaction> = {
    key: 'choose',
    header: m.chooseHeader,
    hidesHeader: true,
    cell: row => (
      <input
        type="checkbox"
        aria-label={m.choose(nameOf(row))}
        checked={chosen === 'all' || chosen?.has(row.id) === true}
        disabled={chosen === 'all'}
        onChange={event => onChoose(row.id, event.currentTarget.checked)}
      />
    ),
  }
  const columns: readonly Column<Transaction>[] = [
    ...(chosen ? [choosing] : []),
    { key: 'date', header: m.date, wide: true, cell: ({ date }) => <CalendarDate date={date} /> },
    {
      key: 'what',
      header: m.what,
      grow: true,
      cell: row => (
        <div className={styles['what']}>
          <button type="button" className={styles['open']} aria-label={m.edit(nameOf(row))} onClick={() => onOpen(row)}>
            {nameOf(row)}
          </button>
          <span className={styles['details']}>
            <States {...row} />
            <span className={styles['narrow-inline']}>
              <CalendarDate date={row.date} /> ·{' '}
            </span>
            {row.type === 'cash' ? categories.nameOf(row) : types[row.type]}
            {row.investment?.symbol && ` · ${row.investment.symbol}`}
            {showsAccount && ` · ${row.accountName}`}
            {row.tags.map(tag => ` · #${tag}`)}
          </span>
        </div>
      ),
    },
    { key: 'amount', header: m.amount, align: 'end', cell: row => <Amount {...row} /> },
    {
      key: 'balance',
      header: m.balance,
      align: 'end',
      wide: true,
      cell: ({ currency, runningBalance }) =>
        runningBalance !== null && <Money value={runningBalance} currency={currency} precision="exact" />,
    },
  ]
  return (
    <LongTable
      caption={m.caption}
      rows={rows}
      rowKey={({ id }) => id}
      rowHeight={twoLines}
      more={more}
      columns={showsAccount ? columns.filter(({ key }) => key !== 'balance') : columns}
    />
  )
}
