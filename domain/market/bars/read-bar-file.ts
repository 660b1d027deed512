import type { BarBatch } from './bar-batch.ts'
import { DomainError } from '../../shared/index.ts'
import { readBarsFromCsv } from './read-csv.ts'
import { type BarDefaults, readBarsFromJson } from './read-json.ts'
import { readPricesFromCsv } from './read-prices.ts'
import { isTimeframe } from './timeframes.ts'

/**
 * The bars of a file. Its content shows the format: a JSON document, bars as CSV, or a vendor's price file, which has no symbol and no timeframe.
 * @throws DomainError if it is none of these, or a price file without a given symbol and timeframe
 */
export const readBarFile = (text: string, { symbol, timeframe }: BarDefaults): BarBatch => {
  if (text.trimStart().startsWith('{')) return readBarsFromJson(text, { symbol, timeframe })
  const header = text.slice(0, text.indexOf('\n')).toLowerCase()
  if (!/(^|[,<"\uFEFF])(date|datetime)([,>"\r]|$)/.test(header)) return readBarsFromCsv(text, { symbol, timeframe })
  if (symbol === undefined || !isTimeframe(timeframe))
    throw new DomainError([{ path: 'symbol', message: 'and timeframe are required: a price file has neither' }])
  return readPricesFromCsv(text, { symbol, timeframe })
}
