import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { nameOf } from '../register/transaction.ts'
import { registerPath } from './lot-data.ts'
import { shared as m } from '#messages/lots'

interface Part {
  /** What the transaction did. */
  readonly role: string
  readonly transactionId: string
}

const Transaction = ({ role, transactionId }: Part) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/transactions/{transactionId}', { params: { transactionId } })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const { accountId, accountName, amount, currency, date } = data
  return (
    <li>
      {role}: <bdi>{nameOf(data)}</bdi>
      <br />
      <CalendarDate date={date} /> · <bdi>{accountName}</bdi> · <Money value={amount} currency={currency} precision="exact" signed />
      <br />
      <Link href={registerPath(accountId, date)}>{m.toRegister}</Link>
    </li>
  )
}

/** A button that opens the transactions of a row, with the way to each in the register. */
export const LotTransactions = ({
  label,
  parts,
  words = m.transactions,
}: {
  /** Which row it is, for screen readers and as the title. */
  readonly label: string
  readonly parts: readonly Part[]
  readonly words?: string
}) => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button aria-label={label} onClick={() => setIsOpen(true)}>
        {words}
      </Button>
      {isOpen && (
        <Dialog title={label} onClose={() => setIsOpen(false)}>
          <ul>
            {parts.map(part => (
              <Transaction key={`${part.role} ${part.transactionId}`} {...part} />
            ))}
          </ul>
        </Dialog>
      )}
    </>
  )
}
