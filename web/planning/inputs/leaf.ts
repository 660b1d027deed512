import { formatNumber } from '../../components/format.ts'
import { parseMoney, parseNumber, parsePercent } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { type Born, calendarYear } from '../years.ts'
import type { Leaf } from './description.ts'
import type { LinkableAccount, RealAccounts } from './real-accounts.ts'
import { fieldWords as m } from '#messages/plan-fields'
import { form } from '#messages/shell'

/** What the fields of an input refer to: the plan, its other inputs, and how the person reads numbers. */
export interface InputContext {
  readonly look: Look
  readonly asOfDate: string
  readonly people: readonly Born[]
  readonly names: Readonly<Record<'person' | 'account' | 'income', readonly string[]>>
  /** Key and name of the asset classes of the assumption set. */
  readonly assets: readonly (readonly [key: string, name: string])[]
  /** Whether the plan has taxes. Only then it uses the cost basis of an account. */
  readonly isHousehold: boolean
  readonly real: RealAccounts
  /** The accounts of the household that an input can be linked to. */
  readonly accounts: readonly LinkableAccount[]
}

/** The choice of an account that a plan was linked to, and that is no longer there. */
export const OWN_ACCOUNT = 'own'

export type Values = Readonly<Record<string, string | boolean>>
export type Json = Readonly<Record<string, unknown>>

/** A parsed control: nothing when it is left open, a value, or an error. */
export type Parsed = { readonly value?: unknown; readonly error?: string }

/** A number as the person writes it, so that it can be read again. Money and rates keep all of their digits. */
const written = (figure: string | number, { look }: InputContext): string => formatNumber(figure, { ...look, hidesAmounts: false }, 8)

/** A fraction in percent, without the noise of binary fractions. */
const percentOf = (fraction: number): number => Number((fraction * 100).toPrecision(12))

/** The texts of the controls of a leaf, by their path. */
export const leafValues = (leaf: Leaf, path: string, json: unknown, context: InputContext): Values => {
  const known = json ?? ('default' in leaf ? leaf.default : undefined)
  switch (leaf.kind) {
    case 'flag':
      return { [path]: known === true }
    case 'real-account': {
      if (typeof json !== 'string') return { [path]: '', [`${path}.id`]: '' }
      const isKept = context.accounts.some(({ id }) => id === json)
      return { [path]: isKept ? json : OWN_ACCOUNT, [`${path}.id`]: json }
    }
    case 'money':
      return { [path]: typeof known === 'string' ? written(known, context) : '' }
    case 'percent':
      return { [path]: typeof known === 'number' ? written(percentOf(known), context) : '' }
    case 'number':
      // A calendar year has no separator of groups.
      return { [path]: typeof known === 'number' ? (Number.isInteger(known) ? String(known) : written(known, context)) : '' }
    case 'year':
      return { [path]: typeof known === 'number' ? String(calendarYear(context.asOfDate, known - (leaf.last ? 1 : 0))) : '' }
    case 'age-months':
      return typeof known === 'number'
        ? { [path]: String(Math.floor(known / 12)), [`${path}.months`]: String(known % 12) }
        : { [path]: '', [`${path}.months`]: '0' }
    case 'weights':
      return Object.fromEntries(
        [...context.assets.map(([key]) => key), ...Object.keys(known ?? {})].map(key => {
          const weight = (known as Readonly<Record<string, number>> | undefined)?.[key]
          return [`${path}.${key}`, weight === undefined ? '' : written(percentOf(weight), context)]
        }),
      )
    case 'text':
    case 'date':
    case 'lots-day':
    case 'choice':
    case 'reference':
      return { [path]: typeof known === 'string' || typeof known === 'number' ? String(known) : '' }
  }
}

const parseYear = (text: string, last: boolean, { asOfDate }: InputContext): Parsed => {
  const year = Number(text)
  const first = calendarYear(asOfDate, 0)
  if (!/^\d{4}$/.test(text)) return { error: form.notNumber }
  if (year < first) return { error: m.firstPossibleYear(first) }
  if (year > first + 100) return { error: m.tooLate(first + 100) }
  return { value: year - first + (last ? 1 : 0) }
}

/** The asset classes of a control: those of the assumption set, and those that the value names although the set has them no longer. */
export const weightKeys = (path: string, values: Values, { assets }: InputContext): readonly string[] => [
  ...new Set([
    ...assets.map(([key]) => key),
    ...Object.keys(values)
      .filter(control => control.startsWith(`${path}.`))
      .map(control => control.slice(path.length + 1)),
  ]),
]

const parseWeights = (path: string, values: Values, context: InputContext): Parsed => {
  const { look } = context
  const given = weightKeys(path, values, context).flatMap(key => {
    const text = String(values[`${path}.${key}`] ?? '').trim()
    return text === '' ? [] : [[key, parsePercent(text, look.locale)] as const]
  })
  if (given.some(([, share]) => share === undefined)) return { error: form.notPercent }
  return { value: Object.fromEntries(given.map(([key, share]) => [key, Number(share)])) }
}

const figure = (text: string | undefined, error: string): Parsed => (text === undefined ? { error } : { value: Number(text) })

const parseText = (leaf: Leaf, text: string, context: InputContext): Parsed => {
  const { locale } = context.look
  switch (leaf.kind) {
    case 'money': {
      const value = parseMoney(text, locale)
      return value === undefined ? { error: form.notMoney } : { value }
    }
    case 'percent':
      return figure(parsePercent(text, locale), form.notPercent)
    case 'number':
      return figure(parseNumber(text, locale), form.notNumber)
    case 'year':
      return parseYear(text, leaf.last === true, context)
    case 'choice':
      return { value: leaf.numeric ? Number(text) : text }
    default:
      return { value: text }
  }
}

/** The value of a leaf from the texts of its controls. */
export const parseLeaf = (leaf: Leaf, path: string, values: Values, context: InputContext): Parsed => {
  if (leaf.kind === 'flag') return (values[path] === true) === leaf.default ? {} : { value: !leaf.default }
  if (leaf.kind === 'real-account' && values[path] === OWN_ACCOUNT) return { value: values[`${path}.id`] }
  if (leaf.kind === 'lots-day' && (values['kind'] !== 'taxable' || values['basis'] === '')) return {}
  if (leaf.kind === 'weights') return parseWeights(path, values, context)
  const text = String(values[path] ?? '').trim()
  if (text === '') return 'required' in leaf && leaf.required ? { error: form.required } : {}
  if (leaf.kind === 'age-months') return { value: Number(text) * 12 + Number(values[`${path}.months`] ?? 0) }
  return parseText(leaf, text, context)
}
