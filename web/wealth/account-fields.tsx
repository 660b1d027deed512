import { currencyOptions } from '../components/choices.ts'
import { DateField, MoneyField, SelectField, TextAreaField, TextField } from '../components/field.tsx'
import type { Form } from '../components/use-form.ts'
import { useLook } from '../shell/preferences.ts'
import { hasChoice, hasLimit, isDebt, taxTypesOf } from './account-kinds.ts'
import { type AccountValues, savesForStudent, sourceOf } from './account-values.ts'
import { usePeople } from './use-household-data.ts'
import { accountForm as m, accountTypes, taxTypes, accounts as words } from '#messages/accounts'

const balanceWords = (values: AccountValues) => {
  if (isDebt(values.type)) return { label: m.owed, help: m.owedHelp }
  return sourceOf(values) === 'stated' ? { label: m.value, help: m.valueHelp } : { label: m.opening, help: m.openingHelp }
}

/** The fields of an account. What never changes is only there for a new one. */
export const AccountFields = ({
  form,
  householdId,
  isNew = false,
}: {
  readonly form: Form<AccountValues>
  readonly householdId: string
  readonly isNew?: boolean
}) => {
  const look = useLook()
  const { people } = usePeople(householdId)
  const { values } = form
  const taxes = taxTypesOf(values.type)
  const sign = values.currency
  return (
    <>
      <TextField {...form.text('name')} label={m.name} help={m.nameHelp} />
      {isNew && <SelectField {...form.text('type')} label={m.type} options={Object.entries(accountTypes)} />}
      {isNew && hasChoice(values.type) && <SelectField {...form.text('source')} label={m.source} options={Object.entries(m.sources)} />}
      {(isNew || sourceOf(values) === 'ledger') && (
        <MoneyField {...form.text('balance')} {...balanceWords(values)} currencySign={sign} optional />
      )}
      {isNew && <SelectField {...form.text('currency')} label={m.currency} help={m.currencyHelp} options={currencyOptions(look.locale)} />}
      <SelectField
        {...form.text('owner')}
        label={m.owner}
        options={[['', words.joint], ...people.map(({ id, name }) => [id, name] as const)]}
      />
      <TextField {...form.text('institution')} label={m.institution} optional />
      <TextField {...form.text('mask')} label={m.mask} help={m.maskHelp} optional />
      {taxes.length > 0 && (
        <SelectField
          {...form.text('taxType')}
          label={m.taxType}
          options={[['', m.noTaxType], ...taxes.map(type => [type, taxTypes[type]] as const)]}
        />
      )}
      {savesForStudent(values) && (
        <SelectField
          {...form.text('student')}
          label={m.student}
          help={m.studentHelp}
          options={[['', m.noStudent], ...people.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      {hasLimit(values.type) && (
        <MoneyField {...form.text('creditLimit')} label={m.creditLimit} help={m.creditLimitHelp} currencySign={sign} optional />
      )}
      <DateField {...form.text('openedOn')} label={m.openedOn} optional />
      <TextAreaField {...form.text('notes')} label={m.notes} rows={2} optional />
    </>
  )
}
