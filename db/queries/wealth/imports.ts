import { and, asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { importParts, importProfiles, imports } from '../../schema/wealth/imports.ts'
import { rowsOf } from '../rows.ts'

export type Import = typeof imports.$inferSelect
export const importRows = rowsOf(imports)
export const importProfileRows = rowsOf(importProfiles)

/** Stores a part of a file. The same part again replaces it. */
export const storeImportPart = async (
  transaction: Transaction,
  { householdId, id }: Pick<Import, 'householdId' | 'id'>,
  part: number,
  bytes: Uint8Array,
): Promise<void> => {
  await transaction
    .insert(importParts)
    .values({ householdId, importId: id, part, bytes })
    .onConflictDoUpdate({ target: [importParts.importId, importParts.part], set: { bytes } })
}

/** The numbers and sizes of the stored parts, in their order. */
export const findImportParts = (transaction: Transaction, importId: string): Promise<{ part: number; sizeBytes: number }[]> =>
  transaction
    .select({ part: importParts.part, sizeBytes: sql<number>`length(${importParts.bytes})` })
    .from(importParts)
    .where(eq(importParts.importId, importId))
    .orderBy(asc(importParts.part))

/** The bytes of a file, part by part, so that only one part is in memory. */
export async function* readImportParts(transaction: Transaction, importId: string, parts: readonly { part: number }[]) {
  for (const { part } of parts) {
    const [row] = await transaction
      .select({ bytes: importParts.bytes })
      .from(importParts)
      .where(and(eq(importParts.importId, importId), eq(importParts.part, part)))
    yield row!.bytes
  }
}

export const removeImportParts = async (transaction: Transaction, importId: string): Promise<void> => {
  await transaction.delete(importParts).where(eq(importParts.importId, importId))
}

/** Removes the transactions of an import from the ledger; their number. */
export const removeImported = async (transaction: Transaction, importId: string): Promise<number> => {
  const [row] = await transaction.execute<{ removed: number }>(sql`select wealth.remove_imported(${importId}::uuid) as removed`)
  return row!.removed
}

/** The profile that a person has confirmed for files with this header. */
export const findImportProfile = async (transaction: Transaction, householdId: string, headerHash: string) => {
  const [row] = await transaction
    .select()
    .from(importProfiles)
    .where(and(eq(importProfiles.householdId, householdId), eq(importProfiles.headerHash, headerHash)))
  return row
}

/** Keeps a profile for the next file with this header. */
export const saveImportProfile = async (
  transaction: Transaction,
  profile: { readonly householdId: string; readonly name: string; readonly headerHash: string; readonly profile: unknown },
): Promise<void> => {
  await transaction
    .insert(importProfiles)
    .values(profile)
    .onConflictDoUpdate({
      target: [importProfiles.householdId, importProfiles.headerHash],
      set: { name: profile.name, profile: profile.profile, version: sql`${importProfiles.version} + 1` },
    })
}
