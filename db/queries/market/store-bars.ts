import { sql, type SQL } from 'drizzle-orm'
import type { BarBatch } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'

const orNull = (values: readonly (string | null)[] | undefined, text: (values: readonly (string | null)[]) => string) =>
  values === undefined ? null : text(values)

/** The columns of a batch as the arguments of market.store_bars. `seriesIds` has the id of each of the batch's keys. */
export const barColumns = (batch: BarBatch, seriesIds: readonly number[]): SQL => {
  const { optional } = batch
  return sql`${plainArrayText(batch.seriesIndexes.map(index => seriesIds[index]!))}::integer[], ${plainArrayText(batch.times)}::timestamptz[],
    ${plainArrayText(batch.opens)}::numeric[], ${plainArrayText(batch.highs)}::numeric[], ${plainArrayText(batch.lows)}::numeric[],
    ${plainArrayText(batch.closes)}::numeric[], ${plainArrayText(batch.volumes)}::numeric[], ${orNull(optional.vwap, plainArrayText)}::numeric[],
    ${orNull(optional.tradeCount, plainArrayText)}::bigint[], ${orNull(optional.bid, plainArrayText)}::numeric[],
    ${orNull(optional.ask, plainArrayText)}::numeric[], ${orNull(optional.spread, plainArrayText)}::numeric[],
    ${orNull(optional.additionalData, arrayText)}::jsonb[]`
}

/** Stores a batch without faults, all or none of it. Returns how many bars were new or changed. The same batch again changes nothing. */
export const storeBars = async (transaction: Transaction, batch: BarBatch, seriesIds: readonly number[]): Promise<number> => {
  const [row] = await transaction.execute<{ stored: number }>(sql`select market.store_bars(${barColumns(batch, seriesIds)}) as stored`)
  return row!.stored
}
