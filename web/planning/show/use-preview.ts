import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import type { Changes } from './levers.ts'
import { useDebounced } from './use-debounced.ts'

/** A slider that moves asks at most this often. */
const pauseMilliseconds = 200

/** What changes of a plan would do. While newer changes are simulated, the older answer stays; an answer that is too late is dropped. */
export const usePreview = (planId: string, planVersion: number, changes: Changes) => {
  const settled = useDebounced(JSON.stringify(changes), pauseMilliseconds)
  const query = useQuery({
    queryKey: ['POST /v1/planning/plans/{planId}/previews', planId, planVersion, settled],
    queryFn: ({ signal }) => {
      const { replace, terms } = JSON.parse(settled) as Changes
      return api('POST /v1/planning/plans/{planId}/previews', {
        params: { planId },
        body: { ...(terms ? { terms } : {}), inputs: { replace: [...replace] } },
        signal,
      })
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
  return { ...query, isWorking: query.isFetching || settled !== JSON.stringify(changes) }
}
