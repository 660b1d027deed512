import { Link, useLocation, useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { MoneyField, SelectField, TextField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import { Form } from '../../components/form.tsx'
import { Card, Loading, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { api, refreshQueries, useApi } from '../../shell/api.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { changedStored } from '../../shell/undo.ts'
import { HouseholdGate } from '../household-gate.tsx'
import type { Person } from '../person-values.ts'
import { usePeople } from '../use-household-data.ts'
import {
  bodyOf,
  bodyOfStored,
  checkFacts,
  type FactValues,
  fieldOf,
  returnAmounts,
  type TaxYear,
  type TaxYearBody,
  valuesOf,
} from './fact-values.ts'
import { PersonFacts, withUnknown, yesOrNo } from './person-facts.tsx'
import { facts as m, titles } from '#messages/taxes'

const path = '/v1/wealth/households/{householdId}/tax-years/{year}'

const put = async (
  params: { readonly householdId: string; readonly year: string },
  body: TaxYearBody,
  ifMatch: number,
): Promise<TaxYear> => {
  const answer = await api(`PUT ${path}`, { params, body, ifMatch })
  await refreshQueries(
    `GET ${path}`,
    'GET /v1/wealth/contribution-limits',
    'GET /v1/wealth/harvest-candidates',
    'GET /v1/wealth/tax-reports/{year}/form-8949',
  )
  return answer
}

const helps: Partial<Record<(typeof returnAmounts)[number], string>> = {
  modifiedAgi: m.modifiedAgiHelp,
  ordinaryIncome: m.ordinaryIncomeHelp,
}

/** Those on the return of the household come first. */
const order: readonly string[] = ['self', 'spouse', 'partner', 'other', 'parent', 'child']

/** The names of the fields in the comparison of two versions. */
const labelsOf = (values: FactValues, people: readonly Person[]): Record<string, string> =>
  Object.fromEntries(
    Object.keys(values).map(field => {
      const [first, ...rest] = field.split(' ')
      const person = people.find(({ id }) => id === first)
      const name = person ? rest[0]! : field
      const words = (m as unknown as Readonly<Record<string, unknown>>)[name.replace(/^hsa\d+$/, 'hsa')]
      const label = typeof words === 'string' ? words : name
      return [field, person ? m.of(label, person.name) : label]
    }),
  )

const FactsForm = ({ people, stored }: { readonly stored: TaxYear; readonly people: readonly Person[] }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const year = String(stored.year)
  const params = { householdId: stored.householdId, year }
  const read = () => api(`GET ${path}`, { params })
  const back = `/taxes/limits?year=${year}`
  const { conflict, form } = useVersionedForm<FactValues, TaxYear>({
    stored,
    valuesOf: each => valuesOf(each, people, look),
    labels: labelsOf(valuesOf(stored, people, look), people),
    check: values => checkFacts(values, people, look),
    fieldOf: each => fieldOf(each, people),
    reload: read,
    save: async (values, version) => {
      const now = await put(params, bodyOf(values, people, look), version)
      changedStored(m.stored(year), now, read, at => put(params, bodyOfStored(stored), at))
      navigate(back)
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} onCancel={() => navigate(back)}>
        <FieldGroup legend={m.household} error={undefined}>
          <Fields>
            <SelectField {...form.text('filingStatus')} label={m.filingStatus} options={withUnknown(m.filingStatuses)} />
            <TextField {...form.text('state')} label={m.state} help={m.stateHelp} optional />
            {form.values['filingStatus'] === 'marriedFilingSeparately' && (
              <SelectField {...form.text('livedApart')} label={m.livedApart} options={yesOrNo} />
            )}
            {returnAmounts.map(name => (
              <MoneyField key={name} {...form.text(name)} label={m[name]} {...(helps[name] && { help: helps[name] })} optional />
            ))}
          </Fields>
        </FieldGroup>
        {people.map(person => (
          <PersonFacts key={person.id} form={form} person={person} people={people} />
        ))}
      </Form>
      {conflict}
    </Card>
  )
}

const Shown = ({ canEdit, householdId, year }: { readonly householdId: string; readonly year: string; readonly canEdit: boolean }) => {
  const isLookKnown = useLookIsKnown()
  const { error: peopleError, isKnown, people: all } = usePeople(householdId)
  const people = all.toSorted((a, b) => order.indexOf(a.relationship) - order.indexOf(b.relationship))
  const { data, error, refetch } = useApi(`GET ${path}`, { params: { householdId, year } })
  const failure = error ?? peopleError
  if (failure) return <Failure error={failure} retry={refetch} />
  if (!data || !isKnown || !isLookKnown) return <Loading />
  return (
    <>
      {people.length === 0 && (
        <Notice>
          {m.noPeople} <Link href="/people">{m.toPeople}</Link>
        </Notice>
      )}
      {!canEdit && <Notice>{m.viewer}</Notice>}
      <FactsForm key={`${householdId} ${year} ${people.map(({ id }) => id).join(' ')}`} stored={data} people={people} />
    </>
  )
}

/** What a household states about a tax year. */
const FactsPage = () => {
  const { year = '' } = useParams()
  return (
    <Page title={titles.facts(year)} lead={m.lead} actions={<ButtonLink href={`/taxes/limits?year=${year}`}>{titles.limits}</ButtonLink>}>
      <HouseholdGate>
        {(household, canEdit) => <Shown key={household.id} householdId={household.id} year={year} canEdit={canEdit} />}
      </HouseholdGate>
    </Page>
  )
}

export default FactsPage
