import { asc, eq } from 'drizzle-orm'
import type { Timeframe } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { barSettings, type partitionIntervals, timeframes } from '../../schema/market/series.ts'
export interface BarSettings {
  readonly partitionInterval: (typeof partitionIntervals)[number]
  /** How many partitions are made in advance. */
  readonly partitionsAhead: number
  /** How many full months before the current one stay uncompressed. */
  readonly compressAfterMonths: number
  /** By timeframe: how many months before the current one its bars are kept; null means forever. */
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

/** Changes the given settings. A new partition interval applies to partitions made later. */
export const changeBarSettings = async (transaction: Transaction, { retainMonths = {}, ...change }: BarSettingsChange): Promise<void> => {
  if (Object.values(change).some(value => value !== undefined)) await transaction.update(barSettings).set(change)
  for (const [timeframe, months] of Object.entries(retainMonths))
    await transaction.update(timeframes).set({ retainMonths: months }).where(eq(timeframes.timeframe, timeframe))
}
