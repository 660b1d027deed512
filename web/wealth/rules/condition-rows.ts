import { parseMoney } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { amountText } from '../money-text.ts'
import type { RuleBody } from './rule-body.ts'
import type { RuleNames } from './use-rule-names.ts'
import { lists } from '#messages/rules'
import { categories, types } from '#messages/register'

export type Condition = RuleBody['conditions'][number]

/** The fields of a row of conditions. `chosen` is for the fields that are one of several. */
export interface ConditionRow {
  readonly field: Condition['field']
  readonly operator: string
  readonly value: string
  readonly highest: string
  readonly chosen: readonly string[]
  readonly not: boolean
}
type ListField = keyof typeof lists

export const isText = (field: string): boolean => ['payee', 'merchant', 'description', 'notes'].includes(field)
export const isList = (field: string): field is ListField => field in lists

export const emptyCondition: ConditionRow = { field: 'payee', operator: 'contains', value: '', highest: '', chosen: [], not: false }

export const conditionsOf = (text: string): readonly ConditionRow[] => JSON.parse(text) as ConditionRow[]

/** What a row has after another field was chosen. */
export const afterField = (field: string): Partial<ConditionRow> => ({
  ...emptyCondition,
  field: field as ConditionRow['field'],
  operator: isText(field) ? 'contains' : field === 'amount' ? 'above' : '',
})

/** What a field that is one of several can be. What is chosen and was removed since is an option too, so that it can be taken out. */
export const optionsOf = (field: ListField, chosen: readonly string[], names: RuleNames) => {
  if (field === 'type') return Object.entries(types)
  if (field === 'category') return Object.entries(categories)
  const known = field === 'account' ? names.accounts : names.ownCategories
  const removed = chosen.filter(id => known.every(([knownId]) => knownId !== id))
  return [...known, ...removed.map(id => [id, names.nameOf(id)] as const)]
}

export const conditionRow = (condition: Condition, look: Look): ConditionRow => {
  const amount = (value: string | undefined) => amountText(value ?? null, look)
  const row = { ...emptyCondition, operator: '', field: condition.field, not: condition.not ?? false }
  switch (condition.field) {
    case 'account':
      return { ...row, chosen: condition.accountIds }
    case 'type':
      return { ...row, chosen: condition.types }
    case 'category':
      return { ...row, chosen: condition.categories }
    case 'own_category':
      return { ...row, chosen: condition.categoryIds }
    case 'tag':
      return { ...row, value: condition.tag }
    case 'date':
      return { ...row, value: condition.from ?? '', highest: condition.to ?? '' }
    case 'amount':
      return { ...row, operator: condition.operator, value: amount(condition.value), highest: amount(condition.highest) }
    default:
      return { ...row, operator: condition.operator, value: condition.value ?? '' }
  }
}

const given = (text: string): string | undefined => text.trim() || undefined

/** The condition of a row. What cannot be read is sent as it was typed: the server says what is wrong. */
export const conditionBody = ({ chosen, field, highest, not, operator, value }: ConditionRow, look: Look): Condition => {
  const money = (text: string) => (text.trim() === '' ? undefined : (parseMoney(text, look.locale) ?? text))
  const made = (): unknown => {
    switch (field) {
      case 'account':
        return { accountIds: chosen }
      case 'type':
        return { types: chosen }
      case 'category':
        return { categories: chosen }
      case 'own_category':
        return { categoryIds: chosen }
      case 'tag':
        return { tag: value }
      case 'date':
        return { from: given(value), to: given(highest) }
      case 'amount':
        return { operator, value: money(value), highest: operator === 'between' ? money(highest) : undefined }
      default:
        return { operator, value: operator === 'is_empty' ? undefined : given(value) }
    }
  }
  return { field, ...(made() as object), ...(not ? { not } : {}) } as Condition
}

/** Whether the row has all that a condition needs. */
export const isConditionFilled = ({ chosen, field, highest, operator, value }: ConditionRow): boolean => {
  if (isList(field)) return chosen.length > 0
  return ['is_empty', 'is_inflow', 'is_outflow'].includes(operator) || value.trim() !== '' || (field === 'date' && highest !== '')
}
