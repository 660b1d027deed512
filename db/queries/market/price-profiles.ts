import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { priceProfiles } from '../../schema/market/price-profiles.ts'
import { rowsOf } from '../rows.ts'

export const priceProfileRows = rowsOf(priceProfiles)

/** The profile that an administrator has confirmed for files with this header. */
export const findPriceProfile = async (transaction: Transaction, headerHash: string) => {
  const [row] = await transaction.select().from(priceProfiles).where(eq(priceProfiles.headerHash, headerHash))
  return row
}

/** Keeps a profile for the next file with this header. */
export const savePriceProfile = async (
  transaction: Transaction,
  { headerHash, ...values }: Pick<typeof priceProfiles.$inferInsert, 'name' | 'headerHash' | 'profile' | 'duplicates' | 'skipFaults'>,
): Promise<void> => {
  await transaction
    .insert(priceProfiles)
    .values({ headerHash, ...values })
    .onConflictDoUpdate({ target: priceProfiles.headerHash, set: { ...values, version: sql`${priceProfiles.version} + 1` } })
}
