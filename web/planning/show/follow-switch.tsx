import { useState } from 'react'
import { CheckboxField } from '../../components/field.tsx'
import { Failure } from '../../components/problem.tsx'
import { api } from '../../shell/api.ts'
import { changed } from '../../shell/undo.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { actual as m } from '#messages/plan-paths'

const store = async (plan: Pick<Plan, 'id' | 'version'>, followsAccounts: boolean): Promise<void> => {
  await api('PATCH /v1/planning/plans/{planId}', { params: { planId: plan.id }, ifMatch: plan.version, body: { followsAccounts } })
  await refreshPlan()
}

/** Whether the plan is rolled forward and simulated with the real balances at the end of each month. */
export const FollowSwitch = ({ plan }: { readonly plan: Plan }) => {
  const [failure, setFailure] = useState<unknown>()
  /** What the person has chosen, until the plan says it. */
  const [chosen, setChosen] = useState<boolean>()
  const change = async (followsAccounts: boolean): Promise<void> => {
    setFailure(undefined)
    setChosen(followsAccounts)
    try {
      await store(plan, followsAccounts)
      changed(followsAccounts ? m.followsOn : m.followsOff, async () =>
        store(await api('GET /v1/planning/plans/{planId}', { params: { planId: plan.id } }), !followsAccounts),
      )
    } catch (error) {
      await refreshPlan()
      setFailure(error)
    }
    setChosen(undefined)
  }
  return (
    <>
      <CheckboxField
        id="follows-accounts"
        name="followsAccounts"
        label={m.follows}
        help={m.followsHelp}
        error={undefined}
        checked={chosen ?? plan.followsAccounts}
        onChange={value => void change(value)}
      />
      {failure !== undefined && <Failure error={failure} />}
    </>
  )
}
