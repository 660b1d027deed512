import { api } from '../../shell/api.ts'
import { changedStored } from '../../shell/undo.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import type { Changes } from './levers.ts'

/** Makes a past version of the plan the current one, if nobody has changed the plan since `current`. */
const restore = (planId: string, version: number, current: number): Promise<unknown> =>
  api('POST /v1/planning/plans/{planId}/restorations', { params: { planId }, body: { version }, ifMatch: current })

const currentVersion = async (planId: string): Promise<number> =>
  (await api('GET /v1/planning/plans/{planId}', { params: { planId } })).version

/**
 * Stores changes in a plan. If one of several is refused, the plan becomes again what it was.
 * @param version the version of the plan that the person has seen
 * @throws ApiProblem 412 or 404 when somebody has changed the plan meanwhile
 */
const storeChanges = async (planId: string, version: number, { replace, terms = {} }: Changes): Promise<void> => {
  let stored = 0
  try {
    if (Object.keys(terms).length > 0) {
      await api('PATCH /v1/planning/plans/{planId}', { params: { planId }, body: terms, ifMatch: version })
      stored++
    }
    for (const { input, inputId } of replace) {
      await api('PUT /v1/planning/plans/{planId}/inputs/{inputId}', { params: { planId, inputId }, body: input })
      stored++
    }
  } catch (error) {
    if (stored > 0) await restore(planId, version, await currentVersion(planId))
    await refreshPlan()
    throw error
  }
  await refreshPlan()
}

/** The terms and inputs of a plan as it is now. */
const readState = async (planId: string) => {
  const version = await currentVersion(planId)
  const { inputs, plan } = await api('GET /v1/planning/plans/{planId}/versions/{version}', { params: { planId, version: String(version) } })
  return { inputs, plan, version }
}

/** Stores changes in a plan as `storeChanges` does, and offers to undo them unless somebody has changed the plan since. */
export const storeWithUndo = async ({ id, version }: Pick<Plan, 'id' | 'version'>, changes: Changes, label: string): Promise<void> => {
  await storeChanges(id, version, changes)
  changedStored(
    label,
    await readState(id),
    () => readState(id),
    async at => {
      await restore(id, version, at)
      await refreshPlan()
    },
  )
}

/** Makes a branch of a plan with changes. Returns the branch. */
export const branchWith = async (planId: string, name: string, changes: Changes, idempotencyKey: string) => {
  const branch = await api('POST /v1/planning/plans/{planId}/branches', { params: { planId }, body: { name }, idempotencyKey })
  const { items } = await api('GET /v1/planning/plans/{planId}/inputs', {
    params: { planId: branch.id },
    query: { limit: 200 },
  })
  // The inputs of the copy have ids of their own, and the same names.
  const replace = changes.replace.flatMap(({ input }) => {
    const copy = items.find(item => item.inputName === input.inputName && item.inputType === input.inputType)
    return copy ? [{ inputId: copy.id, input }] : []
  })
  await storeChanges(branch.id, await currentVersion(branch.id), { ...changes, replace })
  return branch
}
