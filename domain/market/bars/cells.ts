import { plainDecimal } from '../../files/index.ts'
import { DomainError } from '../../shared/index.ts'
import { isRawNumber, parseExactJson } from './exact-json.ts'

/** The content of one cell of a CSV line, or of one member of a JSON object. */
export type Cell = unknown

const sourceText = (cell: Cell): string | undefined =>
  typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : isRawNumber(cell) ? cell.rawJSON : undefined

/** Number of decimals of a number in plain form. */
export const decimalsOf = (plain: string): number => {
  const mark = plain.indexOf('.')
  return mark === -1 ? 0 : plain.length - mark - 1
}

/** A cell as shown in a message: shortened, and in quotes if it is text. */
export const shown = (cell: Cell): string =>
  cell === undefined ? 'nothing' : (isRawNumber(cell) ? cell.rawJSON : JSON.stringify(cell)).slice(0, 42)

/** Decimals of a stored price or volume. A number with more decimals is rejected: nothing is rounded. */
export const storedDecimals = 8

export type Read = { readonly text: string } | { readonly fault: string }

/** @param decimals how many decimals a valid number has at most */
const decimalReader = (name: string, isValid: (text: string) => boolean, rule: string, decimals = storedDecimals) => {
  return (cell: Cell): Read => {
    const text = sourceText(cell)
    if (text !== undefined && isValid(text)) return { text }
    const plain = text === undefined ? undefined : plainDecimal(text)
    if (plain !== undefined && isValid(plain)) return { text: plain }
    const given = plain === undefined ? 0 : decimalsOf(plain)
    return {
      fault:
        decimals > 0 && given > decimals
          ? `${shown(cell)} has ${given} decimals: a ${name} has at most ${decimals}, and is not rounded`
          : `${shown(cell)} is not a ${name}: ${rule}`,
    }
  }
}

const pricePattern = /^\d{1,10}(?:\.\d{1,8})?$/
const signedPattern = /^-?\d{1,10}(?:\.\d{1,8})?$/
const volumePattern = /^\d{1,16}(?:\.\d{1,8})?$/
const countPattern = /^\d{1,15}$/

export const isPrice = (cell: Cell): cell is string => typeof cell === 'string' && pricePattern.test(cell) && Number(cell) > 0

const digits = 'with at most 10 digits before the decimal point and 8 after it'
/** A price of any sign: whether the instrument allows it is known later. */
export const readPrice = decimalReader('price', text => signedPattern.test(text), `a number, ${digits}`)
export const readQuote = decimalReader('quote', text => signedPattern.test(text), `a number, ${digits}`)
export const readVolume = decimalReader(
  'volume',
  text => volumePattern.test(text),
  'a number of zero or more, with at most 16 digits before the decimal point and 8 after it',
)
export const readSpread = decimalReader('spread', text => signedPattern.test(text), `a number, ${digits}`)
export const readCount = decimalReader('count', text => countPattern.test(text), 'a whole number of zero or more', 0)

/** An object, or its JSON text: additional data of a bar, such as sentiment and ratings. */
export const readAdditionalData = (cell: Cell): Read => {
  let value = cell
  if (typeof cell === 'string') {
    try {
      value = parseExactJson(cell)
    } catch (error) {
      return { fault: error instanceof DomainError ? error.message : `${shown(cell)} is not JSON` }
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isRawNumber(value))
    return { fault: `${shown(cell)} is not an object` }
  const text = JSON.stringify(value)
  if (text.length > 8192) return { fault: 'is larger than 8,192 characters' }
  return /\\u0000|\\ud[89a-f]/i.test(text) ? { fault: 'contains a character that cannot be stored' } : { text }
}

/** Whether a number is at most another. Both have at most 8 decimals. Exact, also if the floats are equal. */
export const isAtMost = (a: string, b: string): boolean => a === b || compareDecimals(a, b) <= 0

/** Compares two numbers of at most 8 decimals: negative, zero or positive. Exact, also if the floats are equal. */
export const compareDecimals = (a: string, b: string): number => {
  const difference = Number(a) - Number(b)
  if (difference !== 0 || a === b) return difference
  const [left, right] = [a, b].map(text => {
    const [whole = '', fraction = ''] = text.split('.')
    return BigInt(whole + fraction.padEnd(8, '0'))
  }) as [bigint, bigint]
  return left < right ? -1 : left > right ? 1 : 0
}
