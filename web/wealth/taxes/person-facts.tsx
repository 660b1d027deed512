import { CheckboxField, MoneyField, SelectField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import type { Form } from '../../components/use-form.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Person } from '../person-values.ts'
import { type FactValues, fieldOfPerson } from './fact-values.ts'
import { facts as m } from '#messages/taxes'

export const withUnknown = (options: Readonly<Record<string, string>>, unknown: string = m.unknown) => [
  ['', unknown] as const,
  ...Object.entries(options),
]
export const yesOrNo = withUnknown({ true: m.yes, false: m.no })

const onReturn: ReadonlySet<string> = new Set(['self', 'spouse'])

const useMonths = (): readonly string[] => {
  const { locale } = useLook()
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2026, month, 1))))
}

/** What is stated about one person in a tax year. */
export const PersonFacts = ({
  form,
  people,
  person,
}: {
  readonly form: Form<FactValues>
  readonly person: Person
  readonly people: readonly Person[]
}) => {
  const months = useMonths()
  const { id, name, relationship } = person
  const text = (field: string) => form.text(fieldOfPerson(id, field))
  const value = (field: string) => form.values[fieldOfPerson(id, field)] ?? ''
  const isOnReturn = onReturn.has(relationship)
  const hasBoth = value('wages').trim() !== '' && value('selfEmployment').trim() !== ''
  const ownsReturn = !isOnReturn || form.values['filingStatus'] === 'marriedFilingSeparately'
  const students = relationship === 'child' ? [] : people.filter(other => other.id !== id && !onReturn.has(other.relationship))
  return (
    <FieldGroup legend={name} error={undefined}>
      <Fields>
        <MoneyField {...text('wages')} label={m.of(m.wages, name)} optional />
        <MoneyField {...text('selfEmployment')} label={m.of(m.selfEmployment, name)} help={m.selfEmploymentHelp} optional />
        {hasBoth && <SelectField {...text('sepBasis')} label={m.of(m.sepBasis, name)} options={withUnknown(m.sepBases)} />}
        <MoneyField {...text('wagesYearBefore')} label={m.of(m.wagesYearBefore, name)} help={m.wagesYearBeforeHelp} optional />
        <SelectField {...text('coveredAtWork')} label={m.of(m.coveredAtWork, name)} options={yesOrNo} />
        {ownsReturn && !isOnReturn && (
          <SelectField {...text('filingStatus')} label={m.of(m.ownReturn, name)} options={withUnknown(m.filingStatuses)} />
        )}
        {ownsReturn && <MoneyField {...text('modifiedAgi')} label={m.of(m.ownModifiedAgi, name)} optional />}
        <SelectField {...text('hsa')} label={m.of(m.hsa, name)} options={withUnknown(m.hsaChoices)} />
        <SelectField
          {...text('medicareFromMonth')}
          label={m.of(m.medicareFromMonth, name)}
          options={[['', m.notOnMedicare], ...months.map((month, index) => [String(index + 1), month] as const)]}
        />
      </Fields>
      {value('hsa') === 'months' && (
        <FieldGroup legend={m.hsaMonthsOf(name)} error={undefined}>
          <Fields>
            {months.map((month, index) => (
              <SelectField key={month} {...text(`hsa${index}`)} label={month} options={Object.entries(m.hsaMonths)} />
            ))}
          </Fields>
        </FieldGroup>
      )}
      {students.map(student => (
        <CheckboxField
          key={student.id}
          id={fieldOfPerson(id, `five ${student.id}`).replaceAll(' ', '-')}
          name={fieldOfPerson(id, `five ${student.id}`)}
          error={undefined}
          label={m.of(m.fiveYears(student.name), name)}
          checked={value(`five ${student.id}`) === 'true'}
          onChange={checked => form.set({ [fieldOfPerson(id, `five ${student.id}`)]: String(checked) })}
        />
      ))}
    </FieldGroup>
  )
}
