import { CheckboxList } from '../../components/checkbox-list.tsx'
import { CheckboxField, DateField, MoneyField, SelectField, TextField } from '../../components/field.tsx'
import { RowFields, rowField } from '../../components/row-fields.tsx'
import type { Form as FormState } from '../../components/use-form.ts'
import { afterField, type ConditionRow, conditionsOf, emptyCondition, isList, isText, optionsOf } from './condition-rows.ts'
import type { RuleValues } from './rule-values.ts'
import type { RuleNames } from './use-rule-names.ts'
import { amountOperators, fields, form as m, lists, textOperators } from '#messages/rules'

/** Own categories are no choice where there are none. */
const fieldOptions = (chosen: string, { ownCategories }: RuleNames) =>
  Object.entries(fields).filter(([field]) => field !== 'own_category' || field === chosen || ownCategories.length > 0)

/** What a condition is compared with, other than a choice of several. */
const Value = ({
  change,
  field,
  row,
}: {
  readonly row: ConditionRow
  readonly change: (part: Partial<ConditionRow>) => void
  readonly field: (name: string) => ReturnType<typeof rowField>
}) => {
  if (['is_empty', 'is_inflow', 'is_outflow'].includes(row.operator)) return null
  const entry = { ...field('value'), value: row.value, onChange: (value: string) => change({ value }) }
  const end = { ...field('highest'), label: m.highest, value: row.highest, onChange: (highest: string) => change({ highest }) }
  if (row.field === 'amount')
    return (
      <>
        <MoneyField {...entry} label={m.value} />
        {row.operator === 'between' && <MoneyField {...end} />}
      </>
    )
  if (row.field === 'date')
    return (
      <>
        <DateField {...entry} label={m.from} optional />
        <DateField {...end} optional />
      </>
    )
  return <TextField {...entry} label={m.value} />
}

/** The conditions of a rule. */
export const Conditions = ({ form, names }: { readonly form: FormState<RuleValues>; readonly names: RuleNames }) => {
  const { error, id, onChange, value } = form.text('conditions')
  return (
    <RowFields<ConditionRow>
      id={id}
      error={error}
      legend={m.conditions}
      help={m.conditionsHelp}
      rows={conditionsOf(value)}
      onChange={rows => onChange(JSON.stringify(rows))}
      add={m.addCondition}
      makeRow={() => emptyCondition}
      nameOf={m.condition}
      removeWords={m.removeCondition}
    >
      {(row, change, index) => {
        const field = (name: string) => rowField(id, index, name)
        const operators = isText(row.field) ? textOperators : row.field === 'amount' ? amountOperators : undefined
        return (
          <>
            <SelectField
              {...field('field')}
              label={m.field}
              value={row.field}
              onChange={name => change(afterField(name))}
              options={fieldOptions(row.field, names)}
            />
            {operators && (
              <SelectField
                {...field('operator')}
                label={m.operator}
                value={row.operator}
                onChange={operator => change({ operator })}
                options={Object.entries(operators)}
              />
            )}
            {isList(row.field) ? (
              <CheckboxList
                id={field('chosen').id}
                label={lists[row.field]}
                options={optionsOf(row.field, row.chosen, names)}
                chosen={row.chosen}
                onChange={chosen => change({ chosen })}
              />
            ) : (
              <Value row={row} change={change} field={field} />
            )}
            <CheckboxField {...field('not')} label={m.not} checked={row.not} onChange={not => change({ not })} />
          </>
        )
      }}
    </RowFields>
  )
}
