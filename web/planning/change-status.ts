import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { changed } from '../shell/undo.ts'
import type { Plan } from './plan-header.tsx'
import { planStatus } from '#messages/planning'
import { plans as m } from '#messages/plans'
import { problem } from '#messages/shell'

const set = async (plan: Pick<Plan, 'id' | 'version'>, status: Plan['status']): Promise<Plan> => {
  const next = await api('PATCH /v1/planning/plans/{planId}', { params: { planId: plan.id }, ifMatch: plan.version, body: { status } })
  await refreshQueries('GET /v1/planning/plans', 'GET /v1/planning/plans/{planId}', 'GET /v1/planning/plans/{planId}/versions')
  return next
}

/** Moves a plan to another stage, and offers to undo it. A plan that was changed elsewhere meanwhile is read again first. */
export const changeStatus = async (plan: Pick<Plan, 'id' | 'name' | 'status' | 'version'>, status: Plan['status']): Promise<void> => {
  try {
    await set(plan, status)
    changed(m.changed(plan.name, planStatus[status]), async () =>
      set(await api('GET /v1/planning/plans/{planId}', { params: { planId: plan.id } }), plan.status),
    )
  } catch (error) {
    await refreshQueries('GET /v1/planning/plans')
    showToast({ kind: 'bad', text: problem.title, error })
  }
}
