import { api, refreshQueries } from '../../shell/api.ts'
import { changed } from '../../shell/undo.ts'
import { bodyOfPolicy, type Policy, type PolicyBody } from './policy-values.ts'
import { policyForm as m } from '#messages/operator'

const refresh = () =>
  refreshQueries(
    'GET /v1/operations/retention-policies',
    'GET /v1/operations/retention-policies/{policyId}',
    'GET /v1/operations/retention-runs',
  )

const remove = async ({ id, version }: Pick<Policy, 'id' | 'version'>): Promise<void> => {
  await api('DELETE /v1/operations/retention-policies/{policyId}', { params: { policyId: id }, ifMatch: version })
  await refresh()
}

const patch = async (policyId: string, { tableName: _tableName, ...body }: PolicyBody, ifMatch: number): Promise<Policy> => {
  const stored = await api('PATCH /v1/operations/retention-policies/{policyId}', { params: { policyId }, body, ifMatch })
  await refresh()
  return stored
}

/** Makes a policy, and offers to undo it. */
export const makePolicy = async (body: PolicyBody, idempotencyKey: string): Promise<void> => {
  const made = await api('POST /v1/operations/retention-policies', { body, idempotencyKey })
  await refresh()
  changed(m.stored(made.name), () => remove(made))
}

/** Changes a policy, and offers to undo it. */
export const changePolicy = async (before: Policy, body: PolicyBody, version: number): Promise<void> => {
  const stored = await patch(before.id, body, version)
  changed(m.stored(stored.name), () => patch(before.id, bodyOfPolicy(before), stored.version))
}

/** Removes a policy, and offers to make it again. The list of its runs does not come back. */
export const removePolicy = async (policy: Policy): Promise<void> => {
  await remove(policy)
  changed(m.removed(policy.name), async () => {
    await api('POST /v1/operations/retention-policies', { body: bodyOfPolicy(policy) })
    await refresh()
  })
}
