import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../components/button.tsx'
import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { followRun } from '../shell/tray.tsx'
import type { Plan } from './plan-header.tsx'
import { planEdit as m } from '#messages/plan-edit'
import { problem } from '#messages/shell'

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
  const [, go] = useLocation()
  const key = useRef(crypto.randomUUID())
  const run = async () => {
    setBusy(true)
    try {
      if ((await simulate(plan, key.current)) === 'queued') showToast({ kind: 'info', text: m.queued })
      go(`/plans/${plan.id}`)
    } catch (error) {
      const sent = key.current
      showToast({
        kind: 'bad',
        text: problem.title,
        error,
        retry: () => {
          key.current = sent
          void run()
        },
      })
    } finally {
      key.current = crypto.randomUUID()
      setBusy(false)
    }
  }
  return (
    <Button kind="primary" busy={busy} onClick={() => void run()}>
      {busy ? m.simulating : m.simulate}
    </Button>
  )
}
