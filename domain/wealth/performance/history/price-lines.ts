import type { PriceBook } from './price-book.ts'
import type { RateTable } from './rate-table.ts'
import type { Quote } from './types.ts'

/** What one unit of a security or of a currency is worth on each day, the day before the first one included. NaN where it is not known. */
export interface PriceLine {
  /** In its own currency. */
  readonly price: Float64Array
  /** In the currency of the report. */
  readonly inReport: Float64Array
  /** What one unit that was held the evening before gains by the exchange rate alone. */
  readonly currencyGain: Float64Array
  /** The price on the last day; undefined for cash. */
  readonly last: Quote | undefined
}

/** The line of cash in a currency. */
export const cashLine = (currency: string, rates: RateTable): PriceLine => {
  const inReport = rates.of(currency)
  return {
    price: new Float64Array(inReport.length).fill(1),
    inReport,
    currencyGain: inReport.map((rate, index) => (index === 0 ? 0 : rate - inReport[index - 1]!)),
    last: undefined,
  }
}

/** The line of a security. */
export const securityLine = (symbol: string, book: PriceBook, rates: RateTable, baseDay: number, length: number): PriceLine => {
  const read = book.readerOf(symbol)
  const price = new Float64Array(length).fill(Number.NaN)
  const inReport = new Float64Array(length).fill(Number.NaN)
  const currencyGain = new Float64Array(length)
  let before: Float64Array | undefined
  let currency = ''
  let last: Quote | undefined
  for (let index = 0; index < length; index += 1) {
    const quote = read(baseDay + index)
    if (before && index > 0) currencyGain[index] = price[index - 1]! * (before[index]! - before[index - 1]!)
    if (!quote) continue
    if (!before || quote.currency !== currency) {
      currency = quote.currency
      before = rates.of(currency)
    }
    price[index] = quote.price
    inReport[index] = quote.price * before[index]!
    last = quote
  }
  return { price, inReport, currencyGain, last }
}
