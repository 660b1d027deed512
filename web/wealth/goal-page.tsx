import { useLocation, useParams } from 'wouter'
import { Button, ButtonLink } from '../components/button.tsx'
import { Form } from '../components/form.tsx'
import { Card, Loading, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useForm } from '../components/use-form.ts'
import { useVersionedForm } from '../components/use-versioned-form.tsx'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import type { Household } from '../shell/household.ts'
import { useLook, useLookIsKnown } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { changed, changedStored } from '../shell/undo.ts'
import { attempt } from './change-account.ts'
import { GoalFields } from './goal-fields.tsx'
import { bodyOf, checkGoal, fieldOf, type Goal, type GoalValues, valuesOf } from './goal-values.ts'
import { HouseholdGate } from './household-gate.tsx'
import { goalForm as m, titles } from '#messages/goals'

const refreshGoals = () => refreshQueries('GET /v1/wealth/goals', 'GET /v1/wealth/goals/{goalId}')

type Body = ReturnType<typeof bodyOf>

const add = async (householdId: string, body: Body, idempotencyKey?: string): Promise<Goal> => {
  const request = { body: { ...body, householdId }, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }
  const goal = await api('POST /v1/wealth/goals', request)
  await refreshGoals()
  return goal
}

const change = async (goalId: string, values: GoalValues, body: Body, ifMatch: number): Promise<Goal> => {
  const status = values.status as Goal['status']
  const goal = await api('PATCH /v1/wealth/goals/{goalId}', { params: { goalId }, body: { ...body, status }, ifMatch })
  await refreshGoals()
  return goal
}

const NewGoal = ({ household }: { readonly household: Household }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<GoalValues>({
    initial: {
      name: '',
      kind: 'emergency_fund',
      target: '',
      currency: household.currency,
      date: '',
      priority: '3',
      person: '',
      status: 'active',
      accounts: '',
      notes: '',
    },
    draft: `goal of ${household.id}`,
    check: values => checkGoal(values, look),
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const { name } = await add(household.id, bodyOf(values, look), idempotencyKey)
      showToast({ kind: 'good', text: m.added(name) })
      navigate('/goals')
    },
  })
  return (
    <Form form={form} submit={m.store} onCancel={() => navigate('/goals')} columns>
      <GoalFields form={form} householdId={household.id} isNew />
    </Form>
  )
}

const labels: Readonly<Record<keyof GoalValues, string>> = {
  name: m.name,
  kind: m.kind,
  target: m.target,
  currency: m.currency,
  date: m.date,
  priority: m.priority,
  person: m.person,
  status: m.status,
  accounts: m.accounts,
  notes: m.notes,
}

const EditGoal = ({ goal }: { readonly goal: Goal }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const read = () => api('GET /v1/wealth/goals/{goalId}', { params: { goalId: goal.id } })
  const { conflict, form } = useVersionedForm<GoalValues, Goal>({
    stored: goal,
    valuesOf: stored => valuesOf(stored, look),
    labels,
    draft: `goal ${goal.id}`,
    check: values => checkGoal(values, look),
    fieldOf,
    reload: read,
    save: async (values, version) => {
      const now = await change(goal.id, values, bodyOf(values, look), version)
      const before = valuesOf(goal, look)
      changedStored(m.saved(now.name), now, read, at => change(goal.id, before, bodyOf(before, look), at))
      navigate('/goals')
    },
  })
  const remove = () =>
    attempt(async () => {
      await api('DELETE /v1/wealth/goals/{goalId}', { params: { goalId: goal.id }, ifMatch: goal.version })
      await refreshGoals()
      changed(m.removed(goal.name), () => add(goal.householdId, bodyOf(valuesOf(goal, look), look)))
      navigate('/goals')
    })
  return (
    <>
      <Form
        form={form}
        submit={m.save}
        onCancel={() => navigate('/goals')}
        others={
          <Button kind="danger" onClick={() => void remove()}>
            {m.remove}
          </Button>
        }
        columns
      >
        <GoalFields form={form} householdId={goal.householdId} />
      </Form>
      {conflict}
    </>
  )
}

const StoredGoal = ({ goalId }: { readonly goalId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/goals/{goalId}', { params: { goalId } })
  if (error) return <Failure error={error} retry={refetch} />
  return data ? <EditGoal key={data.id} goal={data} /> : <Loading />
}

/** Adds a goal of the household, or changes one. */
const GoalPage = () => {
  const { goalId } = useParams()
  const isKnown = useLookIsKnown()
  return (
    <Page
      title={goalId === undefined ? titles.newGoal : titles.goal}
      lead={m.lead}
      actions={<ButtonLink href="/goals">{m.toGoals}</ButtonLink>}
    >
      <HouseholdGate>
        {household => (
          <Card>
            {!isKnown && <Loading />}
            {isKnown && goalId === undefined && <NewGoal key={household.id} household={household} />}
            {isKnown && goalId !== undefined && <StoredGoal goalId={goalId} />}
          </Card>
        )}
      </HouseholdGate>
    </Page>
  )
}

export default GoalPage
