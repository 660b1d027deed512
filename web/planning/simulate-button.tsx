import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem } from '../client/problem.ts'
import { Button } from '../components/button.tsx'
import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { followRun } from '../shell/tray.tsx'
import { refreshPlan } from './inputs/requests.ts'
import type { Plan } from './plan-header.tsx'
import { RefusedRun } from './refused-run.tsx'
import { planEdit as m } from '#messages/plan-edit'

/** Simulates a plan as it is now. A run that is too long for a request is queued, and followed in the tray of every page. */
export const simulate = async (plan: Pick<Plan, 'id' | 'name'>, idempotencyKey: string): Promise<'done' | 'queued'> => {
  const run = await api('POST /v1/planning/plans/{planId}/runs', { params: { planId: plan.id }, body: {}, idempotencyKey })
  await refreshQueries(
    'GET /v1/planning/plans',
    'GET /v1/planning/plans/{planId}',
    'GET /v1/planning/plans/{planId}/runs',
    'GET /v1/planning/plans/{planId}/outputs',
  )
  if (run.status === 'succeeded') return 'done'
  followRun({ runId: run.id, planId: plan.id, planName: plan.name })
  return 'queued'
}

/** Simulates the plan, then opens its result. */
export const SimulateButton = ({ plan }: { readonly plan: Plan }) => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [, go] = useLocation()
  const key = useRef(crypto.randomUUID())
  const run = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      if ((await simulate(plan, key.current)) === 'queued') showToast({ kind: 'info', text: m.queued })
      go(`/plans/${plan.id}`)
      key.current = crypto.randomUUID()
    } catch (error) {
      // A refused run has simulated nothing. After any other failure, the same key gets the answer of a run that was made after all.
      if (error instanceof ApiProblem && error.status === 422) {
        key.current = crypto.randomUUID()
        // The reasons are about the plan as it is stored, which somebody else may have changed.
        await refreshPlan()
      }
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button kind="primary" busy={busy} onClick={() => void run()}>
        {busy ? m.simulating : m.simulate}
      </Button>
      {failure !== undefined && <RefusedRun plan={plan} error={failure} onClose={() => setFailure(undefined)} retry={run} />}
    </>
  )
}
