import type { Transaction } from '../../db/database.ts'
import { allowsAverageCost } from '../../db/queries/wealth/index.ts'
import type { StandingMethod } from '../../domain/wealth/index.ts'
import { invalidValue } from '../runtime/problem.ts'

/** Throws a 422 unless the law allows average cost for the security. */
export const refuseAverage = async (transaction: Transaction, accountId: string, symbol: string): Promise<void> => {
  if (!(await allowsAverageCost(transaction, accountId, symbol)))
    throw invalidValue(
      'body.method',
      'must not be average: average cost is for funds, and for shares that a dividend reinvestment plan has bought',
    )
}

/** Throws a 422 unless the law allows the method for the security, or for all of the account. */
export const refuseElection = async (
  transaction: Transaction,
  { accountId, method, symbol }: { readonly accountId: string; readonly symbol: string | null; readonly method: StandingMethod },
): Promise<void> => {
  if (method !== 'average') return
  if (symbol === null) throw invalidValue('body.symbol', 'is needed for average cost: it is elected for one fund at a time')
  await refuseAverage(transaction, accountId, symbol)
}
