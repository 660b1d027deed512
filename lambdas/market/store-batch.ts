import type { Transaction } from '../../db/database.ts'
import { type StoredFile, storePriceFile } from '../../db/queries/market/price-files.ts'
import { allowNegativePrices, ensureSeries } from '../../db/queries/market/series.ts'
import { storeBars } from '../../db/queries/market/store-bars.ts'
import type { BarBatch, KeptPriceProfile } from '../../domain/market/index.ts'
import { Problem } from '../runtime/problem.ts'
import { errorsOf, reportSymbols } from './read-bars.ts'

export interface CheckedBatch {
  /** By index in the batch's keys; undefined where no instrument has the symbol. */
  readonly seriesIds: readonly (number | undefined)[]
  readonly unknownSymbols: readonly string[]
}

/** Reports what only the store knows: unknown symbols, and prices of zero or less of instruments that do not allow them. */
export const checkBatch = async (transaction: Transaction, batch: BarBatch): Promise<CheckedBatch> => {
  const seriesIds = await ensureSeries(transaction, batch.keys)
  if (batch.hasPricesBelowZero) {
    const allowing = await allowNegativePrices(
      transaction,
      seriesIds.filter(id => id !== undefined),
    )
    batch.refuseBelowZero(index => allowing.has(seriesIds[index] ?? -1))
  }
  return { seriesIds, unknownSymbols: reportSymbols(batch, seriesIds) }
}

/**
 * How a price file was read, as the API answers it; undefined for bars.
 * @param kept the profile that was kept for such files
 */
export const readingOf = ({ reading }: BarBatch, kept: KeptPriceProfile | undefined) =>
  reading && {
    keptProfile: kept?.name ?? null,
    profile: reading.profile,
    columnNames: [...reading.columnNames],
    notes: [...reading.notes],
    ambiguous: [...reading.ambiguous],
    filledFigures: reading.counts.filled,
    correctedFigures: reading.counts.corrected,
    roundedFigures: reading.counts.rounded,
    dividends: reading.dividends.length,
    splits: reading.splits.length,
    adjustedSplits: reading.adjustedSplits,
    skippedRows: reading.skipped,
    skipped: reading.skippedFaults.map(({ column, message, row }) => ({ path: ['line', row, column].filter(Boolean).join(' '), message })),
  }

const refuseFaults = (batch: BarBatch, mediaType: string): void => {
  const ambiguous = batch.reading?.ambiguous ?? []
  if (ambiguous.length > 0) {
    const seen = (field: string) => batch.reading?.notes.find(note => note.field === field)?.message ?? 'It can be read in two ways.'
    const errors = ambiguous.map(field => ({ path: `query.profile.${field}`, message: `must be given. ${seen(field)}` }))
    throw new Problem('invalid-value', 'Nothing was stored: nothing in the file decides how it is to be read.', { errors })
  }
  if (batch.faultCount === 0) return
  const errors = errorsOf(batch, mediaType)
  const shown = batch.faultCount > errors.length ? `; \`errors\` has the first ${errors.length}` : ''
  const faults = batch.faultCount === 1 ? '1 fault' : `${batch.faultCount} faults`
  throw new Problem('invalid-value', `Nothing was stored: the batch has ${faults}${shown}.`, { errors })
}

/**
 * Stores a batch, all or none of it.
 * @returns how many bars were new or changed
 * @throws Problem 422 that names the faulty rows
 */
export const storeBatch = async (transaction: Transaction, batch: BarBatch, mediaType: string): Promise<number> => {
  const { seriesIds } = await checkBatch(transaction, batch)
  refuseFaults(batch, mediaType)
  if (batch.rowCount === 0) return 0
  return storeBars(
    transaction,
    batch,
    seriesIds.map(id => id!),
  )
}

/**
 * Stores a price file with its corporate actions, all or none of it, so that it can be undone.
 * @param name of the file; null for pasted rows
 * @throws Problem 422 that names the faulty rows, or the fields of the profile that nothing decides
 */
export const storeFile = async (transaction: Transaction, batch: BarBatch, mediaType: string, name: string | null): Promise<StoredFile> => {
  const { seriesIds } = await checkBatch(transaction, batch)
  refuseFaults(batch, mediaType)
  return storePriceFile(transaction, { batch, name, seriesIds: seriesIds.map(id => id!) })
}
