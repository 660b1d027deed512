import type { Transaction } from '../../../db/database.ts'
import { householdRows } from '../../../db/queries/identity/index.ts'
import { convertBalances } from '../../../db/queries/wealth/convert-balances.ts'
import { type BalanceOnDate, balancesOn } from '../../../db/queries/wealth/valuations.ts'
import { Decimal, sumMoney } from '../../../domain/shared/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { wealthRoutes } from '../routes.ts'
import { datesOf } from '../trend.ts'

const totalOf = (amounts: readonly Decimal[]): string => sumMoney(amounts).toFixed(2)

/** The sums of one currency on each day. */
const sumByDate = (rows: readonly BalanceOnDate[]) =>
  [...Map.groupBy(rows, ({ date }) => date)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([date, ofDate]) => {
      const amounts = ofDate.map(({ balance }) => new Decimal(balance))
      return {
        date,
        balance: totalOf(amounts),
        assets: totalOf(amounts.filter(amount => amount.greaterThan(0))),
        owed: totalOf(amounts.filter(amount => amount.lessThan(0))),
      }
    })

/** The sums of all currencies in one, on the days of which all rates are known. */
const convert = async (transaction: Transaction, rows: readonly BalanceOnDate[], currency: string) => {
  const currencies = new Set(rows.map(row => row.currency))
  const isMixed = currencies.size > 1 || (currencies.size === 1 && !currencies.has(currency))
  if (!isMixed) return null
  const converted = (await convertBalances(transaction, rows, currency)).map(({ converted: balance, ...row }) => ({ ...row, balance }))
  const missing = new Set(converted.filter(({ balance }) => balance === undefined).map(row => row.currency))
  const incomplete = new Set(converted.filter(({ balance }) => balance === undefined).map(({ date }) => date))
  const complete = converted.filter((row): row is BalanceOnDate => row.balance !== undefined && !incomplete.has(row.date))
  return { currency, items: sumByDate(complete), missing: [...missing].toSorted() }
}

export const handler = serve(wealthRoutes['list-household-balances'], async ({ query, transaction }) => {
  const household = await householdRows.find(transaction, query.householdId)
  if (!household) throw notFound('household')
  const rows = await balancesOn(transaction, { householdId: household.id }, datesOf(query, todayIn(household.timezone)))
  return ok({
    accounts: [...Map.groupBy(rows, ({ accountId }) => accountId)].map(([accountId, items]) => ({
      accountId,
      currency: items[0]!.currency,
      items: items.map(({ balance, date }) => ({ date, balance })),
    })),
    converted: await convert(transaction, rows, household.currency),
    totals: [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, items]) => ({ currency, items: sumByDate(items) })),
  })
})
