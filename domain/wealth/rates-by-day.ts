import { bridgeCurrencies, rateAgeDays } from './exchange-rates.ts'

/** What one unit of `base` cost in `quote` on a day, as an estimate in floating-point numbers. */
export interface DatedRate {
  readonly base: string
  readonly quote: string
  /** Days since 1970-01-01. */
  readonly day: number
  readonly rate: number
}

/** One unit of a currency in another on a day; undefined if it is not known. */
export type RateByDay = (from: string, to: string, day: number) => number | undefined

/** The place of the last day on or before a day; -1 if there is none. */
const placeOf = (days: readonly number[], day: number): number => {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! <= day) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * Compares currencies on any day as `exchangeBy` does: by the rate of the day or of the week before it, by the rate in the other direction, or through the dollar
 * or the euro. For statistics: sums of money are converted exactly.
 * @param rates by day within a pair
 */
export const ratesByDay = (rates: readonly DatedRate[]): RateByDay => {
  const pairs = new Map<string, { readonly days: number[]; readonly rates: number[] }>()
  for (const { base, day, quote, rate } of rates) {
    const key = `${base}${quote}`
    const pair = pairs.get(key) ?? { days: [], rates: [] }
    pair.days.push(day)
    pair.rates.push(rate)
    pairs.set(key, pair)
  }
  const known = (base: string, quote: string, day: number): number | undefined => {
    const pair = pairs.get(`${base}${quote}`)
    const place = pair ? placeOf(pair.days, day) : -1
    return place >= 0 && pair!.days[place]! >= day - rateAgeDays ? pair!.rates[place] : undefined
  }
  const direct: RateByDay = (from, to, day) => {
    if (from === to) return 1
    const inverse = known(to, from, day)
    return known(from, to, day) ?? (inverse === undefined ? undefined : 1 / inverse)
  }
  return (from, to, day) => {
    const rate = direct(from, to, day)
    if (rate !== undefined) return rate
    for (const bridge of bridgeCurrencies) {
      const [there, onwards] = [direct(from, bridge, day), direct(bridge, to, day)]
      if (there !== undefined && onwards !== undefined) return there * onwards
    }
    return undefined
  }
}
