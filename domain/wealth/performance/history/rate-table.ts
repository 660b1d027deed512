import type { RateOn } from './types.ts'

/** Exchange rates to the currency of a report for each day, read once for each currency. */
export class RateTable {
  private readonly rates = new Map<string, Float64Array>()
  private readonly rateOn: RateOn
  private readonly currency: string
  private readonly baseDay: number
  private readonly length: number

  constructor(rateOn: RateOn, currency: string, baseDay: number, length: number) {
    this.rateOn = rateOn
    this.currency = currency
    this.baseDay = baseDay
    this.length = length
  }

  /** The rate of each day, NaN where there is none. */
  of(currency: string): Float64Array {
    const known = this.rates.get(currency)
    if (known) return known
    const rates = new Float64Array(this.length).fill(1)
    if (currency !== this.currency)
      for (let index = 0; index < rates.length; index += 1) {
        const rate = this.rateOn(currency, this.currency, this.baseDay + index)
        rates[index] = rate !== undefined && rate > 0 && Number.isFinite(rate) ? rate : Number.NaN
      }
    this.rates.set(currency, rates)
    return rates
  }
}
