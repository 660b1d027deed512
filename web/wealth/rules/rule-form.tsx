import { useLocation } from 'wouter'
import { CheckboxField, DateField, MoneyField, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { RowFields, rowField } from '../../components/row-fields.tsx'
import { type Form as FormState, useForm } from '../../components/use-form.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { changed } from '../../shell/undo.ts'
import { RulePreview } from './rule-preview.tsx'
import {
  type ActionRow,
  actionsOf,
  afterAction,
  afterField,
  bodyOf,
  bodyOfRule,
  categoryOptions,
  checkRule,
  type ConditionRow,
  conditionsOf,
  editableFields,
  emptyAction,
  emptyCondition,
  fieldOf,
  isText,
  newValues,
  type Rule,
  type RuleBody,
  type RuleValues,
  valuesOf,
} from './rule-values.ts'
import { actionWords, conditionWords } from './rule-words.ts'
import { actions, amountOperators, fields, form as m, textOperators } from '#messages/rules'

const ruleQueries = ['GET /v1/wealth/rules', 'GET /v1/wealth/rules/{ruleId}'] as const

const patch = async (ruleId: string, body: RuleBody, ifMatch: number | '*'): Promise<void> => {
  await api('PATCH /v1/wealth/rules/{ruleId}', { params: { ruleId }, body, ifMatch })
  await refreshQueries(...ruleQueries)
}

const Conditions = ({ form }: { readonly form: FormState<RuleValues> }) => {
  const look = useLook()
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
        if (row.kept) return <p>{conditionWords(row.kept, look)}</p>
        const field = (name: string) => rowField(id, index, name)
        const operators = isText(row.field) ? textOperators : row.field === 'amount' ? amountOperators : undefined
        const takes = !['is_empty', 'is_inflow', 'is_outflow'].includes(row.operator)
        const entry = { ...field('value'), value: row.value, onChange: (text: string) => change({ value: text }) }
        const end = { ...field('highest'), label: m.highest, value: row.highest, onChange: (text: string) => change({ highest: text }) }
        return (
          <>
            <SelectField
              {...field('field')}
              label={m.field}
              value={row.field}
              onChange={name => change(afterField(name))}
              options={editableFields.map(name => [name, fields[name]!] as const)}
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
            {takes &&
              (row.field === 'amount' ? (
                <MoneyField {...entry} label={m.value} />
              ) : row.field === 'category' ? (
                <SelectField {...entry} label={m.value} options={categoryOptions} />
              ) : row.field === 'date' ? (
                <DateField {...entry} label={m.from} optional />
              ) : (
                <TextField {...entry} label={m.value} />
              ))}
            {row.field === 'amount' && row.operator === 'between' && <MoneyField {...end} />}
            {row.field === 'date' && <DateField {...end} optional />}
            <CheckboxField {...field('not')} label={m.not} checked={row.not} onChange={not => change({ not })} />
          </>
        )
      }}
    </RowFields>
  )
}

const Actions = ({ form }: { readonly form: FormState<RuleValues> }) => {
  const { error, id, onChange, value } = form.text('actions')
  return (
    <RowFields<ActionRow>
      id={id}
      error={error}
      legend={m.actions}
      rows={actionsOf(value)}
      onChange={rows => onChange(JSON.stringify(rows))}
      add={m.addAction}
      makeRow={() => emptyAction}
      nameOf={m.action}
      removeWords={m.removeAction}
    >
      {(row, change, index) => {
        if (row.kept) return <p>{actionWords(row.kept)}</p>
        const entry = { ...rowField(id, index, 'value'), value: row.value, onChange: (text: string) => change({ value: text }) }
        const isTags = row.action === 'add_tags' || row.action === 'remove_tags'
        return (
          <>
            <SelectField
              {...rowField(id, index, 'action')}
              label={m.does}
              value={row.action}
              onChange={action => change(afterAction(action))}
              options={Object.entries(actions)}
            />
            {row.action === 'set_category' ? (
              <SelectField {...entry} label={m.category} options={categoryOptions} />
            ) : (
              row.action !== 'mark_transfer' && <TextField {...entry} label={m.value} help={isTags ? m.tagsHelp : undefined} />
            )}
          </>
        )
      }}
    </RowFields>
  )
}

/** Makes a rule, or changes one, and shows what it would change. */
export const RuleForm = ({ householdId, rule }: { readonly householdId: string; readonly rule?: Rule }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<RuleValues>({
    initial: rule ? valuesOf(rule) : newValues,
    draft: `rule ${rule?.id ?? householdId}`,
    check: checkRule,
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const body = bodyOf(values, look)
      if (rule) {
        await patch(rule.id, body, rule.version)
        changed(m.stored(body.name), () => patch(rule.id, bodyOfRule(rule), '*'))
      } else {
        await api('POST /v1/wealth/rules', { body: { householdId, ...body }, idempotencyKey })
        await refreshQueries(...ruleQueries)
        showToast({ kind: 'good', text: m.stored(body.name) })
      }
      navigate('/rules')
    },
  })
  return (
    <>
      <Card>
        <Form form={form} submit={m.store}>
          <TextField {...form.text('name')} label={m.name} />
          <SelectField {...form.text('match')} label={m.match} options={m.matches} />
          <Conditions form={form} />
          <Actions form={form} />
          <CheckboxField {...form.checkbox('isActive')} label={m.active} />
          <CheckboxField {...form.checkbox('stopAfter')} label={m.stopAfter} />
        </Form>
      </Card>
      <RulePreview householdId={householdId} values={form.values} />
    </>
  )
}
