import type { Transaction } from '../../db/database.ts'
import { addReversal, type LedgerAccount, ledgerRows, type LedgerRow, lockLedgerAccount } from '../../db/queries/wealth/index.ts'
import { invalidValue, Problem } from '../runtime/problem.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { transactions } from './resources/transactions.ts'

const refuseFinal = ({ isPending, reversedById, reversesId }: LedgerRow): void => {
  if (reversedById !== null) throw new Problem('not-reversible', 'This transaction is already reversed.')
  if (reversesId !== null) throw new Problem('not-reversible', 'A reversal cannot be reversed: enter the transaction again.')
  if (isPending) throw new Problem('not-reversible', 'A pending transaction cannot be reversed: the bank removes or posts it.')
}

/**
 * Adds the transaction that cancels another one, with its labels, security and parts. Throws 404, 403 when the caller may only read it, 409
 * when it cannot be reversed.
 */
export const reverse = async (
  transaction: Transaction,
  id: string,
  { date: asked, notes }: { readonly date?: string | undefined; readonly notes?: string | null | undefined },
): Promise<{ readonly reversal: LedgerRow; readonly account: LedgerAccount }> => {
  const found = requireRow(await ledgerRows.lock(transaction, id), transactions)
  refuseFinal(found)
  const account = (await lockLedgerAccount(transaction, found.accountId)) as LedgerAccount
  const date = asked ?? found.date
  if (date < found.date) throw invalidValue('body.date', `must not be before the date of the transaction, ${found.date}`)
  const reversalId = await addReversal(transaction, id, date, notes ?? null)
  return { account, reversal: (await ledgerRows.find(transaction, reversalId))! }
}
