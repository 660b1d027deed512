import { type CalendarDate, Decimal } from '../shared/index.ts'

/** What one unit of `base` cost in `quote` on a day. */
export interface RateOnDate {
  readonly base: string
  readonly quote: string
  readonly date: CalendarDate
  /** Exact decimal text above zero. */
  readonly rate: string
}

/** The most days between a day and the rate that is used for it: over weekends and holidays there are none. */
export const rateAgeDays = 7

/** Currencies through which two others are compared where no rate between them is known. */
export const bridgeCurrencies: readonly string[] = ['USD', 'EUR']

/** What one unit of a currency is in another on a day; undefined if no rate is known. */
export type Exchange = (from: string, to: string, date: CalendarDate) => Decimal | undefined

/** Compares currencies by rates: directly, by the rate in the other direction, or through the dollar or the euro. */
export const exchangeBy = (rates: readonly RateOnDate[]): Exchange => {
  const keyOf = (base: string, quote: string, date: CalendarDate) => `${base}${quote}${date}`
  const known = new Map(rates.map(({ base, date, quote, rate }) => [keyOf(base, quote, date), new Decimal(rate)]))
  const direct: Exchange = (from, to, date) => {
    if (from === to) return new Decimal(1)
    const inverse = known.get(keyOf(to, from, date))
    return known.get(keyOf(from, to, date)) ?? (inverse && new Decimal(1).dividedBy(inverse))
  }
  return (from, to, date) => {
    const rate = direct(from, to, date)
    if (rate) return rate
    for (const bridge of bridgeCurrencies) {
      const [there, onwards] = [direct(from, bridge, date), direct(bridge, to, date)]
      if (there && onwards) return there.times(onwards)
    }
    return undefined
  }
}
