import { and, asc, eq, gt, gte, lte, type SQL, sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import type { Provenance, RuleTransaction, SplitLine } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { transactions } from '../../schema/wealth/transactions.ts'

/** Ids as a list of a statement. */
export const uuids = (ids: readonly string[]): SQL => sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)::uuid)`

/** The parts of a transaction, with the members in the order in which rules compare them. */
export const splitsOf = (transactionId: string): SQL<SplitLine[]> =>
  sql<
    SplitLine[]
  >`coalesce((select json_agg(json_build_object('category', s.category, 'categoryId', s.category_id, 'amount', s.amount::text,
    'notes', s.notes) order by s.position) from wealth.transaction_splits s where s.transaction_id = ${sql.raw(transactionId)}), '[]')`

export interface RuleScope {
  readonly transactionIds?: readonly string[] | undefined
  readonly accountId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** The transactions that an import has added. */
  readonly importId?: string | undefined
  /** Those of the accounts of a connection. */
  readonly connectionId?: string | undefined
  /** Those that are new or changed since an instant. */
  readonly changedSince?: string | undefined
}

/** At most `limit` transactions, in the order of their ids, after the one with the id `after`. */
export interface RulePage {
  readonly after: string | null
  readonly limit: number
}

export type StoredForRules = RuleTransaction & {
  readonly stored: Readonly<Partial<Record<string, Provenance>>>
}

/** Transactions as rules read them. To change them, they are locked in the order of their ids until the transaction ends. */
export const transactionsForRules = async (
  transaction: Transaction,
  householdId: string,
  { accountId, changedSince, connectionId, from, importId, to, transactionIds }: RuleScope,
  access: 'read' | 'change',
  page?: RulePage,
): Promise<StoredForRules[]> => {
  const wanted = and(
    eq(transactions.householdId, householdId),
    accountId === undefined ? undefined : eq(transactions.accountId, accountId),
    from === undefined ? undefined : gte(transactions.date, from),
    to === undefined ? undefined : lte(transactions.date, to),
    transactionIds === undefined ? undefined : sql`${transactions.id} in ${uuids(transactionIds)}`,
    importId === undefined ? undefined : eq(transactions.importId, importId),
    connectionId === undefined
      ? undefined
      : sql`${transactions.accountId} in (select id from wealth.accounts where plaid_connection_id = ${connectionId})`,
    changedSince === undefined ? undefined : gte(transactions.updatedAt, changedSince),
    page === undefined || page.after === null ? undefined : gt(transactions.id, page.after),
  )
  const inOrder = <Query extends PgSelect>(query: Query) => {
    const ordered = query.where(wanted).orderBy(asc(transactions.id))
    return page === undefined ? ordered : ordered.limit(page.limit)
  }
  // A statement that waits for a lock reads the parts as they were before it waited: another one reads what is locked.
  const locked =
    access === 'change'
      ? await inOrder(transaction.select({ id: transactions.id }).from(transactions).$dynamic()).for('no key update')
      : undefined
  const held = locked && new Set(locked.map(({ id }) => id))
  const found = await inOrder(
    transaction
      .select({
        id: transactions.id,
        accountId: transactions.accountId,
        currency: sql<string>`(select currency from wealth.accounts where accounts.id = transactions.account_id)`,
        type: transactions.type,
        date: transactions.date,
        amount: transactions.amount,
        description: transactions.description,
        merchantName: transactions.merchantName,
        category: transactions.category,
        categoryId: transactions.categoryId,
        notes: transactions.notes,
        tags: transactions.tags,
        transferAccountId: transactions.transferAccountId,
        provenance: transactions.provenance,
        splits: splitsOf('transactions.id'),
      })
      .from(transactions)
      .$dynamic(),
  )
  const rows = held ? found.filter(({ id }) => held.has(id)) : found
  return rows.map(({ category, categoryId, provenance, ...row }) => ({
    ...row,
    category: { category, categoryId },
    stored: provenance,
    provenance: {
      // Parts that no rule has made are a person's.
      ...(row.splits.length > 0 && { splits: 'person' as const }),
      ...provenance,
      // The own category is a part of the category.
      ...(provenance['categoryId'] === 'person' && { category: 'person' as const }),
    },
  }))
}

/** The transactions from one id to another of which a person has undone a run. */
export const findUndone = async (transaction: Transaction, householdId: string, first: string, last: string): Promise<Set<string>> => {
  const rows = await transaction.execute<{ id: string }>(sql`
    select distinct transaction_id as id from wealth.rule_changes
    where household_id = ${householdId} and transaction_id between ${first} and ${last}
      and run_id in (select id from wealth.rule_runs where household_id = ${householdId} and undone_at is not null)`)
  return new Set(rows.map(({ id }) => id))
}
