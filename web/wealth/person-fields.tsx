import { CheckboxField, DateField, PercentField, SelectField, TextField } from '../components/field.tsx'
import { FieldGroup, Fields } from '../components/field-group.tsx'
import type { Form } from '../components/use-form.ts'
import { useApi } from '../shell/api.ts'
import type { PersonValues } from './person-values.ts'
import { kycStatuses, personForm as m, relationships } from '#messages/people'

const optional = (options: Readonly<Record<string, string>>, none: string = m.none) => [['', none] as const, ...Object.entries(options)]

/** The members of the household, by name or address. */
const useMembers = (householdId: string) => {
  const { data } = useApi('GET /v1/identity/households/{householdId}/members', { params: { householdId }, query: { limit: 200 } })
  return (data?.items ?? []).map(
    ({ email, firstName, lastName, userId }) => [userId, [firstName, lastName].filter(Boolean).join(' ') || (email ?? userId)] as const,
  )
}

/** The fields of a person: who they are, what they risk, and what a bank has checked. */
export const PersonFields = ({ form, householdId }: { readonly form: Form<PersonValues>; readonly householdId: string }) => {
  const members = useMembers(householdId)
  return (
    <>
      <TextField {...form.text('name')} label={m.name} />
      <SelectField {...form.text('relationship')} label={m.relationship} options={Object.entries(relationships)} />
      <DateField {...form.text('birthDate')} label={m.birthDate} optional />
      <SelectField {...form.text('userId')} label={m.member} help={m.memberHelp} options={[['', m.noMember], ...members]} />
      <PercentField {...form.text('risk')} label={m.risk} help={m.riskHelp} optional />
      <TextField {...form.text('horizon')} label={m.horizon} help={m.horizonHelp} inputMode="numeric" after={m.years} optional />
      <SelectField
        {...form.text('accredited')}
        label={m.accredited}
        help={m.accreditedHelp}
        options={optional({ true: m.yes, false: m.no }, m.unknown)}
      />
      <SelectField {...form.text('kycStatus')} label={`${m.kyc}: ${m.status}`} options={Object.entries(kycStatuses)} />
      <FieldGroup legend={m.kyc} help={m.kycHelp} error={undefined}>
        <Fields>
          <TextField {...form.text('citizenship')} label={m.citizenship} help={m.countryHelp} optional />
          <TextField {...form.text('taxResidence')} label={m.taxResidence} help={m.countryHelp} optional />
          <SelectField {...form.text('documentKind')} label={m.documentKind} options={optional(m.documentKinds)} />
          <TextField {...form.text('documentLastFour')} label={m.documentLastFour} optional />
          <DateField {...form.text('documentExpiresOn')} label={m.documentExpiresOn} optional />
          <SelectField {...form.text('employment')} label={m.employment} options={optional(m.employments)} />
          <TextField {...form.text('employer')} label={m.employer} optional />
          <SelectField {...form.text('sourceOfFunds')} label={m.sourceOfFunds} options={optional(m.sources)} />
        </Fields>
        <CheckboxField {...form.checkbox('politicallyExposed')} label={m.politicallyExposed} />
      </FieldGroup>
    </>
  )
}
