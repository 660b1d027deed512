import { ButtonLink } from '../../components/button.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { formatDate } from '../../components/format.ts'
import { Table } from '../../components/table.tsx'
import type { Household } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { ChooseLots } from './choose-lots.tsx'
import { type Closing, washSalePath } from './lot-data.ts'
import { Dollars, isZero, Quantity } from './lot-figures.tsx'
import { LotTransactions } from './lot-transactions.tsx'
import styles from './lots.module.css'
import { position as m, shared } from '#messages/lots'

const isLoss = ({ disallowedLoss, gain, isTaxAdvantaged }: Closing): boolean =>
  !isTaxAdvantaged && (gain?.startsWith('-') === true || !isZero(disallowedLoss))

const Day = ({ closing: { acquiredOn, closedOn, kind } }: { readonly closing: Closing }) => {
  const look = useLook()
  return (
    <>
      <CalendarDate date={closedOn} />
      <div className={styles['quiet']}>{m.kinds[kind]}</div>
      {acquiredOn !== null && <div className={styles['quiet']}>{m.acquiredOn(formatDate(acquiredOn, look))}</div>}
    </>
  )
}

const Details = ({
  canEdit,
  closing,
  household,
}: {
  readonly closing: Closing
  readonly household: Pick<Household, 'id' | 'timezone'>
  readonly canEdit: boolean
}) => {
  const look = useLook()
  const { closedOn, kind, openingId, position, transactionId } = closing
  const date = formatDate(closedOn, look)
  const opening = openingId === null ? [] : [{ role: shared.opened, transactionId: openingId }]
  return (
    <div className={styles['actions']}>
      <LotTransactions label={m.transactionsOfClosing(date)} parts={[...opening, { role: shared.closed, transactionId }]} />
      {isLoss(closing) && (
        <ButtonLink href={washSalePath(transactionId)} aria-label={m.washSaleOf(date)}>
          {m.washSale}
        </ButtonLink>
      )}
      {kind === 'sale' && position === 0 && <ChooseLots closing={closing} household={household} canEdit={canEdit} />}
    </div>
  )
}

/** What was closed of a position in a year. */
export const ClosingTable = ({
  canEdit,
  closings,
  household,
  symbol,
  year,
}: {
  readonly household: Pick<Household, 'id' | 'timezone'>
  readonly canEdit: boolean
  readonly closings: readonly Closing[]
  readonly symbol: string
  readonly year: string
}) => (
  <Table
    caption={m.closingsCaption(symbol, year)}
    rows={closings}
    rowKey={({ position, transactionId }) => `${transactionId} ${position}`}
    columns={[
      { key: 'closed', header: m.closedOn, cell: closing => <Day closing={closing} /> },
      { key: 'quantity', header: m.quantity, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
      { key: 'gain', header: m.gain, align: 'end', cell: ({ gain }) => <Dollars value={gain} signed /> },
      { key: 'term', header: m.term, cell: ({ term }) => <span className={styles['once']}>{shared.terms[term]}</span> },
      { key: 'disallowed', header: m.disallowed, align: 'end', cell: ({ disallowedLoss }) => <Dollars value={disallowedLoss} /> },
      { key: 'proceeds', header: m.proceeds, align: 'end', cell: ({ proceeds }) => <Dollars value={proceeds} /> },
      { key: 'basis', header: m.basis, align: 'end', cell: ({ costBasis }) => <Dollars value={costBasis} /> },
      {
        key: 'details',
        header: m.details,
        hidesHeader: true,
        cell: closing => <Details closing={closing} household={household} canEdit={canEdit} />,
      },
    ]}
  />
)
