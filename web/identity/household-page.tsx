import { useParams } from 'wouter'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Badge, Card, Loading, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useVersionedForm } from '../components/use-versioned-form.tsx'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { changedStored } from '../shell/undo.ts'
import { currencyOptions, timezoneOptions } from '../components/choices.ts'
import { Invitations } from './invitations.tsx'
import { Members } from './members.tsx'
import { households as m, titles } from '#messages/identity'
import { form as words } from '#messages/shell'

type Household = ApiAnswer<'GET /v1/identity/households/{householdId}'>

const valuesOf = ({ currency, name, timezone }: Household) => ({ name, timezone, currency })

const read = (householdId: string): Promise<Household> => api('GET /v1/identity/households/{householdId}', { params: { householdId } })

const change = async (householdId: string, body: ReturnType<typeof valuesOf>, ifMatch: number): Promise<Household> => {
  const household = await api('PATCH /v1/identity/households/{householdId}', { params: { householdId }, body, ifMatch })
  await refreshQueries('GET /v1/identity/households/{householdId}', 'GET /v1/identity/households')
  return household
}

/** The fields of the household, for its owners. */
const Fields = ({ household }: { readonly household: Household }) => {
  const look = useLook()
  const { id } = household
  const { conflict, form } = useVersionedForm({
    stored: household,
    valuesOf,
    draft: `household-${id}`,
    labels: { name: m.name, timezone: m.timezone, currency: m.currency },
    reload: () => read(id),
    save: async (values, version) => {
      const now = await change(id, values, version)
      changedStored(
        m.saved,
        now,
        () => read(id),
        at => change(id, valuesOf(household), at),
      )
    },
  })
  return (
    <Card>
      <Form form={form} submit={words.save} columns>
        <TextField {...form.text('name')} label={m.name} />
        <SelectField {...form.text('timezone')} label={m.timezone} help={m.timezoneHelp} options={timezoneOptions(household.timezone)} />
        <SelectField {...form.text('currency')} label={m.currency} options={currencyOptions(look.locale)} />
      </Form>
      {conflict}
    </Card>
  )
}

const HouseholdPage = () => {
  const { householdId = '' } = useParams()
  const { data, error, refetch } = useApi('GET /v1/identity/households/{householdId}', { params: { householdId } })
  const role = data?.role
  return (
    <Page
      title={data?.name ?? titles.household}
      lead={
        role && (
          <>
            {m.role}: <Badge>{m.roles[role]}</Badge> {m.roleHelp[role]}
          </>
        )
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && role === 'owner' && <Fields key={data.id} household={data} />}
      {data && <Members householdId={householdId} isOwner={role === 'owner'} />}
      {data && role === 'owner' && <Invitations householdId={householdId} />}
    </Page>
  )
}

export default HouseholdPage
