import type { ApiAnswer } from '../../../lambdas/api-types.ts'

export type Today = ApiAnswer<'GET /v1/identity/today'>
