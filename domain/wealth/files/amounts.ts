import type { Money } from '../../shared/index.ts'

/** A figure in its stored form, or what is wrong with it. */
export type Read = { readonly text: string } | { readonly fault: string }

/** Text as shown in a message: in quotes, shortened. */
export const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)

const plainPattern = /^([+-]?)0*(\d*)(?:\.(\d*))?$/

/**
 * An amount with two decimals from a number in plain form: digits with at most a sign and a decimal point. Nothing is rounded: a third
 * decimal must be zero. At most 13 digits before the point, the range of a stored amount.
 */
export const readMoney = (plain: string): Read => {
  const [, sign, whole = '', fraction = ''] = plainPattern.exec(plain) ?? []
  if (sign === undefined || !/\d/.test(plain)) return { fault: `${shown(plain)} is not an amount` }
  if (whole.length > 13) return { fault: `${shown(plain)} is too large: an amount has at most 13 digits before the decimal point` }
  if (/[1-9]/.test(fraction.slice(2))) return { fault: `${shown(plain)} has more than two decimals, and is not rounded` }
  const text = `${whole === '' ? '0' : whole}.${fraction.slice(0, 2).padEnd(2, '0')}`
  return { text: sign === '-' && text !== '0.00' ? `-${text}` : text }
}

/** A quantity or a price from a number in plain form, without needless zeros. Its sign is kept. */
export const readFigure = (plain: string): Read => {
  const [, sign, whole = '', fraction = ''] = plainPattern.exec(plain) ?? []
  if (sign === undefined || !/\d/.test(plain)) return { fault: `${shown(plain)} is not a number` }
  const decimals = fraction.replace(/0+$/, '')
  if (whole.length > 15 || decimals.length > 18)
    return { fault: `${shown(plain)} has more than 15 digits before the decimal point or 18 after it` }
  const text = `${whole === '' ? '0' : whole}${decimals === '' ? '' : `.${decimals}`}`
  return { text: sign === '-' && text !== '0' ? `-${text}` : text }
}

/** The amount with the other sign. */
export const negated = (amount: Money): Money => (amount.startsWith('-') ? amount.slice(1) : Number(amount) === 0 ? amount : `-${amount}`)

/** The amount without its sign. */
export const magnitude = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : amount)

export const isZero = (amount: string): boolean => Number(amount) === 0

/** The number of hundredths of an amount with two decimals. */
export const hundredthsOf = (amount: Money): bigint => BigInt(amount.replace('.', ''))

/** The amount of a number of hundredths. */
export const ofHundredths = (hundredths: bigint): Money => {
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0')
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The largest integer that is stored. */
export const largestInteger = 2_147_483_647

/** Two whole numbers without a common factor, in the proportion of two numbers in plain form; undefined unless both are above zero and can be stored. */
export const wholeRatio = (numerator: string, denominator: string): { numerator: number; denominator: number } | undefined => {
  const decimals = Math.max(...[numerator, denominator].map(text => text.split('.')[1]?.length ?? 0))
  const [over, under] = [numerator, denominator].map(text => {
    const [whole = '', fraction = ''] = text.split('.')
    return /^\d*$/.test(whole + fraction) ? BigInt(`0${whole}${fraction.padEnd(decimals, '0')}`) : 0n
  }) as [bigint, bigint]
  if (over === 0n || under === 0n) return undefined
  let [divisor, rest] = [over, under]
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
  const ratio = { numerator: Number(over / divisor), denominator: Number(under / divisor) }
  return Math.max(ratio.numerator, ratio.denominator) <= largestInteger ? ratio : undefined
}
