import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ApiRequest } from '../../../lambdas/api-types.ts'
import { ApiProblem } from '../../client/problem.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { showToast } from '../../shell/toasts.ts'
import { followRun } from '../../shell/tray.tsx'
import type { Plan } from '../plan-header.tsx'
import type { Run } from './results.ts'
import { run as m } from '#messages/plan-results'

export type LargeRunBody = ApiRequest<'POST /v1/planning/plans/{planId}/large-runs'>['body']

/** Paths of a run that the request can wait for; more are simulated in the background. */
const mostInRequest = 100_000

const send = (planId: string, body: LargeRunBody, idempotencyKey: string): Promise<{ readonly body: Run; readonly status: number }> => {
  const { sensitivities, ...simple } = body
  const request = { params: { planId }, idempotencyKey }
  return sensitivities === undefined && (body.iterations ?? 0) <= mostInRequest
    ? api.reply('POST /v1/planning/plans/{planId}/runs', { ...request, body: simple })
    : api.reply('POST /v1/planning/plans/{planId}/large-runs', { ...request, body })
}

/** After a refusal, the same request can be sent again and may succeed: the plan may have been corrected. */
const isRefusal = (error: unknown): boolean => error instanceof ApiProblem && error.status < 500

/** Runs of a plan: in the request, or in the background where that takes too long. A repeated request gives the same run. */
export const useStartRun = (plan: Pick<Plan, 'id' | 'name'>) => {
  const [, navigate] = useLocation()
  const key = useRef(crypto.randomUUID())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  /** @throws ApiProblem, TypeError as the client does */
  const startWith = async (body: LargeRunBody, idempotencyKey: string): Promise<void> => {
    const { body: run, status } = await send(plan.id, body, idempotencyKey)
    if (status === 202) {
      followRun({ runId: run.id, planId: plan.id, planName: plan.name })
      showToast({ kind: 'info', text: m.queued })
    } else {
      showToast({ kind: 'good', text: m.done })
    }
    await refreshQueries('GET /v1/planning/plans/{planId}/runs', 'GET /v1/planning/plans')
    navigate(`/plans/${plan.id}`)
  }
  const start = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await startWith({}, key.current)
      key.current = crypto.randomUUID()
    } catch (error) {
      if (isRefusal(error)) key.current = crypto.randomUUID()
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, failure, start, startWith }
}

export type StartRun = ReturnType<typeof useStartRun>
