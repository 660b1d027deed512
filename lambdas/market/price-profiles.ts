import { createHash } from 'node:crypto'
import type { Transaction } from '../../db/database.ts'
import { findPriceProfile, savePriceProfile } from '../../db/queries/market/price-profiles.ts'
import { fileProfileChange } from '../../domain/files/index.ts'
import { type BarBatch, type KeptPriceProfile, priceHeaderOf, type PriceFileOptions, profileToKeep } from '../../domain/market/index.ts'
import { invalidValue } from '../runtime/problem.ts'

const hashOf = (header: readonly string[]): string => createHash('sha256').update(header.join('\n')).digest('hex')

/** The profile that is kept for files with the header of this one; undefined if there is none. */
export const findKeptProfile = async (transaction: Transaction, bytes: Uint8Array): Promise<KeptPriceProfile | undefined> => {
  const header = priceHeaderOf(bytes)
  const row = header && (await findPriceProfile(transaction, hashOf(header)))
  return row && { ...row, profile: fileProfileChange.parse(row.profile) }
}

/**
 * Keeps how a file was read for the next file with the same header.
 * @param given how it was to be read
 * @throws Problem 422 for a file without names of columns
 */
export const keepProfile = async (
  transaction: Transaction,
  name: string,
  { batch, bytes, given }: { readonly batch: BarBatch; readonly bytes: Uint8Array; readonly given: PriceFileOptions },
): Promise<void> => {
  const header = priceHeaderOf(bytes)
  if (!header || !batch.reading)
    throw invalidValue('query.saveProfileAs', 'is not possible: the file has no names of columns to know it by')
  const { duplicates = 'refuse', skipFaults = false } = given
  const profile = profileToKeep(batch, given.profile)
  await savePriceProfile(transaction, { name, headerHash: hashOf(header), profile, duplicates, skipFaults })
}
