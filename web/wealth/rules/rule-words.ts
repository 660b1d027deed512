import { formatDate, formatMoney, formatNumber } from '../../components/format.ts'
import type { Look } from '../../shell/preferences.ts'
import type { Action } from './action-rows.ts'
import type { Condition } from './condition-rows.ts'
import type { RuleNames } from './use-rule-names.ts'
import { categories, types } from '#messages/register'
import { actions, amountOperators, fields, list as m, preview, textOperators } from '#messages/rules'

const joined = (...words: readonly (string | undefined)[]): string => words.filter(Boolean).join(' ')
const quoted = (text: string | undefined): string | undefined => (text === undefined ? undefined : `“${text}”`)

const detail = (condition: Condition, look: Look, { nameOf }: RuleNames): string => {
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
      return condition.categories.map(category => categories[category]).join(m.or)
    case 'type':
      return condition.types.map(type => types[type]).join(m.or)
    case 'tag':
      return quoted(condition.tag)!
    case 'date':
      return joined(condition.from && formatDate(condition.from, look), m.until, condition.to && formatDate(condition.to, look))
    case 'account':
      return condition.accountIds.map(nameOf).join(m.or)
    case 'own_category':
      return condition.categoryIds.map(nameOf).join(m.or)
    default:
      return joined(textOperators[condition.operator], quoted(condition.value))
  }
}

/** A condition in words. */
export const conditionWords = (condition: Condition, look: Look, names: RuleNames): string =>
  joined(condition.not ? m.not : undefined, fields[condition.field], detail(condition, look, names))

interface Labelled {
  readonly category: keyof typeof categories
  readonly categoryId?: string | null | undefined
}

/** The own category, or the one of all households. */
const categoryWords = ({ category, categoryId }: Labelled, { nameOf }: RuleNames): string =>
  categoryId ? nameOf(categoryId) : categories[category]

/** An action in words. */
export const actionWords = (action: Action, look: Look, names: RuleNames): string => {
  const name = actions[action.action]
  switch (action.action) {
    case 'set_category':
      return `${name}: ${categoryWords(action, names)}`
    case 'add_tags':
    case 'remove_tags':
      return `${name}: ${action.tags.join(', ')}`
    case 'set_merchant':
      return `${name}: ${action.merchantName}`
    case 'set_notes':
      return `${name}: ${action.notes}`
    case 'mark_transfer':
      return action.accountId ? `${name}: ${names.nameOf(action.accountId)}` : `${name}`
    case 'split': {
      const figureOf = ({ amount, percent }: (typeof action.parts)[number]) =>
        percent !== undefined
          ? `${formatNumber(percent, look, 2)}%`
          : amount === undefined
            ? m.rest
            : formatMoney(amount, look, { precision: 'exact' })
      return `${name}: ${action.parts.map(part => joined(categoryWords(part, names), figureOf(part))).join(', ')}`
    }
  }
}

/** The value of a label in words. */
export const labelWords = (field: string, value: unknown, look: Look, names: RuleNames): string => {
  if (value === null || value === '') return preview.nothing
  if (Array.isArray(value)) {
    const parts = value as (string | (Labelled & { readonly amount: string }))[]
    const words = parts.map(part =>
      typeof part === 'string' ? part : joined(categoryWords(part, names), formatMoney(part.amount, look, { precision: 'exact' })),
    )
    return words.join(', ') || preview.nothing
  }
  if (typeof value === 'object') return categoryWords(value as Labelled, names)
  return field === 'transferAccountId' ? names.nameOf(value as string) : (value as string)
}
