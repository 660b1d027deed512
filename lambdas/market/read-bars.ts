import { type BarBatch, type BarDefaults, readBarsFromCsv, readBarsFromJson, readBarText } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { fieldProblem, Problem } from '../runtime/problem.ts'
import type { BulkBody } from '../runtime/request.ts'

/** The name of a batch's rows in the paths of errors, by media type. */
const listNames: Readonly<Record<string, string>> = { 'application/json': 'bars', 'text/csv': 'lines' }

interface Reading extends BarDefaults {
  readonly layout: 'bars' | 'any'
  readonly round?: boolean | undefined
}

const readBody = ({ mediaType, text }: BulkBody, { layout, round, symbol, timeframe }: Reading): BarBatch => {
  const defaults = { symbol, timeframe }
  if (mediaType !== 'text/csv') return readBarsFromJson(text, defaults)
  return layout === 'any' ? readBarText(text, { ...defaults, round }) : readBarsFromCsv(text, defaults)
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

/**
 * Throws a 422 that names the faulty rows of a batch, if it has any, so that none of its rows is stored. `seriesIds` are those of the
 * batch's keys, undefined where no instrument has the symbol.
 */
export const requireFaultless: (
  batch: BarBatch,
  seriesIds: readonly (number | undefined)[],
  mediaType: string,
) => asserts seriesIds is number[] = (batch, seriesIds, mediaType) => {
  reportSymbols(batch, seriesIds)
  if (batch.faultCount === 0) return
  const errors = errorsOf(batch, mediaType)
  const shown = batch.faultCount > errors.length ? `; \`errors\` has the first ${errors.length}` : ''
  const faults = batch.faultCount === 1 ? '1 fault' : `${batch.faultCount} faults`
  throw new Problem('invalid-value', `Nothing was stored: the batch has ${faults}${shown}.`, { errors })
}
