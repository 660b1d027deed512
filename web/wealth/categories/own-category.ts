import type { ApiItem } from '../../../lambdas/api-types.ts'
import { refreshQueries } from '../../shell/api.ts'

export type OwnCategory = ApiItem<'GET /v1/wealth/transaction-categories'>

/** Reads again what shows categories. */
export const refreshCategories = (): Promise<void> => refreshQueries('GET /v1/wealth/transaction-categories', 'GET /v1/wealth/transactions')
