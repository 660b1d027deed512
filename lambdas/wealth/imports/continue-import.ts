import type { Transaction } from '../../../db/database.ts'
import { type Import, importRows } from '../../../db/queries/wealth/imports.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import { inHouseholdTransaction } from '../../runtime/database.ts'
import { Problem } from '../../runtime/problem.ts'
import type { TaskRequest } from '../../runtime/run-task.ts'
import { importReading } from '../declarations/imports.ts'
import type { LedgerWork } from '../ledger-work.ts'
import { followUp } from '../follow-up.ts'
import { decideImport } from './decide-import.ts'
import { notStoring, storeImport } from './store-import.ts'

const nothing = { status: 'nothing-to-do' } as const

type Outcome = { readonly status: 'committed'; readonly stored: number } | { readonly status: 'refused'; readonly reason: string }

type WorkOf<Kind extends LedgerWork['kind']> = Extract<LedgerWork, { kind: Kind }>

/** The import, locked, if it has the status. Waits for the transaction that has asked for the work. */
const lockImport = async (transaction: Transaction, importId: string, status: Import['status']): Promise<Import | undefined> => {
  const found = await importRows.lock(transaction, importId)
  return 'row' in found && found.row.status === status ? found.row : undefined
}
const lockStoring = (transaction: Transaction, importId: string) => lockImport(transaction, importId, 'storing')

/** What a person can do something about: the file, the choices or the ledger. Undefined for every other error. */
const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof Problem && error.status < 500) return [error.message, ...error.errors.map(({ message }) => message)].join(' ')
  return error instanceof DomainError ? error.message : undefined
}

/**
 * Stores the rows of an import that was committed and is too large for its request: all in one transaction, for the person who committed it.
 * If the ledger has changed so that it is refused, the import is open again with the reason. Does nothing if its rows are stored.
 */
export const storeLargeImport = async (identity: TaskRequest, { householdId, importId }: WorkOf<'store-import'>): Promise<object> => {
  const seen = await inHouseholdTransaction({ ...identity, householdId }, transaction => lockStoring(transaction, importId))
  if (!seen) return nothing
  const acting = { ...identity, householdId, userId: seen.updatedBy ?? undefined }
  try {
    return await inHouseholdTransaction(acting, async (transaction): Promise<Outcome | typeof nothing> => {
      const storing = await lockStoring(transaction, importId)
      if (!storing) return nothing
      const reading = importReading.parse(storing.reading)
      const decided = await decideImport(transaction, storing, reading)
      await storeImport(transaction, storing, decided, reading)
      return { status: 'committed', stored: decided.counts.newCount }
    })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    await inHouseholdTransaction(acting, async transaction => {
      const storing = await lockStoring(transaction, importId)
      if (storing?.version === seen.version)
        await importRows.update(transaction, importId, { ...notStoring, status: 'open', failure: reason }, storing.version)
    })
    return { status: 'refused', reason }
  }
}

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
