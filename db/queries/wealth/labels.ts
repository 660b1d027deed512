import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { transactions } from '../../schema/wealth/transactions.ts'

type Stored = typeof transactions.$inferSelect

/** New labels of transactions. A label that is left out stays. */
export interface LabelChange {
  readonly category?: Stored['category']
  readonly categoryId?: string | null
  readonly merchantName?: string | null
  readonly notes?: string | null
  readonly tags?: readonly string[]
  readonly attachments?: readonly string[]
  readonly addedTags?: readonly string[]
  readonly removedTags?: readonly string[]
  /** Names of labels that a person sets, and of those that are given back to rules and the bank. */
  readonly set: readonly string[]
  readonly cleared: readonly string[]
}

/** The labels of a transaction before a change, and its version after it. */
export type LabelsBefore = Pick<Stored, 'category' | 'categoryId' | 'merchantName' | 'notes' | 'tags' | 'provenance' | 'id' | 'version'>

/** The labels that a change of many can set. */
const bulkLabels: readonly string[] = ['category', 'categoryId', 'merchantName', 'notes', 'tags']

const textArray = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`

/** The provenance of a row after a person has set some labels and cleared others. */
export const provenanceAfter = ({ cleared, set }: Pick<LabelChange, 'set' | 'cleared'>): SQL => {
  const added = JSON.stringify(Object.fromEntries(set.map(name => [name, 'person'])))
  return sql`(${transactions.provenance} || ${added}::text::jsonb) - ${textArray(cleared)}`
}

const tagsAfter = ({ addedTags = [], removedTags = [] }: LabelChange): SQL =>
  sql`array(select tag from unnest(${transactions.tags} || ${textArray(addedTags)}) with ordinality as t (tag, place)
    where tag <> all (${textArray(removedTags)}) group by tag order by min(place))`

const assigned = (change: LabelChange): Partial<Record<keyof Stored, unknown>> => {
  const { addedTags, attachments, cleared, removedTags, set, tags, ...plain } = change
  return {
    ...plain,
    ...(tags && { tags: textArray(tags) }),
    ...(attachments && { attachments: textArray(attachments) }),
    ...((addedTags || removedTags) && { tags: tagsAfter(change) }),
    provenance: provenanceAfter({ set, cleared }),
  }
}

/** The columns of a change, for the update of one row. */
export const labelColumns = (change: LabelChange) => assigned(change) as Partial<typeof transactions.$inferInsert>

/** Changes the labels of all transactions that a condition matches, in one statement. At most `limit` rows; the labels before. */
export const relabel = async (transaction: Transaction, where: SQL, change: LabelChange, limit: number): Promise<LabelsBefore[]> => {
  const chosen = transaction.$with('chosen').as(
    transaction
      .select({
        id: transactions.id,
        category: transactions.category,
        categoryId: transactions.categoryId,
        merchantName: transactions.merchantName,
        notes: transactions.notes,
        tags: transactions.tags,
        provenance: transactions.provenance,
      })
      .from(transactions)
      .where(where)
      .orderBy(transactions.id)
      .limit(limit)
      .for('update'),
  )
  const changed = await transaction
    .with(chosen)
    .update(transactions)
    .set({ ...labelColumns(change), version: sql`${transactions.version} + 1` })
    .from(chosen)
    .where(eq(transactions.id, chosen.id))
    .returning({
      id: transactions.id,
      version: transactions.version,
      category: chosen.category,
      categoryId: chosen.categoryId,
      merchantName: chosen.merchantName,
      notes: chosen.notes,
      tags: chosen.tags,
      provenance: chosen.provenance,
    })
  return changed.map(row => ({
    ...row,
    provenance: Object.fromEntries(Object.entries(row.provenance).filter(([name]) => bulkLabels.includes(name))),
  }))
}

/** Gives transactions the labels that they had, where nobody has changed them since. The number of those that have them again. */
export const restoreLabels = async (transaction: Transaction, householdId: string, before: readonly LabelsBefore[]): Promise<number> => {
  const restored = await transaction.execute(sql`
    update wealth.transactions t set category = b.category, category_id = b."categoryId", merchant_name = b."merchantName", notes = b.notes,
      tags = array(select jsonb_array_elements_text(b.tags)), provenance = (t.provenance - ${textArray(bulkLabels)}) || b.provenance, version = t.version + 1
    from jsonb_to_recordset(${JSON.stringify(before)}::text::jsonb)
      as b (id uuid, version integer, category text, "categoryId" uuid, "merchantName" text, notes text, tags jsonb, provenance jsonb)
    where t.id = b.id and t.version = b.version and t.household_id = ${householdId}`)
  return restored.count
}

/** The transactions of a household with these ids. */
export const withIds = (householdId: string, ids: readonly string[]): SQL =>
  and(
    eq(transactions.householdId, householdId),
    sql`${transactions.id} = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)::uuid))`,
  )!

/** Which of the ids are transactions of a household. */
export const findTransactionIds = async (
  transaction: Transaction,
  householdId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await transaction.select({ id: transactions.id }).from(transactions).where(withIds(householdId, ids))
  return new Set(rows.map(({ id }) => id))
}
