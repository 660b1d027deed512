import { useState } from 'react'
import { useLocation, useParams, useSearch } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { EmptyState, Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, refreshQueries, useApi } from '../../shell/api.ts'
import { showToast } from '../../shell/toasts.ts'
import { type Plan, PlanPage, type ShownPlan } from '../plan-header.tsx'
import { ComparedPlans } from './compared-plans.tsx'
import styles from './compare.module.css'
import { compare as m } from '#messages/plan-analyses'
import { form as words } from '#messages/shell'

/** A copy of the plan to change: it is opened for editing. */
const ScenarioDialog = ({ onClose, plan }: { readonly plan: Plan; readonly onClose: () => void }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { name: '' },
    check: ({ name }) => (name.trim() === '' ? { name: words.required } : {}),
    submit: async ({ name }, idempotencyKey) => {
      const body = { name: name.trim() }
      const branch = await api('POST /v1/planning/plans/{planId}/branches', { params: { planId: plan.id }, body, idempotencyKey })
      await refreshQueries('GET /v1/planning/plans')
      showToast({ kind: 'good', text: m.made(branch.name) })
      navigate(`/plans/${branch.id}/edit`)
    },
  })
  return (
    <Dialog title={m.makeScenario} onClose={onClose}>
      <Form form={form} submit={m.makeScenario} onCancel={onClose}>
        <TextField {...form.text('name')} label={m.scenarioName} help={m.scenarioHelp} />
      </Form>
    </Dialog>
  )
}

/** Scenarios of the same family first: the plan's parent, its branches and the other branches of its parent. */
const family = (plan: Plan, others: readonly Plan[]): readonly Plan[] => {
  const isNear = ({ id, parentPlanId }: Plan) =>
    parentPlanId === plan.id || id === plan.parentPlanId || (plan.parentPlanId !== null && parentPlanId === plan.parentPlanId)
  return [...others.filter(isNear), ...others.filter(other => !isNear(other))]
}

/** As many can stand side by side. */
const most = 4

const Compare = ({ canEdit, plan }: ShownPlan) => {
  const [path, navigate] = useLocation()
  const asked = new URLSearchParams(useSearch()).get('with')
  const [dialog, setDialog] = useState(false)
  const { data, error, refetch } = useApi('GET /v1/planning/plans', {
    query: { householdId: plan.householdId, limit: 100, sort: '-updatedAt' },
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const others = family(
    plan,
    data.items.filter(({ id, status }) => id !== plan.id && status !== 'archived'),
  )
  const initial = others.filter(({ parentPlanId }) => parentPlanId === plan.id || parentPlanId === null).slice(0, 1)
  const chosen = asked === null ? initial : others.filter(({ id }) => asked.split(',').includes(id))
  const toggle = (id: string) => {
    const ids = chosen.map(each => each.id)
    const next = ids.includes(id) ? ids.filter(each => each !== id) : [...ids, id].slice(-most)
    navigate(`${path}?with=${next.join(',')}`, { replace: true })
  }
  const make = canEdit && <Button onClick={() => setDialog(true)}>{m.makeScenario}</Button>
  return (
    <Section title={m.title} lead={m.lead} actions={others.length > 0 && make}>
      {others.length === 0 ? (
        <EmptyState title={m.none} action={make}>
          {m.noneLead}
        </EmptyState>
      ) : (
        <>
          <fieldset className={`${styles['choose']} no-print`}>
            <legend>{m.choose}</legend>
            {others.map(({ id, name }) => (
              <label key={id} className={styles['option']}>
                <input type="checkbox" checked={chosen.some(each => each.id === id)} onChange={() => toggle(id)} />
                <bdi>{name}</bdi>
              </label>
            ))}
          </fieldset>
          {chosen.length === 0 ? <p>{m.chooseOne}</p> : <ComparedPlans plan={plan} others={chosen} />}
        </>
      )}
      {dialog && <ScenarioDialog plan={plan} onClose={() => setDialog(false)} />}
    </Section>
  )
}

/** The scenarios of a plan side by side, on the same random numbers. */
const ComparePage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="compare">
      {shown => <Compare {...shown} />}
    </PlanPage>
  )
}

export default ComparePage
