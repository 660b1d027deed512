import { api } from '../../shell/api.ts'
import { changed } from '../../shell/undo.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { versions as m } from '#messages/versions'

const restore = async (plan: Pick<Plan, 'id' | 'version'>, version: number): Promise<void> => {
  await api('POST /v1/planning/plans/{planId}/restorations', { params: { planId: plan.id }, ifMatch: plan.version, body: { version } })
  await refreshPlan()
}

/** Makes a plan what it was at a version, whatever its version is now. */
export const restoreVersion = async (planId: string, version: number): Promise<void> =>
  restore(await api('GET /v1/planning/plans/{planId}', { params: { planId } }), version)

/** Makes the plan that the person sees what it was at a version, and offers to undo it. */
export const restoreShown = async (plan: Plan, version: number): Promise<void> => {
  await restore(plan, version)
  changed(m.restored(version), () => restoreVersion(plan.id, plan.version))
}
