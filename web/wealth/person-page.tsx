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
import { HouseholdGate } from './household-gate.tsx'
import { PersonFields } from './person-fields.tsx'
import { bodyOf, checkPerson, emptyPerson, fieldOf, type Person, type PersonBody, type PersonValues, valuesOf } from './person-values.ts'
import { personForm as m, titles } from '#messages/people'

const refreshPeople = () =>
  refreshQueries('GET /v1/identity/households/{householdId}/people', 'GET /v1/identity/households/{householdId}/people/{personId}')

const add = async (householdId: string, body: PersonBody, idempotencyKey?: string): Promise<Person> => {
  const request = { params: { householdId }, body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }
  const person = await api('POST /v1/identity/households/{householdId}/people', request)
  await refreshPeople()
  return person
}

const change = async ({ householdId, id }: Person, body: PersonBody, ifMatch: number): Promise<Person> => {
  const person = await api('PATCH /v1/identity/households/{householdId}/people/{personId}', {
    params: { householdId, personId: id },
    body,
    ifMatch,
  })
  await refreshPeople()
  return person
}

const NewPerson = ({ household }: { readonly household: Household }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<PersonValues>({
    initial: emptyPerson,
    draft: `person of ${household.id}`,
    check: values => checkPerson(values, look),
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const { name } = await add(household.id, bodyOf(values, look), idempotencyKey)
      showToast({ kind: 'good', text: m.added(name) })
      navigate('/people')
    },
  })
  return (
    <Form form={form} submit={m.store} onCancel={() => navigate('/people')} columns>
      <PersonFields form={form} householdId={household.id} />
    </Form>
  )
}

const labels: Readonly<Record<keyof PersonValues, string>> = {
  name: m.name,
  relationship: m.relationship,
  birthDate: m.birthDate,
  userId: m.member,
  risk: m.risk,
  horizon: m.horizon,
  accredited: m.accredited,
  kycStatus: m.kyc,
  citizenship: m.citizenship,
  taxResidence: m.taxResidence,
  documentKind: m.documentKind,
  documentLastFour: m.documentLastFour,
  documentExpiresOn: m.documentExpiresOn,
  employment: m.employment,
  employer: m.employer,
  sourceOfFunds: m.sourceOfFunds,
  politicallyExposed: m.politicallyExposed,
}

const EditPerson = ({ person }: { readonly person: Person }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const params = { householdId: person.householdId, personId: person.id }
  const read = () => api('GET /v1/identity/households/{householdId}/people/{personId}', { params })
  const { conflict, form } = useVersionedForm<PersonValues, Person>({
    stored: person,
    valuesOf: stored => valuesOf(stored, look),
    labels,
    draft: `person ${person.id}`,
    check: values => checkPerson(values, look),
    fieldOf,
    reload: read,
    save: async (values, version) => {
      const now = await change(person, bodyOf(values, look), version)
      changedStored(m.saved(now.name), now, read, at => change(person, bodyOf(valuesOf(person, look), look), at))
      navigate('/people')
    },
  })
  const remove = () =>
    attempt(async () => {
      await api('DELETE /v1/identity/households/{householdId}/people/{personId}', { params, ifMatch: person.version })
      await refreshPeople()
      changed(m.removed(person.name), () => add(person.householdId, bodyOf(valuesOf(person, look), look)))
      navigate('/people')
    })
  return (
    <>
      <Form
        form={form}
        submit={m.save}
        onCancel={() => navigate('/people')}
        others={
          <Button kind="danger" onClick={() => void remove()}>
            {m.remove}
          </Button>
        }
        columns
      >
        <PersonFields form={form} householdId={person.householdId} />
      </Form>
      {conflict}
    </>
  )
}

const StoredPerson = ({ householdId, personId }: { readonly householdId: string; readonly personId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/identity/households/{householdId}/people/{personId}', {
    params: { householdId, personId },
  })
  if (error) return <Failure error={error} retry={refetch} />
  return data ? <EditPerson key={data.id} person={data} /> : <Loading />
}

/** Adds a person to the household, or changes one. */
const PersonPage = () => {
  const { personId } = useParams()
  const isKnown = useLookIsKnown()
  return (
    <Page
      title={personId === undefined ? titles.newPerson : titles.person}
      lead={personId === undefined ? m.lead : undefined}
      actions={<ButtonLink href="/people">{m.toPeople}</ButtonLink>}
    >
      <HouseholdGate>
        {household => (
          <Card>
            {!isKnown && <Loading />}
            {isKnown && personId === undefined && <NewPerson key={household.id} household={household} />}
            {isKnown && personId !== undefined && <StoredPerson householdId={household.id} personId={personId} />}
          </Card>
        )}
      </HouseholdGate>
    </Page>
  )
}

export default PersonPage
