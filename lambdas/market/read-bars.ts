import { type BarBatch, type PriceFileOptions, readBarFile, readBarsFromCsv, readBarsFromJson } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { fieldProblem } from '../runtime/problem.ts'
import type { BulkBody } from '../runtime/request.ts'

/** The name of a batch's rows in the paths of errors, by media type. */
const listNames: Readonly<Record<string, string>> = { 'application/json': 'bars', 'text/csv': 'lines', 'application/octet-stream': 'lines' }

interface Reading extends PriceFileOptions {
  readonly layout: 'bars' | 'any'
}

const readBody = ({ bytes, mediaType, text }: BulkBody, { layout, symbol, timeframe, ...options }: Reading): BarBatch => {
  const defaults = { symbol, timeframe }
  if (layout === 'any') return readBarFile(bytes, { ...defaults, ...options })
  return mediaType === 'application/json' ? readBarsFromJson(text, defaults) : readBarsFromCsv(text, defaults)
}

/** The bars of a body, valid and faulty. Throws a 400 when it is not a list of bars at all. */
export const readBars = (body: BulkBody, reading: Reading): BarBatch => {
  try {
    return readBody(body, reading)
  } catch (error) {
    if (error instanceof DomainError) throw fieldProblem('invalid-request', error.issues, { cause: error })
    throw error
  }
}

/** Reports the rows with a symbol that no instrument has, or that is another of the same instrument. Returns the unknown symbols. */
export const reportSymbols = (batch: BarBatch, seriesIds: readonly (number | undefined)[]): string[] => {
  const keyFaults = batch.keys.map((key, index) => {
    const first = batch.keys[seriesIds.indexOf(seriesIds[index])]
    if (seriesIds[index] === undefined) return `no instrument has the symbol ${key.symbol}`
    return first === key ? undefined : `is the same instrument as ${first?.symbol}: give its bars under one symbol`
  })
  if (keyFaults.some(fault => fault !== undefined)) {
    for (const [index, series] of batch.seriesIndexes.entries()) {
      const fault = keyFaults[series]
      if (fault !== undefined) batch.report(batch.rows[index]!, fault, 'symbol')
    }
  }
  return [...new Set(batch.keys.flatMap(({ symbol }, index) => (seriesIds[index] === undefined ? [symbol] : [])))]
}

/** The first faults of a batch, in the order of its rows. */
export const errorsOf = (batch: BarBatch, mediaType: string) =>
  batch.faults
    .toSorted((a, b) => a.row - b.row)
    .map(({ column, message, row }) => ({
      path: ['body', listNames[mediaType], row, column].filter(part => part !== undefined).join('.'),
      message,
    }))
