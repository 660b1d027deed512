import type { Transaction } from '../../db/database.ts'
import { accountRows } from '../../db/queries/wealth/accounts.ts'
import { invalidReference } from '../runtime/problem.ts'
import { faultOfAmount, refuseFaults, requirePersonOf } from './account-checks.ts'

interface Terms {
  readonly householdId: string
  readonly currency: string
  readonly targetAmount: string
  readonly personId: string | null | undefined
  readonly accountIds: readonly string[]
}

/** Throws a 422 for an account or a person of another household, and a 400 for an account or amount that does not fit the currency. */
export const refuseGoal = async (
  transaction: Transaction,
  { accountIds, currency, householdId, personId, targetAmount }: Terms,
): Promise<void> => {
  await requirePersonOf(transaction, householdId, personId, 'body.personId')
  const faults: [string, string][] = []
  for (const [index, accountId] of accountIds.entries()) {
    const account = await accountRows.find(transaction, accountId)
    if (account?.householdId !== householdId) throw invalidReference(`body.accountIds.${index}`, 'account in the household')
    if (account.currency !== currency)
      faults.push([`accountIds.${index}`, `must be an account in ${currency}, the currency of the goal; it is in ${account.currency}`])
  }
  refuseFaults([['targetAmount', Number(targetAmount) === 0 ? 'must be above zero' : faultOfAmount({ currency }, targetAmount)], ...faults])
}
