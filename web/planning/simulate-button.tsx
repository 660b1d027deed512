import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem } from '../client/problem.ts'
import { Button, type ButtonKind } from '../components/button.tsx'
import { api } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { followRun } from '../shell/tray.tsx'
import { refreshPlan } from './inputs/requests.ts'
import type { Plan } from './plan-header.tsx'
import { refreshRuns } from './refresh-runs.ts'
import { RefusedRun } from './refused-run.tsx'
import { planEdit as m } from '#messages/plan-edit'

type Named = Pick<Plan, 'id' | 'name'>

/** Reads again what a run has changed. A run that goes on in the background is followed in the tray of every page. */
export const afterRun = async (plan: Named, run: { readonly id: string; readonly status: string }): Promise<'done' | 'queued'> => {
  await refreshRuns()
  if (run.status === 'succeeded') return 'done'
  followRun({ runId: run.id, planId: plan.id, planName: plan.name })
  return 'queued'
}

/** Says that a run has its result, or goes on in the background. */
export const sayRun = (state: 'done' | 'queued'): void =>
  showToast(state === 'done' ? { kind: 'good', text: m.done } : { kind: 'info', text: m.queued })

/** Simulates a plan as it is now. A run that is too long for a request is queued: the server redirects to the queue. */
export const simulate = async (plan: Named, idempotencyKey: string): Promise<'done' | 'queued'> =>
  afterRun(plan, await api('POST /v1/planning/plans/{planId}/runs', { params: { planId: plan.id }, body: {}, idempotencyKey }))

/** A simulation that buttons of a page start. */
export interface Simulation {
  readonly busy: boolean
  /** Why the last one was refused or has failed. */
  readonly failure: unknown
  readonly run: () => Promise<void>
  readonly forget: () => void
}

/** Simulates a plan, then opens its result. A repeated request gives the same run. */
export const useSimulation = (plan: Named): Simulation => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [, go] = useLocation()
  const key = useRef(crypto.randomUUID())
  const run = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      sayRun(await simulate(plan, key.current))
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
  return { busy, failure, run, forget: () => setFailure(undefined) }
}

/** Starts a simulation. */
export const SimulateButton = ({
  kind = 'primary',
  label = m.simulate,
  simulation: { busy, run },
}: {
  readonly simulation: Simulation
  readonly label?: string
  readonly kind?: ButtonKind
}) => (
  <Button kind={kind} busy={busy} onClick={() => void run()}>
    {busy ? m.simulating : label}
  </Button>
)

/** Why the simulation was refused or has failed, over the page. */
export const RefusedSimulation = ({ plan, simulation }: { readonly plan: Plan; readonly simulation: Simulation }) =>
  simulation.failure === undefined ? null : (
    <RefusedRun plan={plan} error={simulation.failure} onClose={simulation.forget} retry={simulation.run} />
  )
