import type { ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { parseMoney } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { categories, form as words } from '#messages/rules'

export type Rule = ApiItem<'GET /v1/wealth/rules'>
export type RuleBody = Omit<ApiRequest<'POST /v1/wealth/rules'>['body'], 'householdId'>
type Condition = RuleBody['conditions'][number]
type Action = RuleBody['actions'][number]

/** The fields of a row of conditions. `kept` is a condition that the form has no fields for: it stays as it is. */
export interface ConditionRow {
  readonly field: string
  readonly operator: string
  readonly value: string
  readonly highest: string
  readonly not: boolean
  readonly kept?: Condition
}
export interface ActionRow {
  readonly action: string
  readonly value: string
  readonly kept?: Action
}

export const editableFields = ['payee', 'description', 'notes', 'amount', 'category', 'tag', 'date'] as const
export const isText = (field: string): boolean => ['payee', 'merchant', 'description', 'notes'].includes(field)

/** The fields of the form. Rows are kept as text, so that a draft can be stored. */
export type RuleValues = Readonly<Record<'name' | 'match' | 'conditions' | 'actions', string>> & {
  readonly isActive: boolean
  readonly stopAfter: boolean
}

export const emptyCondition: ConditionRow = { field: 'payee', operator: 'contains', value: '', highest: '', not: false }
export const emptyAction: ActionRow = { action: 'set_category', value: 'food_and_drink' }

export const conditionsOf = (text: string): readonly ConditionRow[] => JSON.parse(text) as ConditionRow[]
export const actionsOf = (text: string): readonly ActionRow[] => JSON.parse(text) as ActionRow[]

/** What a row has after another field was chosen. */
export const afterField = (field: string): Partial<ConditionRow> => ({
  field,
  operator: isText(field) ? 'contains' : field === 'amount' ? 'above' : '',
  value: field === 'category' ? 'other' : '',
  highest: '',
})

/** What a row has after another action was chosen. */
export const afterAction = (action: string): Partial<ActionRow> => ({ action, value: action === 'set_category' ? 'food_and_drink' : '' })

const conditionRow = (condition: Condition): ConditionRow => {
  const row = { ...emptyCondition, field: condition.field, not: condition.not ?? false }
  switch (condition.field) {
    case 'payee':
    case 'description':
    case 'notes':
      return { ...row, operator: condition.operator, value: condition.value ?? '' }
    case 'amount':
      return { ...row, operator: condition.operator, value: condition.value ?? '', highest: condition.highest ?? '' }
    case 'tag':
      return { ...row, operator: '', value: condition.tag }
    case 'date':
      return { ...row, operator: '', value: condition.from ?? '', highest: condition.to ?? '' }
    case 'category':
      if (condition.categories.length === 1) return { ...row, operator: '', value: condition.categories[0]! }
      return { ...row, kept: condition }
    default:
      return { ...row, kept: condition }
  }
}

const actionRow = (action: Action): ActionRow => {
  switch (action.action) {
    case 'split':
      return { action: action.action, value: '', kept: action }
    case 'set_category':
      return action.categoryId ? { action: action.action, value: '', kept: action } : { action: action.action, value: action.category }
    case 'add_tags':
    case 'remove_tags':
      return { action: action.action, value: action.tags.join(', ') }
    case 'set_merchant':
      return { action: action.action, value: action.merchantName }
    case 'set_notes':
      return { action: action.action, value: action.notes }
    default:
      return { action: action.action, value: '', ...(action.accountId ? { kept: action } : {}) }
  }
}

export const valuesOf = ({ actions, conditions, isActive, match, name, stopAfter }: Rule): RuleValues => ({
  name,
  match,
  isActive,
  stopAfter,
  conditions: JSON.stringify(conditions.map(conditionRow)),
  actions: JSON.stringify(actions.map(actionRow)),
})

export const newValues: RuleValues = {
  name: '',
  match: 'all',
  isActive: true,
  stopAfter: false,
  conditions: JSON.stringify([emptyCondition]),
  actions: JSON.stringify([emptyAction]),
}

const tagsOf = (text: string): string[] => text.split(',').flatMap(tag => tag.trim() || [])
const given = (text: string): string | undefined => text.trim() || undefined

const conditionBody = ({ field, highest, kept, not, operator, value }: ConditionRow, look: Look): Condition => {
  if (kept) return kept
  const negation = not ? { not } : {}
  const money = (text: string) => (text.trim() === '' ? undefined : (parseMoney(text, look.locale) ?? text))
  const made: unknown =
    field === 'amount'
      ? { field, operator, value: money(value), highest: operator === 'between' ? money(highest) : undefined }
      : field === 'category'
        ? { field, categories: [value] }
        : field === 'tag'
          ? { field, tag: value }
          : field === 'date'
            ? { field, from: given(value), to: given(highest) }
            : { field, operator, value: operator === 'is_empty' ? undefined : given(value) }
  return { ...(made as Condition), ...negation }
}

const actionBody = ({ action, kept, value }: ActionRow): Action => {
  if (kept) return kept
  const made: unknown =
    action === 'set_category'
      ? { action, category: value }
      : action === 'add_tags' || action === 'remove_tags'
        ? { action, tags: tagsOf(value) }
        : action === 'set_merchant'
          ? { action, merchantName: value }
          : action === 'set_notes'
            ? { action, notes: value }
            : { action }
  return made as Action
}

/** The body of the request. What cannot be read is sent as it was typed: the server says what is wrong. */
export const bodyOf = (values: RuleValues, look: Look): RuleBody => ({
  name: values.name.trim(),
  match: values.match === 'any' ? 'any' : 'all',
  isActive: values.isActive,
  stopAfter: values.stopAfter,
  conditions: conditionsOf(values.conditions).map(row => conditionBody(row, look)),
  actions: actionsOf(values.actions).map(actionBody),
})

/** The rule as it can be stored again. */
export const bodyOfRule = ({ actions, conditions, isActive, match, name, stopAfter }: Rule): RuleBody => ({
  name,
  match,
  isActive,
  stopAfter,
  conditions,
  actions,
})

const needsValue = ({ kept, operator, field, highest, value }: ConditionRow): boolean =>
  !kept && !['is_empty', 'is_inflow', 'is_outflow'].includes(operator) && value.trim() === '' && (field !== 'date' || highest === '')

/** Whether every row of the rule is filled in, so that it can be previewed. */
export const isComplete = (values: RuleValues): boolean => {
  const actions = actionsOf(values.actions)
  const isFilled = ({ action, kept, value }: ActionRow) => kept !== undefined || action === 'mark_transfer' || value.trim() !== ''
  return actions.length > 0 && actions.every(isFilled) && !conditionsOf(values.conditions).some(needsValue)
}

export const checkRule = (values: RuleValues) => ({
  name: values.name.trim() === '' ? words.nameMissing : undefined,
  actions: actionsOf(values.actions).length === 0 ? words.needsAction : undefined,
})

/** Errors of rows are shown under the rows. */
export const fieldOf = (path: string): string => /^body\.(\w+)/.exec(path)?.[1] ?? path

export const categoryOptions = Object.entries(categories)
