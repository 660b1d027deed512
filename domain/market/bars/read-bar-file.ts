import { DomainError } from '../../shared/index.ts'
import type { BarBatch } from './bar-batch.ts'
import { readBarsFromCsv } from './read-csv.ts'
import { readBarsFromJson } from './read-json.ts'
import { isPriceFile, type PriceFileOptions, readPricesFromCsv } from './read-prices.ts'

const fileError = (message: string, cause?: unknown) => new DomainError([{ path: 'file', message }], { cause })

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte)

/** The text of a file. @throws DomainError if it is not text in UTF-8 */
const textOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, 0x1f, 0x8b) || startsWith(bytes, 0x50, 0x4b, 3, 4)) throw fileError('is compressed: unpack it first')
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) throw fileError('is text in UTF-16: it must be in UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw fileError('must be text in UTF-8', cause)
  }
}

/**
 * The bars of CSV, as bars or as a price file.
 * @throws DomainError if the columns are those of neither.
 */
export const readBarText = (text: string, options: PriceFileOptions): BarBatch => {
  const { symbol, timeframe } = options
  return isPriceFile(text) ? readPricesFromCsv(text, options) : readBarsFromCsv(text, { symbol, timeframe })
}

/**
 * The bars of a file. Its content shows the format: a JSON document, bars as CSV, or a vendor's price file, which has a column of dates.
 * @throws DomainError if it is none of these, or rows have no symbol or timeframe and none is given
 */
export const readBarFile = (bytes: Uint8Array, options: PriceFileOptions): BarBatch => {
  const text = textOf(bytes)
  const { symbol, timeframe } = options
  return /^\s*[{[]/.test(text) ? readBarsFromJson(text, { symbol, timeframe }) : readBarText(text, options)
}
