import { refreshQueries } from '../shell/api.ts'

/** Reads again what shows the newest run of a plan. */
export const refreshRuns = (): Promise<void> =>
  refreshQueries(
    'GET /v1/identity/today',
    'GET /v1/planning/plans',
    'GET /v1/planning/plans/{planId}',
    'GET /v1/planning/plans/{planId}/runs',
    'GET /v1/planning/plans/{planId}/outputs',
  )
