import { api } from '../../shell/api.ts'
import type { TaxLot } from '../lots/lot-data.ts'
import type { Trade } from './rebalancing-data.ts'

/** The most lots of a security in an account that are read. */
const limit = 1000

/** The query of the lots of a trade's security in its account. */
export const lotsQuery = (householdId: string, { accountId, symbol }: Pick<Trade, 'accountId' | 'symbol'>) => ({
  householdId,
  accountId,
  symbol,
  limit,
})

/** When the shares of lots were acquired, by the transaction that opened them. */
export const daysOf = (lots: readonly Pick<TaxLot, 'openingId' | 'acquiredOn'>[]): ReadonlyMap<string, string> =>
  new Map(lots.map(({ acquiredOn, openingId }) => [openingId, acquiredOn]))

/** The same for all lots that some trades sell. */
export const readLotDays = async (householdId: string, trades: readonly Trade[]): Promise<ReadonlyMap<string, string>> => {
  const answers = await Promise.all(
    trades.filter(({ lots }) => lots.length > 0).map(trade => api('GET /v1/wealth/tax-lots', { query: lotsQuery(householdId, trade) })),
  )
  return daysOf(answers.flatMap(({ items }) => items))
}
