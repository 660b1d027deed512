import type { Transaction } from '../../db/database.ts'
import {
  addSecurity,
  findBalance,
  type LedgerAccount,
  ledgerRows,
  type LedgerRow,
  lockLedgerAccount,
  nextOccurrence,
} from '../../db/queries/wealth/index.ts'
import { issuesUnder } from '../../domain/shared/index.ts'
import { entryFaultsIn, fingerprintOf, taxCategoryOf } from '../../domain/wealth/index.ts'
import { requirePersonOf } from './account-checks.ts'
import { editorsOnly, fieldProblem, invalidReference } from '../runtime/problem.ts'
import { applyRules } from './apply-rules.ts'
import { labelChange } from './label-changes.ts'
import type { Entry } from './schemas/transactions.ts'

/** The account that a body names, locked for an entry. Throws 422 when there is none, 403 when the caller may only read it. */
export const lockAccount = async (transaction: Transaction, id: string, path: string): Promise<LedgerAccount> => {
  const account = await lockLedgerAccount(transaction, id)
  if (account === undefined) throw invalidReference(path, 'account')
  if (account === 'read-only') throw editorsOnly()
  return account
}

/** Throws a 422 that names the field unless the household has the account. */
export const requireAccount = async (transaction: Transaction, householdId: string, id: string, path: string): Promise<void> => {
  const found = await findBalance(transaction, id, null)
  if (found?.householdId !== householdId) throw invalidReference(path, 'account')
}

const fixed = (score: number | null | undefined): string | null => score?.toFixed(2) ?? null

/** Stores a transaction that a person has entered in a locked account, and applies the rules to it. Throws a 422 that names the fields when the account cannot have it. */
export const storeEntry = async (transaction: Transaction, account: LedgerAccount, entry: Entry, path: string): Promise<LedgerRow> => {
  await requirePersonOf(transaction, account.householdId, entry.contributorId, `${path}.contributorId`)
  const faults = entryFaultsIn(entry, account)
  if (faults.length > 0) throw fieldProblem('invalid-value', issuesUnder(path, faults))
  const { attachments, category, categoryId, checkNumber, date, description, merchantName, notes, tags, type, ...security } = entry
  const labels = { attachments, category, categoryId, merchantName, notes, tags }
  const { cleared: _, set, ...columns } = await labelChange(transaction, account.householdId, labels, path)
  const amount = entry.amount ?? '0.00'
  const fingerprint = fingerprintOf({ ...entry, amount })
  const { householdId, id: accountId } = account
  const row = await ledgerRows.insert(transaction, {
    householdId,
    accountId,
    type,
    date,
    amount,
    description,
    checkNumber: checkNumber ?? null,
    ...columns,
    tags: [...(columns.tags ?? [])],
    attachments: [...(columns.attachments ?? [])],
    source: 'person',
    fingerprint,
    occurrence: await nextOccurrence(transaction, accountId, fingerprint),
    provenance: Object.fromEntries(set.map(name => [name, 'person'])),
  })
  if (type !== 'cash') {
    const { amount: __, confidenceScore, dataQualityScore, ...fields } = security
    await addSecurity(transaction, {
      ...fields,
      transactionId: row.id,
      householdId,
      accountId,
      tradeDate: date,
      confidenceScore: fixed(confidenceScore),
      dataQualityScore: fixed(dataQualityScore),
      taxCategory: taxCategoryOf(type, entry.isQualified),
    })
  }
  await applyRules(transaction, householdId, [row.id], 'entry')
  return (await ledgerRows.find(transaction, row.id))!
}
