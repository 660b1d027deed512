import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { storePriceFile } from '../../db/queries/market/price-files.ts'
import type { BarBatch, KeptPriceProfile } from '../../domain/market/index.ts'
import { errorsOf } from './read-bars.ts'
import { checkBatch, readingOf } from './store-batch.ts'

/** Rows that a preview shows. */
const shownRows = 20

const rowsOf = (batch: BarBatch) =>
  batch.rows.slice(0, shownRows).map((_, index) => {
    const key = batch.keys[batch.seriesIndexes[index]!]
    return {
      symbol: key?.symbol ?? '',
      timeframe: key?.timeframe ?? '',
      time: batch.times[index] ?? '',
      open: batch.opens[index]!,
      high: batch.highs[index]!,
      low: batch.lows[index]!,
      close: batch.closes[index]!,
      volume: batch.volumes[index] ?? '',
    }
  })

/** What storing a batch would do: it is stored and rolled back, so that the numbers are those of storing it. */
export const previewBars = async (transaction: Transaction, batch: BarBatch, mediaType: string, kept: KeptPriceProfile | undefined) => {
  await transaction.execute(sql`savepoint before_the_preview`)
  const found = { faults: batch.faultCount, errors: errorsOf(batch, mediaType) }
  const { seriesIds, unknownSymbols } = await checkBatch(transaction, batch)
  const isFaultless = batch.faultCount === 0 && !batch.reading?.ambiguous.length
  const reading = readingOf(batch, kept)
  const { replaced, stored } = isFaultless
    ? await storePriceFile(transaction, { batch, name: null, seriesIds: seriesIds.map(id => id!) })
    : { replaced: 0, stored: 0 }
  await transaction.execute(sql`rollback to savepoint before_the_preview`)
  return {
    received: batch.rowCount,
    stored,
    unchanged: isFaultless ? batch.rowCount - stored : 0,
    ...(reading ? { reading } : {}),
    preview: {
      replaced,
      // Unknown symbols are named once, not in each of their rows.
      ...(unknownSymbols.length > 0 ? found : { faults: batch.faultCount, errors: errorsOf(batch, mediaType) }),
      unknownSymbols: [...unknownSymbols],
      ignoredColumns: [...batch.ignoredColumns],
      bars: rowsOf(batch),
    },
  }
}
