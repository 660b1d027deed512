import { type BarBatch, type BarDefaults, readBarsFromCsv, readBarsFromJson } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { fieldProblem, Problem } from '../runtime/problem.ts'
import type { BulkBody } from '../runtime/request.ts'

/** The name of a batch's rows in the paths of errors, by media type. */
const listNames: Readonly<Record<string, string>> = { 'application/json': 'bars', 'text/csv': 'lines' }

/** The bars of a body, valid and faulty. Throws a 400 when it is not a list of bars at all. */
export const readBars = ({ mediaType, text }: BulkBody, defaults: BarDefaults): BarBatch => {
  try {
    return mediaType === 'text/csv' ? readBarsFromCsv(text, defaults) : readBarsFromJson(text, defaults)
  } catch (error) {
    if (error instanceof DomainError) throw fieldProblem('invalid-request', error.issues, { cause: error })
    throw error
  }
}

/**
 * Throws a 422 that names the faulty rows of a batch, if it has any, so that none of its rows is stored. `seriesIds` are those of the
 * batch's keys, undefined where no instrument has the symbol.
 */
export const requireFaultless: (
  batch: BarBatch,
  seriesIds: readonly (number | undefined)[],
  mediaType: string,
) => asserts seriesIds is number[] = (batch, seriesIds, mediaType) => {
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
  if (batch.faultCount === 0) return
  const errors = batch.faults
    .toSorted((a, b) => a.row - b.row)
    .map(({ column, message, row }) => ({
      path: ['body', listNames[mediaType], row, column].filter(part => part !== undefined).join('.'),
      message,
    }))
  const shown = batch.faultCount > errors.length ? `; \`errors\` has the first ${errors.length}` : ''
  const faults = batch.faultCount === 1 ? '1 fault' : `${batch.faultCount} faults`
  throw new Problem('invalid-value', `Nothing was stored: the batch has ${faults}${shown}.`, { errors })
}
