import { useApi } from '../../shell/api.ts'
import { portfolioForm as m, shared } from '#messages/portfolios'

/** The name of a portfolio model or a benchmark by its id. */
export const useChoiceNames = (): ((id: string) => string) => {
  const models = useApi('GET /v1/planning/portfolio-models', { query: { limit: 200, sort: 'riskLevel' } }).data?.items ?? []
  const benchmarks = useApi('GET /v1/market/benchmarks', { query: { limit: 200, sort: 'name' } }).data?.items ?? []
  return id => (id === '' ? m.noBenchmark : ([...models, ...benchmarks].find(each => each.id === id)?.name ?? shared.unknown))
}
