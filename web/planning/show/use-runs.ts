import { useApi } from '../../shell/api.ts'
import { type Run, sortRuns } from './results.ts'

const pollMilliseconds = 2000

/** The runs of a plan, and what is newest among them. While one is simulated, the list is read again and again. */
export const useRuns = (planId: string) => {
  const { data, error, refetch } = useApi(
    'GET /v1/planning/plans/{planId}/runs',
    { params: { planId }, query: { limit: 100, sort: '-createdAt' } },
    { refetchInterval: query => (sortRuns(query.state.data?.items ?? []).active.length > 0 ? pollMilliseconds : false) },
  )
  return { runs: data ? sortRuns(data.items) : undefined, error, refetch }
}

/** A run with its result. It never changes, except for its verification. */
export const useRun = (runId: string | undefined) =>
  useApi('GET /v1/planning/runs/{runId}', { params: { runId: runId ?? '' } }, { enabled: runId !== undefined })

/** One path of a run, year by year. */
export const useLedger = (runId: string, pathIndex: number | undefined) =>
  useApi(
    'GET /v1/planning/runs/{runId}/paths/{pathIndex}',
    { params: { runId, pathIndex: String(pathIndex ?? 0) } },
    { enabled: pathIndex !== undefined, staleTime: Infinity },
  )

/** The worst path of a run, the best, and those between them. Undefined for a run of another engine, which cannot be ranked. */
export const useRankedPaths = ({ id, isCurrentEngine }: Pick<Run, 'id' | 'isCurrentEngine'>) =>
  useApi('GET /v1/planning/runs/{runId}/ranked-paths', { params: { runId: id } }, { enabled: isCurrentEngine, staleTime: Infinity })
