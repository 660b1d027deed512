import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { parseNumber } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { policyForm as m } from '#messages/operator'
import { form } from '#messages/shell'

export type Policy = ApiItem<'GET /v1/operations/retention-policies'>
export type RetainedTable = ApiItem<'GET /v1/operations/retention-tables'>
export type PolicyBody = ApiRequest<'POST /v1/operations/retention-policies'>['body']
type Condition = Policy['conditions'][number]
type ConditionType = RetainedTable['conditions'][number]['type']

/** The fields of the form. The conditions are one text: a line for each, with column, operator and value. */
export type PolicyValues = Readonly<
  Record<'name' | 'description' | 'tableName' | 'action' | 'days' | 'conditions' | 'scheduleCron' | 'timezone', string>
> & { readonly isActive: boolean }

export interface ConditionRow {
  readonly column: string
  readonly operator: Condition['operator']
  readonly value: string
}

export const rowsOf = (conditions: string): readonly ConditionRow[] =>
  conditions === ''
    ? []
    : conditions.split('\n').map(line => {
        const [, column = '', operator = 'eq', value = ''] = /^(\S*) (\S*) (.*)$/.exec(line) ?? []
        return { column, operator: operator as ConditionRow['operator'], value }
      })

export const textOf = (rows: readonly ConditionRow[]): string =>
  rows.map(({ column, operator, value }) => `${column} ${operator} ${value}`).join('\n')

export const takesValue = (operator: ConditionRow['operator']): boolean => operator !== 'is-null' && operator !== 'not-null'

const typed = (text: string, type: ConditionType | undefined): string | number | boolean => {
  // What is no number stays a text, which the server refuses at its field.
  if (type === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
  return type === 'boolean' ? text === 'true' : text.trim()
}

const conditionOf = ({ column, operator, value }: ConditionRow, table: RetainedTable | undefined): Condition => {
  const type = table?.conditions.find(each => each.column === column)?.type
  if (!takesValue(operator)) return { column, operator }
  return { column, operator, value: operator === 'in' ? value.split(',').map(one => typed(one, type)) : typed(value, type) }
}

export const valuesOf = (policy: Policy, locale: string): PolicyValues => ({
  name: policy.name,
  description: policy.description ?? '',
  tableName: policy.tableName,
  action: policy.action,
  days: new Intl.NumberFormat(locale, { useGrouping: false }).format(policy.retentionPeriodDays),
  conditions: textOf(
    policy.conditions.map(({ column, operator, value }) => ({
      column,
      operator,
      value: Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value),
    })),
  ),
  scheduleCron: policy.scheduleCron,
  timezone: policy.timezone,
  isActive: policy.isActive,
})

export const checkPolicy = ({ days, name }: PolicyValues, { locale }: Look): Readonly<Record<string, string>> => ({
  ...(name.trim() === '' ? { name: form.required } : {}),
  ...(/^\d+$/.test(parseNumber(days, locale) ?? '') ? {} : { days: m.periodWrong }),
})

export const bodyOf = (values: PolicyValues, tables: readonly RetainedTable[], { locale }: Look): PolicyBody => {
  const table = tables.find(({ tableName }) => tableName === values.tableName)
  const { action, description, isActive, name, scheduleCron, tableName, timezone } = values
  return {
    name: name.trim(),
    description: description.trim() === '' ? null : description.trim(),
    tableName,
    action: action as PolicyBody['action'],
    retentionPeriodDays: Number(parseNumber(values.days, locale)),
    conditions: rowsOf(values.conditions).map(row => conditionOf(row, table)),
    scheduleCron: scheduleCron.trim(),
    timezone,
    isActive,
  }
}

/** A policy as it would be made again. */
export const bodyOfPolicy = ({
  action,
  conditions,
  description,
  isActive,
  name,
  retentionPeriodDays,
  scheduleCron,
  tableName,
  timezone,
}: Policy): PolicyBody => ({
  name,
  description,
  isActive,
  tableName,
  conditions,
  retentionPeriodDays,
  action,
  scheduleCron,
  timezone,
})

/** The field of an error of the server. */
export const fieldOf = (path: string): string => {
  const name = path.replace(/^body\./, '')
  if (name.startsWith('conditions')) return 'conditions'
  return name === 'retentionPeriodDays' ? 'days' : name
}
