import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { type LabelChange, type OwnCategory, ownCategoryRows } from '../../db/queries/wealth/index.ts'
import { invalidReference, invalidValue } from '../runtime/problem.ts'
import type { labelFields } from './schemas/transactions.ts'

type Labels = { readonly [Name in keyof typeof labelFields]?: z.output<(typeof labelFields)[Name]> | undefined }

/** The own category of a household that a body names. Throws a 422 that names the field when there is none. */
export const referredCategory = async (transaction: Transaction, householdId: string, id: string, path: string): Promise<OwnCategory> => {
  const found = await ownCategoryRows.find(transaction, id)
  if (found?.householdId !== householdId) throw invalidReference(path, 'category')
  return found
}

/** The category of a transaction or part: an own category decides its parent. Throws a 422 when the body contradicts it. */
export const categoryOf = async (
  transaction: Transaction,
  householdId: string,
  {
    category,
    categoryId,
  }: { readonly category?: OwnCategory['parent'] | null | undefined; readonly categoryId?: string | null | undefined },
  path: string,
): Promise<{ readonly category: OwnCategory['parent']; readonly categoryId: string | null } | undefined> => {
  if (!categoryId) return category ? { category, categoryId: null } : undefined
  const { id, name, parent } = await referredCategory(transaction, householdId, categoryId, `${path}.categoryId`)
  if (category && category !== parent) throw invalidValue(`${path}.category`, `must be ${parent}, the parent of ${name}`)
  return { category: parent, categoryId: id }
}

/**
 * The change of labels that a person asks for. What they set becomes theirs: no rule, import or sync overwrites it. What they clear goes back
 * to these.
 */
export const labelChange = async (transaction: Transaction, householdId: string, labels: Labels, path: string): Promise<LabelChange> => {
  const { attachments, category, categoryId, merchantName, notes, tags } = labels
  const set: string[] = []
  const cleared: string[] = []
  const owned = (name: string, isSet: boolean): void => void (isSet ? set : cleared).push(name)
  const found = await categoryOf(transaction, householdId, { category, categoryId }, path)
  const chosen = found ?? (category === null ? ({ category: 'other', categoryId: null } as const) : undefined)
  if (category !== undefined || found) owned('category', found !== undefined)
  if (chosen || categoryId === null) owned('categoryId', Boolean(chosen?.categoryId))
  if (merchantName !== undefined) owned('merchantName', merchantName !== null)
  if (notes !== undefined) owned('notes', Boolean(notes))
  if (tags !== undefined) owned('tags', Boolean(tags?.length))
  if (attachments !== undefined) owned('attachments', Boolean(attachments?.length))
  return {
    ...(categoryId === null && { categoryId: null }),
    ...chosen,
    ...(merchantName !== undefined && { merchantName }),
    ...(notes !== undefined && { notes: notes || null }),
    ...(tags !== undefined && { tags: [...new Set(tags ?? [])] }),
    ...(attachments !== undefined && { attachments: attachments ?? [] }),
    set,
    cleared,
  }
}
