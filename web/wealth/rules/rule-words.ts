import { formatDate, formatMoney } from '../../components/format.ts'
import type { Look } from '../../shell/preferences.ts'
import type { RuleBody } from './rule-values.ts'
import { actions, amountOperators, categories, fields, list as m, preview, textOperators } from '#messages/rules'

type Condition = RuleBody['conditions'][number]
type Action = RuleBody['actions'][number]

const joined = (...words: readonly (string | undefined)[]): string => words.filter(Boolean).join(' ')
const quoted = (text: string | undefined): string | undefined => (text === undefined ? undefined : `“${text}”`)
const oneOf = (values: readonly string[], names: Readonly<Record<string, string>>): string =>
  values.map(value => names[value] ?? value).join(', ')

const detail = (condition: Condition, look: Look): string => {
  const money = (value: string | undefined) => (value === undefined ? undefined : formatMoney(value, look, { precision: 'exact' }))
  switch (condition.field) {
    case 'amount':
      return joined(
        amountOperators[condition.operator],
        money(condition.value),
        condition.operator === 'between' ? m.and : undefined,
        condition.operator === 'between' ? money(condition.highest) : undefined,
      )
    case 'category':
      return oneOf(condition.categories, categories)
    case 'type':
      return condition.types.join(', ')
    case 'tag':
      return quoted(condition.tag)!
    case 'date':
      return joined(condition.from && formatDate(condition.from, look), m.until, condition.to && formatDate(condition.to, look))
    case 'account':
      return m.some(condition.accountIds.length)
    case 'own_category':
      return m.some(condition.categoryIds.length)
    default:
      return joined(textOperators[condition.operator], quoted(condition.value))
  }
}

/** A condition in words. */
export const conditionWords = (condition: Condition, look: Look): string =>
  joined(condition.not ? m.not : undefined, fields[condition.field], detail(condition, look))

/** An action in words. */
export const actionWords = (action: Action): string => {
  if (action.action === 'split')
    return `${m.divide}: ${action.parts.map(({ amount, category, percent }) => joined(categories[category], percent === undefined ? amount : m.percent(percent))).join(', ')}`
  const name = `${actions[action.action]}`
  switch (action.action) {
    case 'set_category':
      return `${name}: ${categories[action.category]}`
    case 'add_tags':
    case 'remove_tags':
      return `${name}: ${action.tags.join(', ')}`
    case 'set_merchant':
      return `${name}: ${action.merchantName}`
    case 'set_notes':
      return `${name}: ${action.notes}`
    default:
      return name
  }
}

/** A tag, or a part of a divided transaction. */
const partWords = (part: string | { readonly amount: string; readonly category: string }): string =>
  typeof part === 'string' ? part : joined(categories[part.category], part.amount)

/** The value of a label in words. */
export const labelWords = (value: unknown): string => {
  if (value === null || value === '') return preview.nothing
  if (Array.isArray(value)) return value.length === 0 ? preview.nothing : value.map(partWords).join(', ')
  if (typeof value === 'object') {
    const { category } = value as { readonly category: string }
    return categories[category] ?? category
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
