import { timezoneOptions } from '../../components/choices.ts'
import { CheckboxField, SelectField, TextField } from '../../components/field.tsx'
import { Notice } from '../../components/page.tsx'
import { RowFields, rowField } from '../../components/row-fields.tsx'
import type { Form } from '../../components/use-form.ts'
import { type ConditionRow, type PolicyValues, type RetainedTable, rowsOf, takesValue, textOf } from './policy-values.ts'
import { policyForm as m } from '#messages/operator'

const ValueField = ({
  id,
  index,
  onChange,
  row: { column, operator, value },
  table,
}: {
  readonly id: string
  readonly index: number
  readonly row: ConditionRow
  readonly table: RetainedTable
  readonly onChange: (value: string) => void
}) => {
  const type = table.conditions.find(each => each.column === column)?.type ?? 'text'
  const props = { ...rowField(id, index, 'value'), label: m.value, value, onChange }
  if (type === 'boolean' && operator !== 'in')
    return (
      <SelectField
        {...props}
        options={[
          ['true', m.yes],
          ['false', m.no],
        ]}
      />
    )
  return <TextField {...props} help={operator === 'in' ? m.listHelp : m.valueHelp[type]} />
}

const Conditions = ({ form, table }: { readonly form: Form<PolicyValues>; readonly table: RetainedTable }) => {
  const { error, id, onChange, value } = form.text('conditions')
  const columns = table.conditions.map(({ column }) => [column, column] as const)
  if (columns.length === 0) return <Notice>{table.onlyWholeMonths ? m.wholeMonths : m.noColumns}</Notice>
  const startOf = (column: string) => (table.conditions.some(each => each.column === column && each.type === 'boolean') ? 'true' : '')
  return (
    <RowFields<ConditionRow>
      id={id}
      error={error}
      legend={m.conditions}
      help={m.conditionsHelp}
      rows={rowsOf(value)}
      onChange={rows => onChange(textOf(rows))}
      add={m.addCondition}
      makeRow={() => ({ column: columns[0]![0], operator: 'eq', value: startOf(columns[0]![0]) })}
      nameOf={m.condition}
      removeWords={m.removeCondition}
    >
      {(row, change, index) => (
        <>
          <SelectField
            {...rowField(id, index, 'column')}
            label={m.column}
            value={row.column}
            options={columns}
            onChange={column => change({ column, value: startOf(column) })}
          />
          <SelectField
            {...rowField(id, index, 'operator')}
            label={m.operator}
            value={row.operator}
            options={Object.entries(m.operators)}
            onChange={operator => change({ operator: operator as ConditionRow['operator'] })}
          />
          {takesValue(row.operator) && (
            <ValueField id={id} index={index} row={row} table={table} onChange={text => change({ value: text })} />
          )}
        </>
      )}
    </RowFields>
  )
}

/** The fields of a policy. Its table can be chosen only for a new one, and says which actions and conditions there are. */
export const PolicyFields = ({
  form,
  isNew = false,
  tables,
}: {
  readonly form: Form<PolicyValues>
  readonly tables: readonly RetainedTable[]
  readonly isNew?: boolean
}) => {
  const table = tables.find(({ tableName }) => tableName === form.values.tableName)
  const choose = (tableName: string) => {
    const chosen = tables.find(each => each.tableName === tableName)
    form.set({ tableName, conditions: '', action: chosen?.actions[0] ?? 'delete' })
  }
  return (
    <>
      <TextField {...form.text('name')} label={m.name} />
      <TextField {...form.text('description')} label={m.description} optional />
      {isNew ? (
        <SelectField
          {...form.text('tableName')}
          label={m.table}
          options={tables.map(({ tableName }) => [tableName, tableName] as const)}
          onChange={choose}
        />
      ) : (
        <TextField {...form.text('tableName')} label={m.table} help={m.tableHelp} readOnly />
      )}
      <SelectField
        {...form.text('action')}
        label={m.action}
        options={(table?.actions ?? []).map(action => [action, m.actions[action]] as const)}
      />
      <TextField {...form.text('days')} label={m.period} inputMode="numeric" after={m.periodUnit} />
      <TextField {...form.text('scheduleCron')} label={m.schedule} help={m.scheduleHelp} />
      <SelectField {...form.text('timezone')} label={m.timezone} options={timezoneOptions(form.values.timezone)} />
      <CheckboxField {...form.checkbox('isActive')} label={m.active} />
      {table && <Conditions form={form} table={table} />}
    </>
  )
}
