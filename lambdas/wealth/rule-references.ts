import type { Transaction } from '../../db/database.ts'
import { countAccounts, parentsOfCategories } from '../../db/queries/wealth/rules.ts'
import type { RuleAction, RuleCondition } from '../../domain/wealth/index.ts'
import { invalidReference } from '../runtime/problem.ts'
import { categoryOf } from './label-changes.ts'

/** Throws a 422 that names the field unless all accounts belong to the household. */
export const requireAccounts = async (
  transaction: Transaction,
  householdId: string,
  ids: readonly string[],
  path: string,
): Promise<void> => {
  const distinct = [...new Set(ids)]
  if (distinct.length > 0 && (await countAccounts(transaction, householdId, distinct)) < distinct.length)
    throw invalidReference(path, 'account in the household')
}

/**
 * The same for the accounts and own categories that a rule names. A 422 is thrown, too, for an own category that does not belong to the category
 * beside it.
 */
export const requireRuleReferences = async (
  transaction: Transaction,
  householdId: string,
  rule: { readonly conditions?: readonly RuleCondition[] | undefined; readonly actions?: readonly RuleAction[] | undefined },
  path = 'body',
): Promise<void> => {
  for (const [index, condition] of (rule.conditions ?? []).entries()) {
    const place = `${path}.conditions.${index}`
    if (condition.field === 'account') await requireAccounts(transaction, householdId, condition.accountIds, `${place}.accountIds`)
    if (condition.field !== 'own_category') continue
    const known = await parentsOfCategories(transaction, householdId)
    if (!condition.categoryIds.every(id => known.has(id))) throw invalidReference(`${place}.categoryIds`, 'category')
  }
  for (const [index, action] of (rule.actions ?? []).entries()) {
    const place = `${path}.actions.${index}`
    if (action.action === 'mark_transfer' && action.accountId)
      await requireAccounts(transaction, householdId, [action.accountId], `${place}.accountId`)
    if (action.action === 'set_category') await categoryOf(transaction, householdId, action, place)
    if (action.action === 'split')
      for (const [part, values] of action.parts.entries()) await categoryOf(transaction, householdId, values, `${place}.parts.${part}`)
  }
}
