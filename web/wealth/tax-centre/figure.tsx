import { useState } from 'react'
import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { Table } from '../../components/table.tsx'
import styles from '../accounts.module.css'
import { useAccounts } from '../use-household-data.ts'
import own from './taxes.module.css'
import { taxes as m } from '#messages/tax-reports'

export type Line = ApiAnswer<'GET /v1/wealth/tax-reports/{year}/income'>['transactions'][number]

/** A figure of a report, with what is needed to show its transactions. */
export interface FigureRow {
  readonly key: string
  readonly form: string
  readonly box: string
  readonly words: string
  readonly currency: string
  readonly amount: string
  readonly transactionIds: readonly string[]
}

const Transactions = ({
  currency,
  householdId,
  lines,
  note,
}: {
  readonly householdId: string
  readonly lines: readonly Line[]
  readonly currency: string
  readonly note: string | undefined
}) => {
  const { data } = useAccounts(householdId)
  return (
    <>
      <Table
        caption={m.columns.description}
        rows={lines}
        rowKey={({ transactionId }) => transactionId}
        columns={[
          { key: 'date', header: m.columns.date, cell: ({ date }) => <CalendarDate date={date} /> },
          {
            key: 'account',
            header: m.columns.account,
            cell: ({ accountId }) => (
              <Link href={`/accounts/${accountId}/register`}>
                <bdi>{data?.items.find(({ id }) => id === accountId)?.name}</bdi>
              </Link>
            ),
          },
          {
            key: 'description',
            header: m.columns.description,
            cell: ({ description, symbol }) => (
              <>
                <bdi>{description}</bdi> {symbol !== null && <span className={styles['quiet']}>{symbol}</span>}
              </>
            ),
          },
          {
            key: 'amount',
            header: m.columns.amount,
            align: 'end',
            cell: ({ amount }) => <Money value={amount} currency={currency} precision="exact" />,
          },
        ]}
      />
      {note !== undefined && <p className={styles['quiet']}>{note}</p>}
    </>
  )
}

/** Figures of a report. Each amount opens its transactions. */
export const FigureTable = ({
  caption,
  hasForms = true,
  householdId,
  lines,
  note,
  rows,
}: {
  readonly caption: string
  readonly hasForms?: boolean
  readonly householdId: string
  readonly lines: readonly Line[]
  /** What the amounts of the transactions are. */
  readonly note?: string
  readonly rows: readonly FigureRow[]
}) => {
  const [opened, setOpened] = useState<FigureRow>()
  const ids = new Set(opened?.transactionIds)
  return (
    <>
      <Table
        caption={caption}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          ...(hasForms
            ? [
                {
                  key: 'form',
                  header: m.columns.form,
                  wide: true as const,
                  cell: ({ form }: FigureRow) => <span className={own['form']}>{form}</span>,
                },
                { key: 'box', header: m.columns.box, cell: ({ box }: FigureRow) => box },
              ]
            : []),
          { key: 'words', header: hasForms ? m.columns.figure : m.columns.category, grow: true, cell: ({ words }) => words },
          {
            key: 'amount',
            header: m.columns.amount,
            align: 'end',
            cell: row => (
              <button type="button" className={own['open']} aria-haspopup="dialog" onClick={() => setOpened(row)}>
                <Money value={row.amount} currency={row.currency} precision="exact" />
                <span className="visually-hidden">{m.open(row.words, row.transactionIds.length)}</span>
              </button>
            ),
          },
        ]}
      />
      {opened && (
        <Dialog title={m.transactionsOf(opened.words)} onClose={() => setOpened(undefined)}>
          <Transactions
            householdId={householdId}
            lines={lines.filter(({ transactionId }) => ids.has(transactionId))}
            currency={opened.currency}
            note={note}
          />
        </Dialog>
      )}
    </>
  )
}
