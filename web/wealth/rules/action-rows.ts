import { formatNumber } from '../../components/format.ts'
import { parseMoney, parseNumber } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { categoryOf, choiceOf } from '../register/use-categories.ts'
import { amountText } from '../money-text.ts'
import type { RuleBody } from './rule-body.ts'
import type { RuleNames } from './use-rule-names.ts'
import type { form as words } from '#messages/rules'

export type Action = RuleBody['actions'][number]
type Part = Extract<Action, { readonly action: 'split' }>['parts'][number]

/** A part of a divided amount. An empty figure takes the rest. */
export interface PartRow {
  readonly category: string
  readonly figure: string
  readonly notes: string
}

/** The fields of a row of actions. `value` is a text, a category or an account; `parts` and `way` are for `split`. */
export interface ActionRow {
  readonly action: Action['action']
  readonly value: string
  readonly way: keyof typeof words.ways
  readonly parts: readonly PartRow[]
}

export const emptyPart: PartRow = { category: 'other', figure: '', notes: '' }
export const emptyAction: ActionRow = { action: 'set_category', value: 'food_and_drink', way: 'percents', parts: [] }

export const actionsOf = (text: string): readonly ActionRow[] => JSON.parse(text) as ActionRow[]

/** What a row has after another action was chosen. */
export const afterAction = (action: string): Partial<ActionRow> => ({
  ...emptyAction,
  action: action as ActionRow['action'],
  value: action === 'set_category' ? 'food_and_drink' : '',
  parts: action === 'split' ? [{ ...emptyPart, figure: '50' }, emptyPart] : [],
})

/** A stored category as the select has it: an own one below its parent of now, and without one that was removed. */
const choiceNow = ({ category, categoryId = null }: Pick<Part, 'category' | 'categoryId'>, names: RuleNames): string => {
  if (categoryId === null) return category
  return names.categories.find(([choice]) => choice.endsWith(`:${categoryId}`))?.[0] ?? choiceOf({ category, categoryId: null })
}

export const actionRow = (action: Action, look: Look, names: RuleNames): ActionRow => {
  const row = { ...emptyAction, action: action.action, value: '' }
  switch (action.action) {
    case 'set_category':
      return { ...row, value: choiceNow(action, names) }
    case 'add_tags':
    case 'remove_tags':
      return { ...row, value: action.tags.join(', ') }
    case 'set_merchant':
      return { ...row, value: action.merchantName }
    case 'set_notes':
      return { ...row, value: action.notes }
    case 'mark_transfer':
      return { ...row, value: action.accountId ?? '' }
    case 'split':
      return {
        ...row,
        way: action.parts[0]!.percent === undefined ? 'amounts' : 'percents',
        parts: action.parts.map(part => ({
          category: choiceNow(part, names),
          figure: part.percent === undefined ? amountText(part.amount ?? null, look) : formatNumber(part.percent, look, 6),
          notes: part.notes ?? '',
        })),
      }
  }
}

const tagsOf = (text: string): string[] => text.split(',').flatMap(tag => tag.trim() || [])

/** The percentages of parts, of which an empty one takes the rest. What cannot be read is a text. */
const percentsOf = (parts: readonly PartRow[], { locale }: Look): (number | string)[] => {
  const given = parts.map(({ figure }) => (figure.trim() === '' ? undefined : (parseNumber(figure, locale) ?? figure)))
  const rest = given.reduce<number>((left, figure) => left - Number(figure ?? 0), 100)
  return given.map(figure => (figure === undefined ? Number(rest.toFixed(6)) : Number.isNaN(Number(figure)) ? figure : Number(figure)))
}

const partsBody = ({ parts, way }: ActionRow, look: Look): unknown[] => {
  const percents = percentsOf(parts, look)
  return parts.map(({ category, figure, notes }, index) => ({
    ...categoryOf(category),
    ...(way === 'percents'
      ? { percent: percents[index] }
      : { amount: figure.trim() === '' ? undefined : (parseMoney(figure, look.locale) ?? figure) }),
    notes: notes.trim() || undefined,
  }))
}

/** The action of a row. What cannot be read is sent as it was typed: the server says what is wrong. */
export const actionBody = (row: ActionRow, look: Look): Action => {
  const { action, value } = row
  const made = (): unknown => {
    switch (action) {
      case 'set_category':
        return categoryOf(value)
      case 'add_tags':
      case 'remove_tags':
        return { tags: tagsOf(value) }
      case 'set_merchant':
        return { merchantName: value }
      case 'set_notes':
        return { notes: value }
      case 'mark_transfer':
        return { accountId: value || null }
      case 'split':
        return { parts: partsBody(row, look) }
    }
  }
  return { action, ...(made() as object) } as Action
}

const areParts = (row: ActionRow, look: Look): boolean => {
  if (row.parts.filter(({ figure }) => figure.trim() === '').length > 1 || row.parts.length < 2) return false
  if (row.way === 'amounts') return row.parts.every(({ figure }) => figure.trim() === '' || parseMoney(figure, look.locale) !== undefined)
  const percents = percentsOf(row.parts, look).map(Number)
  return percents.every(percent => percent > 0) && Math.abs(percents.reduce((sum, percent) => sum + percent, -100)) < 1e-9
}

/** Whether the row has all that an action needs. */
export const isActionFilled = (row: ActionRow, look: Look): boolean =>
  row.action === 'split' ? areParts(row, look) : row.action === 'mark_transfer' || row.value.trim() !== ''
