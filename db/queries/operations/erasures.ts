import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { type erasureKinds, erasures, type erasureStatuses } from '../../schema/operations/erasures.ts'
import { rowsOf } from '../rows.ts'

export const erasureRows = rowsOf(erasures, { version: null })

export interface ErasureAnswer {
  readonly erasure: {
    readonly id: string
    readonly userId: string
    readonly kind: (typeof erasureKinds)[number]
    readonly requestedBy: string | null
    readonly status: (typeof erasureStatuses)[number]
    readonly deleted: Readonly<Record<string, number>>
    readonly anonymized: Readonly<Record<string, number>>
    readonly householdIds: readonly string[]
    readonly requestedAt: string
    readonly userPoolErasedAt: string | null
    readonly completedAt: string | null
    readonly error: string | null
  } | null
  readonly refusal: 'unknown' | 'held' | 'last-owner' | null
  readonly ownedHouseholds: readonly { readonly id: string; readonly name: string }[]
  readonly heldBy: readonly string[]
}

/** Erases a person in the database, or says why not: see operations.erase_person. The last statement of its transaction. */
export const erasePerson = async (
  transaction: Transaction,
  document: { readonly userId: string; readonly kind: (typeof erasureKinds)[number]; readonly requestedBy?: string },
): Promise<ErasureAnswer> => {
  const [row] = await transaction.execute<{ answer: ErasureAnswer }>(
    sql`select operations.erase_person(${JSON.stringify(document)}::jsonb) as answer`,
  )
  return row!.answer
}
