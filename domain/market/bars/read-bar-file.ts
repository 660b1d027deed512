import { decodeFile } from '../../files/index.ts'
import type { BarBatch } from './bar-batch.ts'
import { parseExactJson } from './exact-json.ts'
import { isBarHeader, readBarsFromCsv } from './read-csv.ts'
import { readBarsFromJson } from './read-json.ts'
import { type PriceFileOptions, readPricesFromCsv } from './read-prices.ts'
import { readVendorJson } from './vendor-json.ts'

const readVendorDocument = (text: string) => {
  try {
    return readVendorJson(parseExactJson(text))
  } catch {
    // The reader of bars names the fault.
    return undefined
  }
}

const readJson = (text: string, options: PriceFileOptions): BarBatch => {
  const { profile, symbol, timeframe } = options
  const vendor = readVendorDocument(text)
  if (!vendor) return readBarsFromJson(text, { symbol, timeframe })
  return readPricesFromCsv(vendor.text, {
    ...options,
    symbol: symbol ?? vendor.symbol,
    timeframe: vendor.timeframe ?? timeframe,
    profile: { timezone: vendor.timezone, ...profile },
  })
}

/**
 * The bars of text. Its content shows the format: a JSON document of bars or of Alpha Vantage, bars as CSV, or a vendor's price file.
 * @throws DomainError if it is none of these, or rows have no symbol or timeframe and none is given
 */
export const readBarText = (text: string, options: PriceFileOptions): BarBatch => {
  if (/^\uFEFF?\s*[{[]/.test(text)) return readJson(text, options)
  const { profile, symbol, timeframe } = options
  return profile === undefined && isBarHeader(text) ? readBarsFromCsv(text, { symbol, timeframe }) : readPricesFromCsv(text, options)
}

/** The bars of a file in any encoding, which may be compressed with gzip. @throws DomainError as `readBarText`, and if it is no text */
export const readBarFile = (bytes: Uint8Array, options: PriceFileOptions): BarBatch => {
  const { encoding, text } = decodeFile(bytes, { encoding: options.profile?.encoding })
  const batch = readBarText(text, options)
  if (batch.reading) batch.reading = { ...batch.reading, profile: { ...batch.reading.profile, encoding } }
  return batch
}
