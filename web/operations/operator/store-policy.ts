import { api, refreshQueries } from '../../shell/api.ts'
import { changed, changedStored } from '../../shell/undo.ts'
import { bodyOfPolicy, type Policy, type PolicyBody } from './policy-values.ts'
import { policyForm as m, retention } from '#messages/operator'

const refresh = () =>
  refreshQueries(
    'GET /v1/operations/retention-policies',
    'GET /v1/operations/retention-policies/{policyId}',
    'GET /v1/operations/retention-runs',
  )

const read = (policyId: string): Promise<Policy> => api('GET /v1/operations/retention-policies/{policyId}', { params: { policyId } })

const remove = async (policyId: string, ifMatch: number): Promise<void> => {
  await api('DELETE /v1/operations/retention-policies/{policyId}', { params: { policyId }, ifMatch })
  await refresh()
}

const patch = async (policyId: string, { tableName: _tableName, ...body }: Partial<PolicyBody>, ifMatch: number): Promise<Policy> => {
  const stored = await api('PATCH /v1/operations/retention-policies/{policyId}', { params: { policyId }, body, ifMatch })
  await refresh()
  return stored
}

/** Makes a policy, and offers to undo it. */
export const makePolicy = async (body: PolicyBody, idempotencyKey: string): Promise<void> => {
  const made = await api('POST /v1/operations/retention-policies', { body, idempotencyKey })
  await refresh()
  changedStored(
    m.stored(made.name),
    made,
    () => read(made.id),
    at => remove(made.id, at),
  )
}

const change = async (before: Policy, body: Partial<PolicyBody>, version: number, label: string): Promise<void> => {
  const stored = await patch(before.id, body, version)
  changedStored(
    label,
    stored,
    () => read(before.id),
    at => patch(before.id, bodyOfPolicy(before), at),
  )
}

/** Changes a policy, and offers to undo it. */
export const changePolicy = (before: Policy, body: PolicyBody, version: number): Promise<void> =>
  change(before, body, version, m.stored(body.name))

/** Turns a policy on or off, and offers to undo it. */
export const setActive = (policy: Policy, isActive: boolean): Promise<void> =>
  change(policy, { isActive }, policy.version, (isActive ? retention.activated : retention.deactivated)(policy.name))

/** Removes a policy, and offers to make it again. The list of its runs does not come back. */
export const removePolicy = async (policy: Policy): Promise<void> => {
  await remove(policy.id, policy.version)
  changed(m.removed(policy.name), async () => {
    await api('POST /v1/operations/retention-policies', { body: bodyOfPolicy(policy) })
    await refresh()
  })
}
