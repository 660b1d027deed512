import { refreshQueries } from '../../shell/api.ts'
import { lotQueries } from './lot-queries.ts'

/** Reads again the methods and pairs of a household, and what is calculated with them. */
export const refreshMethods = (): Promise<void> =>
  refreshQueries('GET /v1/wealth/lot-elections', 'GET /v1/wealth/identical-securities', ...lotQueries)
