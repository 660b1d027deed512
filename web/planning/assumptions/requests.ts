import { refreshQueries } from '../../shell/api.ts'

/** Reads assumption sets again, wherever they are shown. */
export const refreshSets = (): Promise<void> =>
  refreshQueries('GET /v1/planning/assumption-sets', 'GET /v1/planning/assumption-sets/{assumptionSetId}')

/** Reads portfolio models again, wherever they are shown. */
export const refreshModels = (): Promise<void> =>
  refreshQueries('GET /v1/planning/portfolio-models', 'GET /v1/planning/portfolio-models/{portfolioModelId}')
