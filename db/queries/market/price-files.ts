import { getTableColumns, sql } from 'drizzle-orm'
import type { BarBatch } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { priceFiles } from '../../schema/market/price-files.ts'
import { rowsOf } from '../rows.ts'
import { storeFileActions } from './corporate-actions.ts'
import { barColumns } from './store-bars.ts'

const { actions: _, ...shownColumns } = getTableColumns(priceFiles)

export const priceFileRows = rowsOf(priceFiles, { version: null, selection: shownColumns })
export type PriceFile = Omit<typeof priceFiles.$inferSelect, 'actions'>

export interface StoredFile {
  /** Null for a file that changed nothing: there is nothing to undo. */
  readonly fileId: string | null
  /** How many bars are new or changed. */
  readonly stored: number
  /** How many of them took the place of other prices. */
  readonly replaced: number
}

const loadByArrays = async (transaction: Transaction, batch: BarBatch, seriesIds: readonly number[]): Promise<void> => {
  if (batch.rowCount > 0)
    await transaction.execute(sql`
      insert into pg_temp.bar_load (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
      select * from unnest(${barColumns(batch, seriesIds)})`)
}

/**
 * Stores the bars and corporate actions of a price file without faults, all or none of it, so that it can be undone. The same file again
 * changes nothing.
 * @param name of the file; null for pasted rows
 * @param seriesIds the id of each of the batch's keys
 * @param load fills the temporary table with the bars
 */
export const storePriceFile = async (
  transaction: Transaction,
  { batch, name, seriesIds }: { readonly batch: BarBatch; readonly name: string | null; readonly seriesIds: readonly number[] },
  load: typeof loadByArrays = loadByArrays,
): Promise<StoredFile> => {
  const actions = await storeFileActions(transaction, batch.reading ?? { dividends: [], splits: [] })
  const changedActions = actions.dividends.added.length + actions.splits.added.length
  await transaction.execute(sql`select market.open_bar_load()`)
  await load(transaction, batch, seriesIds)
  const [row] = await transaction.execute<{ file_id: string | null; stored: number; replaced: number }>(sql`
    select * from market.store_price_file(${name}, ${batch.rowCount}, ${JSON.stringify(actions)}::text::jsonb, ${changedActions})`)
  return { fileId: row!.file_id, stored: row!.stored, replaced: row!.replaced }
}

/** The result of an undo: the file; or the symbols that have changed since; or why it was refused: it was undone before, or does not exist. */
export type UndoneFile = { readonly file: PriceFile } | { readonly changed: readonly string[] } | { readonly refused: 'undone' | 'missing' }

/** Removes the bars and corporate actions that a price file added, and brings back those that it replaced: all of them or none. */
export const undoPriceFile = async (transaction: Transaction, fileId: string): Promise<UndoneFile> => {
  const [row] = await transaction.execute<{ changed: string | null }>(sql`
    select array_to_json(market.undo_price_file(${fileId}))::text as changed`)
  const file = await priceFileRows.find(transaction, fileId)
  if (!file) return { refused: 'missing' }
  if (row!.changed === null) return { refused: 'undone' }
  const changed = JSON.parse(row!.changed) as string[]
  return changed.length > 0 ? { changed } : { file }
}
