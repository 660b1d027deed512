import { sql } from 'drizzle-orm'
import type { Transaction } from '../../../db/database.ts'
import { type Account, accountRows } from '../../../db/queries/wealth/accounts.ts'
import type { Import } from '../../../db/queries/wealth/imports.ts'
import { storeTransactions } from '../../../db/queries/wealth/store-transactions.ts'
import { formatMoney } from '../../../domain/shared/index.ts'
import { invalidValue } from '../../runtime/problem.ts'
import type { Reading } from '../declarations/imports.ts'
import type { JudgedRow } from './judge-rows.ts'
import type { AccountPlan } from './plan-import.ts'
import { storedNames } from './stored-names.ts'

/** What an import has done with one account of its file. */
export interface ImportedAccount {
  readonly key: string
  readonly name: string | null
  readonly accountId: string | null
  readonly stored: number | null
  readonly openingBalanceBefore: string | null
}

/** The most rows that one import stores: more would not be stored in the 29 s that a request may take. */
export const storedAtOnce = 400_000

/** Throws a 422 for a file with more new rows than one import stores. */
export const requireStorable = ({ newCount }: { readonly newCount: number }, most = storedAtOnce): void => {
  if (newCount > most)
    throw invalidValue('file', `has ${newCount} new rows, and one import stores at most ${most}: divide the file, for example by year`)
}

/** The counts that a preview keeps, and with which a commit notices that the ledger has changed. */
export const countsOf = (plans: readonly AccountPlan[], rejectedCount: number) => {
  const newCount = plans.reduce((sum, { stored }) => sum + stored.length, 0)
  const rowCount = plans.reduce((sum, { account, file }) => sum + (account ? file.transactions.length : 0), 0)
  return { newCount, duplicateCount: rowCount - newCount, rejectedCount }
}

const provenanceOf = ({ category, merchantName, notes, tags }: Pick<JudgedRow['row'], 'category' | 'merchantName' | 'notes' | 'tags'>) => ({
  ...(category === undefined ? {} : { category: 'import' as const }),
  ...(merchantName === undefined ? {} : { merchantName: 'import' as const }),
  ...(notes === undefined ? {} : { notes: 'import' as const }),
  ...(tags === undefined || tags.length === 0 ? {} : { tags: 'import' as const }),
})

/** The number of an account is learned from its first file, so that the next one is recognised. */
const learn = async (transaction: Transaction, { file }: AccountPlan, account: Account, openingBalance: string | undefined) => {
  const isNew = file.numberHash !== undefined && account.numberHash === null
  if (!isNew && openingBalance === undefined) return
  await accountRows.update(
    transaction,
    account.id,
    {
      ...(isNew ? { numberHash: file.numberHash, mask: sql`coalesce(mask, ${file.mask ?? null})` } : {}),
      ...(openingBalance === undefined ? {} : { openingBalance }),
    },
    undefined,
  )
}

/** Stores the rows of one account of a file. */
export const storePlan = async (
  transaction: Transaction,
  { householdId, id }: Import,
  plan: AccountPlan,
  { setOpeningBalance }: Reading,
): Promise<{ readonly imported: ImportedAccount; readonly ids: readonly string[] }> => {
  const { account, file, openingBalance, stored } = plan
  if (account === undefined)
    return { imported: { key: file.key, name: file.name ?? null, accountId: null, stored: 0, openingBalanceBefore: null }, ids: [] }
  const opening = setOpeningBalance && openingBalance !== undefined ? formatMoney(openingBalance, account.currency) : undefined
  const changed = opening !== undefined && opening !== account.openingBalance
  await learn(transaction, plan, account, changed ? opening : undefined)
  const namesOf = await storedNames(
    transaction,
    householdId,
    stored.map(({ row }) => row),
  )
  const rows = stored.map(({ fingerprint, occurrence, row }) => {
    const named = { ...row, ...namesOf(row) }
    return { ...named, fingerprint, occurrence, provenance: provenanceOf(named) }
  })
  const ids = await storeTransactions(transaction, { householdId, accountId: account.id, source: 'import', importId: id }, rows)
  const imported = {
    key: file.key,
    name: file.name ?? null,
    accountId: account.id,
    stored: ids.length,
    openingBalanceBefore: changed ? account.openingBalance : null,
  }
  return { imported, ids }
}
