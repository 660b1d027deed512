import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { Account } from '../../db/queries/wealth/accounts.ts'
import { type Valuation, valuationRows } from '../../db/queries/wealth/valuations.ts'
import { accountValuations } from '../../db/schema/wealth/valuations.ts'
import { Problem } from '../runtime/problem.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { faultOfAmount, faultOfBalance, refuseFaults } from './account-checks.ts'
import { valuations } from './resources/valuations.ts'

export const within = (accountId: string) => eq(accountValuations.accountId, accountId)

type Values = Partial<Pick<Valuation, 'date' | 'balance' | 'available' | 'vested' | 'unvested'>>

/** Throws a 400 that names each field that is not possible for the account. */
export const refuseValuation = (account: Account, values: { readonly [Name in keyof Values]: Values[Name] | undefined }): void => {
  const { today } = account.balance
  refuseFaults([
    ['date', values.date !== undefined && values.date > today ? `must not be after today, ${today}, in the household` : undefined],
    [
      'balance',
      account.balanceSource === 'ledger'
        ? 'is not possible: the balance of this account comes from its transactions'
        : faultOfBalance(account, values.balance, account.creditLimit),
    ],
    ...(['available', 'vested', 'unvested'] as const).map(name => [name, faultOfAmount(account, values[name])] as const),
  ])
}

/** The valuation, locked. Throws 404, 403 and 412 as other changes do, and 409 for one that an institution has stated. */
export const lockOwnValuation = async (
  transaction: Transaction,
  { accountId, valuationId }: { readonly accountId: string; readonly valuationId: string },
  expectedVersion: number | undefined,
): Promise<Valuation> => {
  const valuation = requireRow(await valuationRows.lock(transaction, valuationId, expectedVersion, within(accountId)), valuations)
  if (valuation.source !== 'person')
    throw new Problem('stated-by-institution', 'The institution has stated this value. Enter another one for the same day: it counts more.')
  return valuation
}
