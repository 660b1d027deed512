import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { useHouseholds } from '../../shell/household.ts'
import { LotChoiceDialog } from '../lots/choose-lots.tsx'
import { nameOf, type Transaction } from './transaction.ts'
import { LabelForm } from './label-form.tsx'
import styles from './register.module.css'
import { ReverseForm } from './reverse-form.tsx'
import { SplitForm } from './split-form.tsx'
import { useCategories } from './use-categories.ts'
import { choice } from '#messages/lot-choices'
import { labels as m, reversing, splits as splitWords, types } from '#messages/register'

const Facts = ({
  transaction: { amount, currency, date, description, investment, source, splits, type },
}: {
  readonly transaction: Transaction
}) => {
  const { nameOf: categoryName } = useCategories()
  return (
    <dl className={styles['facts']}>
      <dt>{m.amount}</dt>
      <dd>
        <Money value={amount} currency={currency} precision="exact" signed />
      </dd>
      <dt>{m.date}</dt>
      <dd>
        <CalendarDate date={date} />
      </dd>
      <dt>{m.description}</dt>
      <dd>{description}</dd>
      <dt>{m.source}</dt>
      <dd>{m.sources[source]}</dd>
      {investment && (
        <>
          <dt>{m.type}</dt>
          <dd>{types[type]}</dd>
          {investment.symbol && (
            <>
              <dt>{m.security}</dt>
              <dd>{investment.symbol}</dd>
            </>
          )}
          {investment.quantity && (
            <>
              <dt>{m.quantity}</dt>
              <dd>{investment.quantity}</dd>
            </>
          )}
          {investment.price && (
            <>
              <dt>{m.price}</dt>
              <dd>
                <Money value={investment.price} currency={currency} precision="exact" />
              </dd>
            </>
          )}
        </>
      )}
      {splits.length > 0 && (
        <>
          <dt>{m.parts}</dt>
          <dd>
            <ul>
              {splits.map(part => (
                <li key={JSON.stringify(part)}>
                  {categoryName(part)}: <Money value={part.amount} currency={currency} precision="exact" /> {part.notes}
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  )
}

/** The shares that a transaction takes out of the account in kind: their lots can be chosen as those of a sale. */
const transferOf = ({ accountId, date, id, investment, isPending, reversedById, reversesId, type }: Transaction) => {
  const isCounted = !isPending && reversedById === null && reversesId === null
  if (type !== 'transfer_out' || !isCounted || !investment?.symbol || investment.quantity === null) return undefined
  return { accountId, closedOn: date, symbol: investment.symbol, transactionId: id }
}

/** A transaction: what it is, its labels, and the ways to divide and to reverse it. */
export const TransactionDialog = ({
  canEdit,
  onClose,
  transaction,
}: {
  readonly transaction: Transaction
  readonly canEdit: boolean
  readonly onClose: () => void
}) => {
  const [shown, setShown] = useState<'labels' | 'lots' | 'split' | 'reverse'>('labels')
  const { households } = useHouseholds()
  const back = () => setShown('labels')
  const household = households.find(({ id }) => id === transaction.householdId)
  const transfer = transferOf(transaction)
  if (shown === 'split')
    return (
      <Dialog title={splitWords.title} onClose={onClose}>
        <SplitForm transaction={transaction} onDone={back} />
      </Dialog>
    )
  if (shown === 'reverse')
    return (
      <Dialog title={reversing.title} onClose={onClose}>
        <Facts transaction={transaction} />
        <ReverseForm transaction={transaction} onDone={onClose} onCancel={back} />
      </Dialog>
    )
  if (shown === 'lots' && household && transfer)
    return <LotChoiceDialog canEdit={canEdit} closing={transfer} household={household} isTransfer onClose={back} />
  return (
    <Dialog title={nameOf(transaction)} onClose={onClose}>
      <Facts transaction={transaction} />
      {transfer && (
        <p>
          <Button onClick={() => setShown('lots')}>{canEdit ? choice.open : choice.read}</Button>
        </p>
      )}
      {canEdit && (
        <LabelForm transaction={transaction} onDone={onClose} onSplit={() => setShown('split')} onReverse={() => setShown('reverse')} />
      )}
    </Dialog>
  )
}
