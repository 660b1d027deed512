import { formatNumber, formatPercent } from '../../components/format.ts'
import { parsePercent, percentOf } from '../../components/parse-figure.ts'
import type { Look } from '../../shell/preferences.ts'
import { weights as m } from '#messages/portfolios'

/** A part of a target or of a security in the API: a fraction as exact decimal text. */
export interface Weight {
  readonly key: string
  readonly weight: string
}

/** The fields of a row of weights. */
export interface WeightRow {
  readonly key: string
  /** Whether the key is written freely. */
  readonly isOwn: boolean
  /** In per cent, as the person writes it. */
  readonly weight: string
}

export const emptyRow: WeightRow = { key: '', isOwn: false, weight: '' }

/** Decimal places of a weight in per cent. */
const places = 4

/** A fraction of the API as a person writes it in per cent, exactly. */
export const percentText = (fraction: string, look: Look): string => formatNumber(percentOf(fraction), look, places)

/** A fraction of the API in per cent with its sign, exactly. */
export const percentWords = (fraction: string, look: Look): string =>
  formatPercent(fraction, look, Math.min(places, /\.(\d*?)0*$/.exec(percentOf(fraction))?.[1]?.length ?? 0))

/** Rows are kept as text, so that a draft can be stored. */
export const rowsOf = (text: string): readonly WeightRow[] => JSON.parse(text) as WeightRow[]

/** The rows of weights as the text of a field. Without weights there is one empty row. */
export const rowsText = (weights: readonly Weight[], look: Look): string =>
  JSON.stringify(
    weights.length === 0 ? [emptyRow] : weights.map(({ key, weight }) => ({ key, isOwn: false, weight: percentText(weight, look) })),
  )

const isFilled = ({ key, weight }: WeightRow): boolean => key.trim() !== '' || weight.trim() !== ''

/** The weights of the rows in which something is written. They have been checked. */
export const weightsOf = (text: string, look: Look): Weight[] =>
  rowsOf(text)
    .filter(isFilled)
    .map(({ key, weight }) => ({ key: key.trim(), weight: parsePercent(weight, look.locale) ?? '' }))

/** The exact sum of decimal texts. A negative one has a whole number. */
const added = (fractions: readonly string[]): string => {
  const digits = Math.max(0, ...fractions.map(fraction => fraction.split('.')[1]?.length ?? 0))
  const sum = fractions.reduce((total, fraction) => {
    const [whole = '0', part = ''] = fraction.split('.')
    return total + BigInt(`${whole}${part.padEnd(digits, '0')}`)
  }, 0n)
  const text = (sum < 0n ? -sum : sum).toString().padStart(digits + 1, '0')
  const point = text.length - digits
  return `${sum < 0n ? '-' : ''}${text.slice(0, point)}${digits === 0 ? '' : `.${text.slice(point)}`}`
}

const negative = (fraction: string): string => (fraction.startsWith('-') ? fraction.slice(1) : `-${fraction}`)
const isZero = (fraction: string): boolean => /^-?[0.]*$/.test(fraction)

/** The exact sum of the rows as a fraction, and what is missing to 1: below zero if it is too much. What is no percentage, or below zero, counts as zero. */
export const sumOfRows = (text: string, look: Look): { readonly sum: string; readonly missing: string } => {
  const fractions = rowsOf(text).map(({ weight }) => parsePercent(weight, look.locale) ?? '0')
  const sum = added(fractions.map(fraction => (fraction.startsWith('-') ? '0' : fraction)))
  return { sum, missing: negative(added([sum, '-1'])) }
}

/** The running sum in words, with what is missing to 100 %. */
export const sumWords = (text: string, look: Look): string => {
  const { missing, sum } = sumOfRows(text, look)
  if (isZero(missing)) return m.whole
  return missing.startsWith('-')
    ? m.tooMuch(percentWords(sum, look), percentWords(negative(missing), look))
    : m.missing(percentWords(sum, look), percentWords(missing, look))
}

/** What is wrong with the rows, if anything. `nameOf`: a key in words. */
export const rowsFault = (text: string, look: Look, nameOf: (key: string) => string): string | undefined => {
  const rows = rowsOf(text).filter(isFilled)
  const weights = weightsOf(text, look)
  if (rows.some(({ key }) => key.trim() === '')) return m.noKey
  if (weights.some(({ weight }) => weight === '' || weight.startsWith('-') || isZero(weight))) return m.noWeight
  const twice = weights.find(({ key }, index) => weights.findIndex(other => other.key === key) < index)
  if (twice) return m.twice(nameOf(twice.key))
  return isZero(sumOfRows(text, look).missing) ? undefined : m.notWhole
}

/** The weights of rows in words, for the comparison of two versions. */
export const rowsWords = (text: string, nameOf: (key: string) => string): string =>
  rowsOf(text)
    .filter(isFilled)
    .map(({ key, weight }) => `${nameOf(key)} ${weight} %`)
    .join(', ')
