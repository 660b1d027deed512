import type { Transaction } from '../../db/database.ts'
import { householdRows } from '../../db/queries/identity/index.ts'
import { accountsOfHousehold } from '../../db/queries/wealth/accounts.ts'
import { findSecurityAccounts } from '../../db/queries/wealth/index.ts'
import { type BalanceOnDate, balancesOn } from '../../db/queries/wealth/valuations.ts'
import { Decimal, epochDayOf, formatMoney } from '../../domain/shared/index.ts'
import { todayIn } from '../runtime/today.ts'
import { readValues } from './read-net-worth.ts'

/** The balance of an account on a day, or what is missing to value it. */
export type ValuedBalance = BalanceOnDate & {
  /** A security without a price, or null for a missing exchange rate: the balance leaves it out. Undefined: nothing is missing. */
  readonly missing?: { readonly symbol: string | null }
}

/**
 * The balances of the accounts of a household at the ends of days, not after today. One of an account with securities is its value at market prices, as the net
 * worth has it: an estimate in the currency of the household.
 */
export const readValuedBalances = async (
  transaction: Transaction,
  householdId: string,
  dates: readonly string[],
): Promise<ValuedBalance[]> => {
  const rows = await balancesOn(transaction, { householdId }, dates)
  const withSecurities = await findSecurityAccounts(transaction, householdId)
  const household = withSecurities.size > 0 && dates.length > 0 ? await householdRows.find(transaction, householdId) : undefined
  if (!household) return rows
  const { currency, timezone } = household
  const accountIds = (await accountsOfHousehold(transaction, householdId)).map(({ id }) => id)
  const days = dates.map(epochDayOf).toSorted((a, b) => a - b)
  const values = await readValues(transaction, household, accountIds, todayIn(timezone), days)
  if (!values) return rows
  const { unconverted, unpriced } = values
  return rows.map(row => {
    if (!withSecurities.has(row.accountId)) return row
    const { accountId, date } = row
    const value = values.valueOf(accountId, epochDayOf(date))
    const gap = [...unpriced, ...unconverted].find(each => each.accountId === accountId && each.from <= date && date <= each.to)
    const balance = formatMoney(new Decimal(value), currency)
    return { accountId, date, currency, balance, ...(gap ? { missing: { symbol: gap.symbol } } : {}) }
  })
}
