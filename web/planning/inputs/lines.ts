import { formatDate, formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { calendarYear } from '../years.ts'
import type { Field, InputType, Leaf } from './description.ts'
import { descriptions } from './descriptions.ts'
import type { InputContext, Json } from './leaf.ts'
import { choiceWords, wordsOf } from './words.ts'
import { fieldWords as m, units } from '#messages/plan-fields'
import { states } from '#messages/states'

/** A field in words: its name and its value. */
export interface Line {
  readonly label: string
  readonly text: string
}

const objectOf = (json: unknown): Json => (typeof json === 'object' && json !== null ? (json as Json) : {})

const percent = (fraction: number, { look }: InputContext): string =>
  formatPercent(fraction, look, Number.isInteger(Number((fraction * 100).toPrecision(12))) ? 0 : 2)

/** The value of a leaf in words. */
const leafText = (leaf: Leaf, path: string, json: unknown, context: InputContext): string => {
  const text = typeof json === 'string' || typeof json === 'number' ? String(json) : ''
  switch (leaf.kind) {
    case 'flag':
      return json === true || typeof json === 'string' ? m.yes : m.no
    case 'money':
      return formatMoney(json as string, context.look, {
        currency: 'USD',
        precision: /\.\d*[1-9]/.test(json as string) ? 'exact' : 'whole',
      })
    case 'percent':
      return percent(json as number, context)
    case 'number':
      return leaf.unit && leaf.unit !== 'age' ? `${formatNumber(json as number, context.look, 2)} ${units[leaf.unit]}` : text
    case 'year':
      return String(calendarYear(context.asOfDate, (json as number) - (leaf.last ? 1 : 0)))
    case 'age-months':
      return m.yearsAndMonths(Math.floor((json as number) / 12), (json as number) % 12)
    case 'real-account':
      return context.accounts.find(({ id }) => id === json)?.name ?? m.yes
    case 'date':
    case 'lots-day':
      return formatDate(json as string, context.look)
    case 'choice':
      if (leaf.from === 'states') return states[text] ?? text
      if (leaf.from === 'assets') return context.assets.find(([key]) => key === json)?.[1] ?? text
      return choiceWords(path, text).label
    case 'weights':
      return Object.entries(json as Readonly<Record<string, number>>)
        .map(([key, weight]) => `${context.assets.find(([asset]) => asset === key)?.[1] ?? key} ${percent(weight, context)}`)
        .join(', ')
    case 'text':
    case 'reference':
      return text
  }
}

const linesOf = (type: InputType, field: Field, json: Json, context: InputContext, prefix: string): readonly Line[] => {
  const path = `${prefix}${field.name}`
  const member = json[field.name]
  if (field.kind === 'either') {
    const given = Object.values(field.cases).find(fields => fields.some(({ kind, name }) => kind !== 'flag' && json[name] !== undefined))
    return (given ?? []).flatMap(each => linesOf(type, each, json, context, prefix))
  }
  if (member === undefined || member === null) return []
  const { label } = wordsOf(type, path)
  switch (field.kind) {
    case 'optional':
      return field.fields.flatMap(each => linesOf(type, each, objectOf(member), context, `${path}.`))
    case 'union': {
      const kind = String(objectOf(member)['kind'])
      const chosen = { label, text: choiceWords(path, kind).label }
      return [chosen, ...(field.cases[kind] ?? []).flatMap(each => linesOf(type, each, objectOf(member), context, `${path}.${kind}:`))]
    }
    case 'list': {
      const rows = (member as readonly unknown[]).map(row =>
        field.fields
          .flatMap(each => linesOf(type, each, field.plain ? { [each.name]: row } : objectOf(row), context, `${path}.0.`))
          .map(({ text }) => text)
          .join(': '),
      )
      return rows.length === 0 ? [] : [{ label, text: rows.join('; ') }]
    }
    default:
      return [{ label, text: leafText(field, path, member, context) }]
  }
}

/** All fields of the value of an input in words, in the order of its form. */
export const inputLines = (type: InputType, json: unknown, context: InputContext): readonly Line[] =>
  descriptions[type].fields.flatMap(field => linesOf(type, field, objectOf(json), context, ''))

const summaries: Readonly<Record<InputType, readonly string[]>> = {
  person: ['birthDate', 'retirementAge', 'socialSecurity'],
  account: ['kind', 'balance', 'basis', 'basisAsOf', 'owner'],
  contribution: ['by', 'account', 'endYear'],
  withdrawal: ['annualAmount', 'startYear', 'endYear'],
  income: ['kind', 'annualAmount', 'person', 'startYear', 'endYear'],
  pension: ['annualAmount', 'person', 'startYear', 'endYear'],
  annuity: ['annualAmount', 'person', 'startYear', 'endYear'],
  expense: ['annualAmount', 'startYear', 'endYear'],
  goal: ['amount', 'year'],
  debt: ['balance', 'annualRate', 'annualPayment'],
  property: ['value', 'saleYear'],
  spending_policy: ['rule'],
  withdrawal_policy: ['order'],
  roth_conversion: ['amount', 'startYear', 'endYear'],
  tax_settings: ['state', 'filingStatus'],
}

/** The most important fields of an input. A first year that is the first of the plan says nothing. */
export const inputSummary = (type: InputType, json: unknown, context: InputContext): readonly Line[] =>
  summaries[type].flatMap(name => {
    const field = descriptions[type].fields.find(each => each.name === name)
    const isUsual = name === 'startYear' && objectOf(json)[name] === 0
    return field && !isUsual ? linesOf(type, field, objectOf(json), context, '').filter(({ text }) => text !== m.yes && text !== m.no) : []
  })
