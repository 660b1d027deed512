import type { ApiAnswer } from '../../lambdas/api-types.ts'

export type Heirs = ApiAnswer<'GET /v1/wealth/accounts/{accountId}/beneficiaries'>
export const ranks = ['primary', 'contingent'] as const
export type Rank = (typeof ranks)[number]
