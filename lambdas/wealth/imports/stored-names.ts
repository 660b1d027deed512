import type { Transaction } from '../../../db/database.ts'
import { findAccountNames } from '../../../db/queries/wealth/accounts.ts'
import { peopleOfHousehold } from '../../../db/queries/identity/index.ts'
import { findOwnCategories, type OwnCategory, ownCategoryRows } from '../../../db/queries/wealth/own-categories.ts'
import type { NewTransaction } from '../../../db/queries/wealth/store-transactions.ts'
import type { FileSplit, FileTransaction, TransactionCategory } from '../../../domain/wealth/index.ts'

type Labelled = Pick<FileSplit, 'category' | 'label' | 'ownCategory'>
type Category = Pick<NewTransaction, 'category' | 'categoryId'>
/** The labels of a row that refer to something by its name, as they are stored. */
export type StoredNames = Pick<NewTransaction, 'category' | 'categoryId' | 'contributorId' | 'splits' | 'transferAccountId'>

const keyOf = (name: string, parent?: TransactionCategory): string => JSON.stringify([name.trim().toLowerCase(), parent ?? null])

/** Values by their keys, without the keys that two values have. */
const unique = <Value>(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> =>
  new Map([...Map.groupBy(entries, ([key]) => key)].flatMap(([key, same]) => (same.length === 1 ? [[key, same[0]![1]] as const] : [])))

type NewCategory = Pick<OwnCategory, 'name' | 'parent'>

/** The own categories that rows name and the household does not have. */
export const missingCategories = (known: readonly NewCategory[], rows: readonly FileTransaction[]): NewCategory[] => {
  const seen = new Set(known.map(({ name, parent }) => keyOf(name, parent)))
  const isNew = (key: string): boolean => !seen.has(key) && seen.add(key).size > 0
  return rows
    .flatMap(row => [row, ...(row.splits ?? [])])
    .flatMap(({ category: parent = 'other', ownCategory: name }) =>
      name !== undefined && isNew(keyOf(name, parent)) ? [{ name, parent }] : [],
    )
}

/**
 * Gives what the names in the rows of a file mean in a household: own categories, of which those that the file names as such are added if they are
 * missing, and accounts at the other side of transfers, and the people who gave contributions. A label of a file that is the name of one own category is this category.
 */
export const storedNames = async (
  transaction: Transaction,
  householdId: string,
  rows: readonly FileTransaction[],
): Promise<(row: FileTransaction) => StoredNames> => {
  const own = await findOwnCategories(transaction, householdId)
  for (const { name, parent } of missingCategories(own, rows))
    own.push(await ownCategoryRows.insert(transaction, { householdId, parent, name }))
  const byParent = new Map(own.map(category => [keyOf(category.name, category.parent), category]))
  const byName = unique(own.map(category => [keyOf(category.name), category] as const))
  const accounts = unique([...(await findAccountNames(transaction, householdId))].map(([id, name]) => [keyOf(name), id] as const))
  const people = unique((await peopleOfHousehold(transaction, householdId)).map(({ id, name }) => [keyOf(name), id] as const))
  const categoryOf = ({ category, label, ownCategory }: Labelled): Category => {
    const named =
      ownCategory === undefined ? byName.get(keyOf(label?.split(':').at(-1) ?? '')) : byParent.get(keyOf(ownCategory, category ?? 'other'))
    return named ? { category: named.parent, categoryId: named.id } : { category }
  }
  return row => ({
    ...categoryOf(row),
    splits: row.splits?.map(split => ({ ...split, ...categoryOf(split) })),
    transferAccountId: row.transferAccount === undefined ? undefined : accounts.get(keyOf(row.transferAccount)),
    contributorId: row.contributor === undefined ? undefined : people.get(keyOf(row.contributor)),
  })
}
