import { useQuery } from '@tanstack/react-query'
import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { ApiProblem } from '../../client/problem.ts'
import { api, keyOf, refreshQueries } from '../../shell/api.ts'
import type { InputType } from './description.ts'

const route = 'GET /v1/planning/plans/{planId}/inputs'
export type PlanInput = ApiItem<typeof route>

/** An input as a request gives it. */
export interface InputBody {
  readonly inputType: InputType
  readonly inputName: string
  readonly inputValue: unknown
  readonly dataSource?: string
  readonly confidenceScore?: number | null
}
type SentBody = ApiRequest<'POST /v1/planning/plans/{planId}/inputs'>['body']

/** The value is made from a description at run time, so the compiler cannot know it. The server checks it. */
const sent = (body: InputBody): SentBody => body as SentBody

/** The body that stores an input as it is. */
export const bodyOf = ({ confidenceScore, dataSource, inputName, inputType, inputValue }: PlanInput): InputBody => ({
  inputType: inputType as InputType,
  inputName,
  inputValue,
  dataSource,
  confidenceScore,
})

/** All current inputs of a plan, in its order: the first person comes first. */
export const readInputs = async (planId: string, signal?: AbortSignal): Promise<readonly PlanInput[]> => {
  const items: PlanInput[] = []
  let cursor: string | null | undefined
  do {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) }
    const page = await api(route, { params: { planId }, query, ...(signal ? { signal } : {}) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return items
}

/** All current inputs of a plan, kept and refreshed. */
export const useInputs = (planId: string) =>
  useQuery({ queryKey: [...keyOf(route, { params: { planId } }), 'all'], queryFn: ({ signal }) => readInputs(planId, signal) })

/** Reads again what a change of a plan or of its inputs has changed. */
export const refreshPlan = (): Promise<void> =>
  refreshQueries(
    route,
    'GET /v1/planning/plans',
    'GET /v1/planning/plans/{planId}',
    'GET /v1/planning/plans/{planId}/versions',
    'GET /v1/planning/plans/{planId}/differences',
  )

/** For a failed change: a plan that is gone is read again, so that its page says so. The failure goes on. */
export const noteGone = async (error: unknown): Promise<never> => {
  if (error instanceof ApiProblem && error.status === 404) await refreshPlan()
  throw error
}

export const addInput = (planId: string, body: InputBody, idempotencyKey: string): Promise<PlanInput> =>
  api('POST /v1/planning/plans/{planId}/inputs', { params: { planId }, body: sent(body), idempotencyKey })

export const replaceInput = (planId: string, inputId: string, body: InputBody): Promise<PlanInput> =>
  api('PUT /v1/planning/plans/{planId}/inputs/{inputId}', { params: { planId, inputId }, body: sent(body) })

export const removeInput = (planId: string, inputId: string): Promise<unknown> =>
  api('DELETE /v1/planning/plans/{planId}/inputs/{inputId}', { params: { planId, inputId } })

/**
 * Makes the input with a name what it was before a change: `body`, or nothing. Every change of an input gives it another id, so that it is
 * found by its name.
 */
export const putBack = async (planId: string, name: string, body: InputBody | undefined): Promise<void> => {
  const current = (await readInputs(planId)).find(({ inputName }) => inputName === name)
  if (!body) {
    if (current) await removeInput(planId, current.id)
  } else if (current) await replaceInput(planId, current.id, body)
  else await addInput(planId, body, crypto.randomUUID())
  await refreshPlan()
}
