import { asc, eq } from 'drizzle-orm'
import type { Timeframe } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { barSettings, type partitionIntervals, timeframes } from '../../schema/market/series.ts'
export interface BarSettings {
  readonly partitionInterval: (typeof partitionIntervals)[number]
  /** How many partitions are there before their time. */
  readonly partitionsAhead: number
  /** Whole months that stay plain behind the current one. */
  readonly compressAfterMonths: number
  /** By timeframe: months that its bars are kept behind the current one; null is for ever. */
  readonly retainMonths: Readonly<Record<string, number | null>>
}

export const readBarSettings = async (transaction: Transaction): Promise<BarSettings> => {
  const [settings] = await transaction.select().from(barSettings)
  const kept = await transaction.select().from(timeframes).orderBy(asc(timeframes.seconds))
  const { compressAfterMonths, partitionInterval, partitionsAhead } = settings!
  const retainMonths = Object.fromEntries(kept.map(row => [row.timeframe, row.retainMonths]))
  return { partitionInterval, partitionsAhead, compressAfterMonths, retainMonths }
}

export interface BarSettingsChange extends Partial<Omit<BarSettings, 'retainMonths'>> {
  readonly retainMonths?: Partial<Record<Timeframe, number | null>>
}

/** Changes what is given. A new partition interval holds for partitions made from now on. */
export const changeBarSettings = async (transaction: Transaction, { retainMonths = {}, ...change }: BarSettingsChange): Promise<void> => {
  if (Object.values(change).some(value => value !== undefined)) await transaction.update(barSettings).set(change)
  for (const [timeframe, months] of Object.entries(retainMonths))
    await transaction.update(timeframes).set({ retainMonths: months }).where(eq(timeframes.timeframe, timeframe))
}
