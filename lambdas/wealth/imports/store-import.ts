import { sql } from 'drizzle-orm'
import type { Transaction } from '../../../db/database.ts'
import { type Account, accountRows } from '../../../db/queries/wealth/accounts.ts'
import { type Import, importRows, removeImportParts, saveImportProfile } from '../../../db/queries/wealth/imports.ts'
import { findPlacedIds } from '../../../db/queries/wealth/ledger-rows.ts'
import { type NewTransaction, storeTransactions } from '../../../db/queries/wealth/store-transactions.ts'
import { formatMoney } from '../../../domain/shared/index.ts'
import { fingerprintOfReversal, RULE_LIMITS } from '../../../domain/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { applyRules } from '../apply-rules.ts'
import type { Reading } from '../declarations/imports.ts'
import { askForLedgerWork } from '../ledger-work.ts'
import { imports } from '../resources/imports.ts'
import type { DecidedImport } from './decide-import.ts'
import type { JudgedRow, PlacedRow } from './judge-rows.ts'
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

/** The columns of an import of which the rows are not being stored. */
export const notWorking = { reading: null, workingSince: null, failure: null } as const

/** A request may take 29 s, and one that stores so many rows takes about half of that. The rows of a larger import are stored by a task. */
export const storedInRequest = 150_000

/** So many rows are one statement: its arrays are texts in memory. */
const rowsAtOnce = 50_000

/** The rows that cancel transactions of the account, which are stored, with the ids of these. */
const reversalsIn = async (transaction: Transaction, accountId: string, rows: readonly PlacedRow[]) => {
  const reversals = rows.flatMap(row => (row.reversed === undefined ? [] : [{ row, reversed: row.reversed }]))
  const originals = await findPlacedIds(
    transaction,
    accountId,
    reversals.map(({ reversed }) => reversed),
  )
  return reversals.map(({ row }, index) => {
    const reversesId = originals[index]!
    return { ...row, reversesId, fingerprint: fingerprintOfReversal(reversesId) }
  })
}

/** Stores the rows of one account of a file. */
const storePlan = async (
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
  const place = { householdId, accountId: account.id, source: 'import', importId: id } as const
  const ids: string[] = []
  const store = async (placed: readonly (PlacedRow & Pick<NewTransaction, 'reversesId'>)[]) => {
    for (let from = 0; from < placed.length; from += rowsAtOnce) {
      const rows = placed.slice(from, from + rowsAtOnce).map(({ fingerprint, occurrence, reversesId, row }) => {
        const named = { ...row, ...namesOf(row) }
        return { ...named, fingerprint, occurrence, reversesId, provenance: provenanceOf(named) }
      })
      for (const storedId of await storeTransactions(transaction, place, rows)) ids.push(storedId)
    }
  }
  await store(stored.filter(({ reversed }) => reversed === undefined))
  await store(await reversalsIn(transaction, account.id, stored))
  const imported = {
    key: file.key,
    name: file.name ?? null,
    accountId: account.id,
    stored: ids.length,
    openingBalanceBefore: changed ? account.openingBalance : null,
  }
  return { imported, ids }
}

/** Stores what was decided, applies the rules of the household to it, ends the import, and asks for the work that follows. */
export const storeImport = async (
  transaction: Transaction,
  row: Import,
  { counts, file, headerHash, plans }: DecidedImport,
  reading: Reading,
): Promise<Import> => {
  const accounts: ImportedAccount[] = []
  const newIds: string[] = []
  for (const plan of plans) {
    const { ids, imported } = await storePlan(transaction, row, plan, reading)
    accounts.push(imported)
    for (const id of ids) newIds.push(id)
  }
  // On the rows of a larger import, the work that follows runs the rules, part by part.
  if (newIds.length <= RULE_LIMITS.changedAtOnce) await applyRules(transaction, row.householdId, newIds, 'import')
  if (reading.saveProfileAs !== undefined && headerHash !== undefined && 'detection' in file)
    await saveImportProfile(transaction, {
      householdId: row.householdId,
      name: reading.saveProfileAs,
      headerHash,
      profile: file.detection.profile,
    })
  await removeImportParts(transaction, row.id)
  const ended = { status: 'committed' as const, committedAt: sql`now()`, ...notWorking }
  const committed = requireRow(await importRows.update(transaction, row.id, { ...ended, accounts, ...counts }, row.version), imports)
  if (newIds.length > 0) await askForLedgerWork({ kind: 'follow-up', householdId: row.householdId, scope: { importId: row.id } })
  return committed
}
