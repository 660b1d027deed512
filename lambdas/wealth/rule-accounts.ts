import type { Transaction } from '../../db/database.ts'
import { countAccounts } from '../../db/queries/wealth/rules.ts'
import type { RuleAction, RuleCondition } from '../../domain/wealth/index.ts'
import { invalidReference } from '../runtime/problem.ts'

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

/** The same for the accounts that a rule names. */
export const requireRuleAccounts = async (
  transaction: Transaction,
  householdId: string,
  rule: { readonly conditions?: readonly RuleCondition[] | undefined; readonly actions?: readonly RuleAction[] | undefined },
  path = 'body',
): Promise<void> => {
  for (const [index, condition] of (rule.conditions ?? []).entries()) {
    if (condition.field === 'account')
      await requireAccounts(transaction, householdId, condition.accountIds, `${path}.conditions.${index}.accountIds`)
  }
  for (const [index, action] of (rule.actions ?? []).entries()) {
    if (action.action === 'mark_transfer' && action.accountId)
      await requireAccounts(transaction, householdId, [action.accountId], `${path}.actions.${index}.accountId`)
  }
}
