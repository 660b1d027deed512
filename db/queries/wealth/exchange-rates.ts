import { sql } from 'drizzle-orm'
import { bridgeCurrencies, rateAgeDays, type RateOnDate } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'

/** The rates between currencies on days: of each pair the latest on or before the day that is not older than `rateAgeDays`. */
export const findRates = async (
  transaction: Transaction,
  currencies: readonly string[],
  dates: readonly string[],
): Promise<RateOnDate[]> => {
  const all = plainArrayText([...new Set([...currencies, ...bridgeCurrencies])])
  return [
    ...(await transaction.execute<RateOnDate & Record<string, unknown>>(sql`
      select base.code as base, quote.code as quote, day.date::text as date, latest.rate::text as rate
      from unnest(${all}::text[]) as base (code)
      join unnest(${all}::text[]) as quote (code) on quote.code <> base.code
      cross join unnest(${plainArrayText([...new Set(dates)])}::date[]) as day (date)
      cross join lateral (
        select r.rate from market.fx_rates r
        where r.base = base.code::char(3) and r.quote = quote.code::char(3) and r.date between day.date - ${rateAgeDays}::integer and day.date
        order by r.date desc limit 1) as latest`)),
  ]
}
