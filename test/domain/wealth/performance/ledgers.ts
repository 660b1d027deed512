import { epochDayOf } from '../../../../domain/shared/index.ts'
import {
  calculateValueHistory,
  type DailySeries,
  type HistoryAccount,
  type HistoryEvent,
  type HoldingHistory,
  type MarketPrices,
  type ValueHistory,
  type ValueHistoryInput,
} from '../../../../domain/wealth/index.ts'

/** A transaction in the account `one`, with the usual values for what a test does not say. */
export const event = (date: string, type: HistoryEvent['type'], stated: Partial<HistoryEvent> = {}): HistoryEvent => ({
  accountId: 'one',
  day: epochDayOf(date),
  type,
  symbol: null,
  newSymbol: null,
  quantity: 0,
  amount: 0,
  fees: 0,
  value: null,
  numerator: 0,
  denominator: 0,
  transferAccountId: null,
  ...stated,
})

/** Closes by date. */
export const closes = (currency: string, byDate: Record<string, number>): MarketPrices => ({
  currency,
  days: Int32Array.from(Object.keys(byDate), epochDayOf),
  closes: Float64Array.from(Object.values(byDate)),
})

export const account = (id: string, stated: Partial<HistoryAccount> = {}): HistoryAccount => ({
  id,
  currency: 'USD',
  openingBalance: 0,
  openedDay: epochDayOf('2024-01-01'),
  ...stated,
})

/** The history of a ledger in dollars, without exchange rates unless a test gives some. */
export const historyOf = (
  from: string,
  to: string,
  events: readonly HistoryEvent[],
  stated: Partial<Omit<ValueHistoryInput, 'prices'>> & { readonly prices?: Record<string, MarketPrices> } = {},
): ValueHistory => {
  const { prices = {}, ...others } = stated
  return calculateValueHistory({
    firstDay: epochDayOf(from),
    lastDay: epochDayOf(to),
    currency: 'USD',
    accounts: [account('one')],
    events,
    rates: () => undefined,
    ...others,
    prices: new Map(Object.entries(prices)),
  })
}

export const holding = ({ holdings }: ValueHistory, symbol: string | null, accountId = 'one'): HoldingHistory => {
  const found = holdings.find(one => one.symbol === symbol && one.accountId === accountId && one.toAccountId === null)
  if (!found) throw new Error(`no holding of ${symbol} in ${accountId}`)
  return found
}

/** A series of values and external flows alone. */
export const seriesOf = (
  openingValue: number,
  values: readonly number[],
  flows: readonly number[],
  firstDay = '2024-01-01',
): DailySeries => {
  const none = new Float64Array(values.length)
  const value = Float64Array.from(values)
  const externalFlow = Float64Array.from(flows)
  return {
    firstDay: epochDayOf(firstDay),
    openingValue,
    value,
    externalFlow,
    income: none,
    fees: none,
    priceGain: value.map((end, day) => end - (day === 0 ? openingValue : values[day - 1]!) - flows[day]!),
    currencyGain: none,
  }
}
