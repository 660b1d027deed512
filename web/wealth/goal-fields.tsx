import { currencyOptions } from '../components/choices.ts'
import { CheckboxField, DateField, MoneyField, SelectField, TextAreaField, TextField } from '../components/field.tsx'
import { FieldGroup } from '../components/field-group.tsx'
import type { Form } from '../components/use-form.ts'
import { useLook } from '../shell/preferences.ts'
import styles from './accounts.module.css'
import { type GoalValues, idsOf } from './goal-values.ts'
import { useAccounts, usePeople } from './use-household-data.ts'
import { goalForm as m, goalKinds, goalStatuses } from '#messages/goals'

/** The accounts in the currency of the goal, each with a mark. */
const Linked = ({ form, householdId }: { readonly form: Form<GoalValues>; readonly householdId: string }) => {
  const { data } = useAccounts(householdId)
  const { error, id, onChange, value } = form.text('accounts')
  const linked = idsOf(value)
  const offered = (data?.items ?? []).filter(
    account => (account.closedOn === null && account.currency === form.values.currency) || linked.includes(account.id),
  )
  return (
    <FieldGroup id={id} legend={m.accounts} help={m.accountsHelp} error={error}>
      {data && offered.length === 0 && <p className={styles['quiet']}>{m.noAccounts}</p>}
      {offered.map(account => (
        <CheckboxField
          key={account.id}
          id={`${id}-${account.id}`}
          name={account.id}
          error={undefined}
          label={account.name}
          checked={linked.includes(account.id)}
          onChange={isLinked => onChange((isLinked ? [...linked, account.id] : linked.filter(each => each !== account.id)).join('\n'))}
        />
      ))}
    </FieldGroup>
  )
}

/** The fields of a goal. */
export const GoalFields = ({
  form,
  householdId,
  isNew = false,
}: {
  readonly form: Form<GoalValues>
  readonly householdId: string
  readonly isNew?: boolean
}) => {
  const look = useLook()
  const { people } = usePeople(householdId)
  return (
    <>
      <TextField {...form.text('name')} label={m.name} />
      <SelectField {...form.text('kind')} label={m.kind} options={Object.entries(goalKinds)} />
      <MoneyField {...form.text('target')} label={m.target} currencySign={form.values.currency} />
      <SelectField {...form.text('currency')} label={m.currency} options={currencyOptions(look.locale)} />
      <DateField {...form.text('date')} label={m.date} optional />
      <SelectField {...form.text('priority')} label={m.priority} options={Object.entries(m.priorities)} />
      <SelectField
        {...form.text('person')}
        label={m.person}
        options={[['', m.everybody], ...people.map(({ id, name }) => [id, name] as const)]}
      />
      {!isNew && <SelectField {...form.text('status')} label={m.status} options={Object.entries(goalStatuses)} />}
      <TextAreaField {...form.text('notes')} label={m.notes} rows={2} optional />
      <Linked form={form} householdId={householdId} />
    </>
  )
}
