import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { investmentTransactions, transactions } from '../../schema/wealth/transactions.ts'
import { plainArrayText } from '../array-text.ts'
import { type Outcome, type Rows, rowsOf } from '../rows.ts'
import { readRunningBalances } from './running-balances.ts'

const stored = rowsOf(transactions)
type Stored = typeof transactions.$inferSelect
type Inserted = Parameters<typeof stored.insert>[1]

/** A part of a transaction, as an answer has it. */
export interface StoredSplit {
  readonly amount: string
  readonly category: Stored['category']
  readonly categoryId: string | null
  readonly notes: string | null
}

/** What belongs to a transaction in other tables. */
interface Belongings {
  readonly accountName: string
  readonly currency: string
  readonly investment: typeof investmentTransactions.$inferSelect | null
  readonly reversedById: string | null
  readonly splits: readonly StoredSplit[]
}

/** A transaction with its account, its security, its parts, and its running balance where one was asked for. */
export type LedgerRow = Stored & Belongings & { readonly runningBalance: string | null }

/** Its SQL names columns with their table. */
const belongings = {
  id: transactions.id,
  accountName: accounts.name,
  currency: accounts.currency,
  investment: investmentTransactions,
  reversedById: sql<string | null>`(select r.id from wealth.transactions r where r.reverses_id = ${transactions}.id)`,
  splits: sql<StoredSplit[]>`coalesce((select jsonb_agg(jsonb_build_object('amount', s.amount::text, 'category', s.category,
    'categoryId', s.category_id, 'notes', s.notes) order by s.position) from wealth.transaction_splits s where s.transaction_id = ${transactions}.id), '[]')`,
}

const complete = async (transaction: Transaction, rows: readonly Stored[], withBalances: boolean): Promise<LedgerRow[]> => {
  if (rows.length === 0) return []
  const found = await transaction
    .select(belongings)
    .from(transactions)
    .innerJoin(accounts, sql`${accounts.id} = ${transactions.accountId}`)
    .leftJoin(investmentTransactions, sql`${investmentTransactions.transactionId} = ${transactions.id}`)
    .where(sql`${transactions.id} = any (${plainArrayText(rows.map(({ id }) => id))}::uuid[])`)
  const byId = new Map(found.map(({ id, ...others }) => [id, others]))
  const balances = withBalances ? await readRunningBalances(transaction, rows) : undefined
  return rows.map(row => ({ ...row, ...byId.get(row.id)!, runningBalance: balances?.get(row.id) ?? null }))
}

const completed = async (transaction: Transaction, outcome: Outcome<Stored>): Promise<Outcome<LedgerRow>> => {
  if (!('row' in outcome)) return outcome
  const [row] = await complete(transaction, [outcome.row], false)
  return { ...outcome, row: row! }
}

type LedgerRows = Rows<LedgerRow, Inserted, keyof Stored>

const ledgerRowsWith = (withBalances: boolean): LedgerRows => ({
  ...stored,
  list: async (transaction, request) => {
    const listed = await stored.list(transaction, request)
    return { ...listed, rows: await complete(transaction, listed.rows, withBalances) }
  },
  find: async (transaction, key, within?: SQL) => {
    const row = await stored.find(transaction, key, within)
    return row && (await complete(transaction, [row], false))[0]
  },
  lock: async (transaction, ...asked) => completed(transaction, await stored.lock(transaction, ...asked)),
  insert: async (transaction, values) => (await complete(transaction, [await stored.insert(transaction, values)], false))[0]!,
  update: async (transaction, ...asked) => completed(transaction, await stored.update(transaction, ...asked)),
  remove: async (transaction, ...asked) => completed(transaction, await stored.remove(transaction, ...asked)),
})

/** Transactions with what belongs to them, without running balances. */
export const ledgerRows = ledgerRowsWith(false)

/** The same, with the running balance of each posted row: the opening balance and all posted transactions up to it. */
export const ledgerRowsWithBalances = ledgerRowsWith(true)
