import type { Transaction } from '../../../db/database.ts'
import { type Import, importRows } from '../../../db/queries/wealth/imports.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import { inHouseholdTransaction } from '../../runtime/database.ts'
import { Problem } from '../../runtime/problem.ts'
import type { TaskRequest } from '../../runtime/run-task.ts'
import { importReading } from '../declarations/imports.ts'
import type { LedgerWork } from '../ledger-work.ts'
import { followUp } from '../follow-up.ts'
import { recalculateLots } from '../recalculate-lots.ts'
import { decideImport } from './decide-import.ts'
import { notWorking, storeImport } from './store-import.ts'
import { storedCount, undoImport } from './undo-import.ts'

const nothing = { status: 'nothing-to-do' } as const

type WorkOf<Kind extends LedgerWork['kind']> = Extract<LedgerWork, { kind: Kind }>

/** The import, locked, if it has the status. Waits for the transaction that has asked for the work. */
const lockImport = async (transaction: Transaction, importId: string, status: Import['status']): Promise<Import | undefined> => {
  const found = await importRows.lock(transaction, importId)
  return 'row' in found && found.row.status === status ? found.row : undefined
}

/** What a person can do something about: the file, the choices or the ledger. Undefined for every other error. */
const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof Problem && error.status < 500) return [error.message, ...error.errors.map(({ message }) => message)].join(' ')
  return error instanceof DomainError ? error.message : undefined
}

interface Course {
  /** While the work is done. */
  readonly during: 'storing' | 'undoing'
  /** Again after a refusal. */
  readonly before: 'open' | 'committed'
  readonly work: (transaction: Transaction, row: Import) => Promise<object>
}

/**
 * Does work on an import that is too large for its request, all in one transaction, for the person who asked for it. If it is refused, the import
 * has the status of before again, with the reason. Does nothing if the work is done.
 */
const finish = async (
  identity: TaskRequest,
  { householdId, importId }: { readonly householdId: string; readonly importId: string },
  { before, during, work }: Course,
): Promise<object> => {
  const lock = (transaction: Transaction) => lockImport(transaction, importId, during)
  const seen = await inHouseholdTransaction({ ...identity, householdId }, lock)
  if (!seen) return nothing
  const acting = { ...identity, householdId, userId: seen.updatedBy ?? undefined }
  try {
    return await inHouseholdTransaction(acting, async transaction => {
      const row = await lock(transaction)
      return row ? work(transaction, row) : nothing
    })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    await inHouseholdTransaction(acting, async transaction => {
      const row = await lock(transaction)
      if (row?.version === seen.version)
        await importRows.update(transaction, importId, { ...notWorking, status: before, failure: reason }, row.version)
    })
    return { status: 'refused', reason }
  }
}

/** Stores the rows of an import that was committed. It is refused if the ledger has changed since the preview. */
export const storeLargeImport = (identity: TaskRequest, asked: WorkOf<'store-import'>): Promise<object> =>
  finish(identity, asked, {
    during: 'storing',
    before: 'open',
    work: async (transaction, storing) => {
      const reading = importReading.parse(storing.reading)
      const decided = await decideImport(transaction, storing, reading)
      await storeImport(transaction, storing, decided, reading)
      return { status: 'committed', stored: decided.counts.newCount }
    },
  })

/** Removes the transactions of an import that was undone. */
export const undoLargeImport = (identity: TaskRequest, asked: WorkOf<'undo-import'>): Promise<object> =>
  finish(identity, asked, {
    during: 'undoing',
    before: 'committed',
    work: async (transaction, undoing) => {
      await undoImport(transaction, undoing)
      await recalculateLots(transaction, undoing.householdId)
      return { status: 'undone', removed: storedCount(undoing) }
    },
  })

/** Finds what follows from the transactions of an import: labels by rules, transfers, payments that repeat. Does nothing if it was undone. */
export const followImport = async (
  identity: TaskRequest,
  { householdId, importId }: { readonly householdId: string; readonly importId: string },
): Promise<object> => {
  const committed = await inHouseholdTransaction({ ...identity, householdId }, transaction =>
    lockImport(transaction, importId, 'committed'),
  )
  return committed ? followUp(identity, { householdId, scope: { importId } }) : nothing
}
