import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { useApi } from '../../shell/api.ts'

export type Performance = ApiAnswer<'GET /v1/wealth/performance'>
export type Derivation = ApiAnswer<'GET /v1/wealth/performance/derivation'>
export type PeriodName = Performance['periods'][number]['period']
export type PerformanceFigure = Performance['contributions'][number]['contribution']

export interface PerformanceScope {
  readonly householdId: string
  readonly portfolioId: string
  readonly period: PeriodName
}

/** The performance in a period. That of the period before stays while another one is read. */
export const usePerformance = (scope: PerformanceScope) =>
  useApi('GET /v1/wealth/performance', { query: scope }, { placeholderData: earlier => earlier })

export const useDerivation = (scope: PerformanceScope) => useApi('GET /v1/wealth/performance/derivation', { query: scope })
