import type { Transaction } from '../../../db/database.ts'
import { lockAccounts } from '../../../db/queries/wealth/accounts.ts'
import type { Import } from '../../../db/queries/wealth/imports.ts'
import { fieldProblem, invalidValue, Problem } from '../../runtime/problem.ts'
import type { Reading } from '../declarations/imports.ts'
import { type AccountPlan, chooseAccounts, countsOf, hasOnlyPositions, onlyPositions, planImport } from './plan-import.ts'
import { readImport, type ReadImport } from './read-import.ts'

/** What a commit stores. */
export interface DecidedImport extends ReadImport {
  readonly plans: readonly AccountPlan[]
  readonly counts: ReturnType<typeof countsOf>
}

/** Throws a 422 for a file that the reading does not decide, of which rows cannot be read, or that has only positions. */
const requireWhole = ({ file }: ReadImport, reading: Reading): void => {
  const undecided = file.ambiguous ?? []
  if (undecided.length > 0) {
    const path = 'detection' in file ? 'body.profile' : 'body'
    throw fieldProblem(
      'invalid-value',
      undecided.map(field => ({ path: `${path}.${field}`, message: 'the file does not decide it: give it' })),
    )
  }
  if (file.rejectedCount > 0 && reading.rejected === 'refuse')
    throw fieldProblem(
      'invalid-value',
      file.rejected.map(({ field, line, message }) => ({
        path: ['file.lines', line, field].filter(part => part !== undefined).join('.'),
        message,
      })),
    )
  // The balance of such a file can still be taken over.
  if (file.rejectedCount === 0 && hasOnlyPositions(file) && !reading.setOpeningBalance) throw invalidValue('file', onlyPositions)
}

/**
 * Reads the file of an import, locks the accounts that receive its rows, and decides what is stored. Throws a 422 if it cannot be stored so,
 * and a 409 if the ledger has changed since the preview.
 */
export const decideImport = async (transaction: Transaction, row: Import, reading: Reading): Promise<DecidedImport> => {
  const read = await readImport(transaction, row, reading)
  requireWhole(read, reading)
  const choices = await chooseAccounts(transaction, row.householdId, read.file, reading)
  // Before their ledgers are read: another import may be storing rows.
  await lockAccounts(transaction, [...new Set(choices.flatMap(({ account }) => account?.id ?? []))])
  const plans = await planImport(transaction, choices, reading)
  const problem = plans.find(plan => plan.problem !== undefined)?.problem
  if (problem !== undefined) throw invalidValue('body.accounts', problem)
  const counts = countsOf(plans, read.file.rejectedCount)
  if (row.newCount !== counts.newCount)
    throw new Problem(
      'import-changed',
      `${counts.newCount} rows are new now, and the preview showed ${row.newCount ?? 'none'}. Look at the preview again.`,
    )
  return { ...read, plans, counts }
}
