import { useLocation } from 'wouter'
import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { api } from '../../shell/api.ts'
import type { Plan } from '../plan-header.tsx'
import { afterRun, sayRun } from '../simulate-button.tsx'
import type { Run } from './results.ts'

export type LargeRunBody = ApiRequest<'POST /v1/planning/plans/{planId}/large-runs'>['body']

/** Paths of a run that the request can wait for; more are simulated in the background. */
const mostInRequest = 100_000

const send = (planId: string, body: LargeRunBody, idempotencyKey: string): Promise<Run> => {
  const { sensitivities, ...simple } = body
  const request = { params: { planId }, idempotencyKey }
  return sensitivities === undefined && (body.iterations ?? 0) <= mostInRequest
    ? api('POST /v1/planning/plans/{planId}/runs', { ...request, body: simple })
    : api('POST /v1/planning/plans/{planId}/large-runs', { ...request, body })
}

/** Runs of a plan with other settings than its own: in the request, or in the background where that takes too long. */
export const useStartRun = (plan: Pick<Plan, 'id' | 'name'>) => {
  const [, navigate] = useLocation()
  /** @throws ApiProblem, TypeError as the client does */
  const startWith = async (body: LargeRunBody, idempotencyKey: string): Promise<void> => {
    sayRun(await afterRun(plan, await send(plan.id, body, idempotencyKey)))
    navigate(`/plans/${plan.id}`)
  }
  return { startWith }
}

export type StartRun = ReturnType<typeof useStartRun>
