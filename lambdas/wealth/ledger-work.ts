import * as z from 'zod'
import { ledgerWorkStore } from '../runtime/object-store.ts'
import { workPrefix } from './tasks.ts'

/** What is left to do for the ledger of a household, because it takes longer than a request. */
export const ledgerWork = z.discriminatedUnion('kind', [
  /** Stores the rows of an import that was committed. */
  z.strictObject({ kind: z.literal('store-import'), householdId: z.uuid(), importId: z.uuid() }),
  /** Removes the transactions of an import that was undone. */
  z.strictObject({ kind: z.literal('undo-import'), householdId: z.uuid(), importId: z.uuid() }),
  /** Calculates the tax lots that wait for it. */
  z.strictObject({ kind: z.literal('recalculate-lots'), householdId: z.uuid() }),
  /**
   * Finds what follows from the transactions that an import has added, that synchronisations of a connection have changed, or that a person has
   * entered in an account.
   */
  z.strictObject({
    kind: z.literal('follow-up'),
    householdId: z.uuid(),
    scope: z.union([
      z.strictObject({ importId: z.uuid() }),
      z.strictObject({ connectionId: z.uuid() }),
      z.strictObject({ accountId: z.uuid() }),
    ]),
  }),
])
export type LedgerWork = z.output<typeof ledgerWork>

const idOf = (work: LedgerWork): string | undefined => {
  if (work.kind === 'follow-up') return Object.values(work.scope)[0]
  return work.kind === 'recalculate-lots' ? work.householdId : work.importId
}

/** The key is the same for the same work, so that asking again does no harm. */
export const workKey = (work: LedgerWork): string => {
  const id = idOf(work)
  return `${workPrefix}${work.kind}/${id}.json`
}

/**
 * Asks for work, which begins within seconds. Call it last in the transaction that it continues: the work must wait for a lock of that
 * transaction, and do nothing if the transaction was rolled back.
 */
export const askForLedgerWork = (work: LedgerWork): Promise<void> => ledgerWorkStore().put(workKey(work), Buffer.from(JSON.stringify(work)))
