import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'

export type Rule = ApiItem<'GET /v1/wealth/rules'>
export type RuleBody = Omit<ApiRequest<'POST /v1/wealth/rules'>['body'], 'householdId'>

/** The rule as it can be stored again. */
export const bodyOfRule = ({ actions, conditions, isActive, match, name, stopAfter }: Rule): RuleBody => ({
  name,
  match,
  isActive,
  stopAfter,
  conditions,
  actions,
})
