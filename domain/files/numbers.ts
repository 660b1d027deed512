export const decimalMarks = ['.', ','] as const
export type DecimalMark = (typeof decimalMarks)[number]
/** Marks between thousands; empty if there is none. Spaces of any kind and apostrophes are also read where another mark is set. */
export const thousandsMarks = ['', ',', '.', ' ', "'"] as const
export type ThousandsMark = (typeof thousandsMarks)[number]

export interface NumberMarks {
  readonly decimalMark: DecimalMark
  readonly thousandsMark: ThousandsMark
}

/** A number as exact decimal text; null for a word that stands for no value. */
export type ReadFigure = { readonly value: string | null } | { readonly fault: string }

/** Words for no value, in lower case. */
export const usualNulls: readonly string[] = ['', 'null', 'nil', 'none', 'n/a', 'na', 'nan', '#n/a', '-', '--', '---', '–', '—', '.', '?']

const numberPattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** The same number without an exponent and without needless zeros: `1.50e-2` becomes `0.015`. Undefined if the text is no number. */
export const plainDecimal = (text: string): string | undefined => {
  const [, sign, whole, fraction = '', exponent = '0'] = numberPattern.exec(text) ?? []
  if (whole === undefined) return undefined
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const before = digits.slice(0, Math.max(point, 0)).padEnd(point, '0').replace(/^0+/, '') || '0'
  const after = digits
    .slice(Math.max(point, 0))
    .padStart(digits.length - point, '0')
    .replace(/0+$/, '')
  const plain = after === '' ? before : `${before}.${after}`
  return plain === '0' ? plain : `${sign}${plain}`
}

/** A decimal in plain form multiplied by a power of ten, exactly. */
export const shiftDecimal = (plain: string, powerOfTen: number): string =>
  powerOfTen === 0 ? plain : (plainDecimal(`${plain}e${powerOfTen}`) ?? plain)

const spaces = /[\s\u00A0\u2007\u2009\u202F]/g
const powers: Readonly<Record<string, number>> = {
  k: 3,
  tsd: 3,
  m: 6,
  mn: 6,
  mio: 6,
  mln: 6,
  b: 9,
  bn: 9,
  mrd: 9,
  t: 12,
}

interface Stripped {
  readonly isNegative: boolean
  readonly powerOfTen: number
  /** Digits and marks, with an exponent. */
  readonly body: string
}

/** A figure without sign, currency, percent sign and suffix; undefined if it has two signs or two suffixes. */
const strip = (text: string): Stripped | undefined => {
  let body = text.replace(spaces, ' ').trim().replaceAll('\u2212', '-').replaceAll('\u2019', "'")
  let signs = 0
  let powerOfTen = 0
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(body)
    if (!found) return undefined
    body = body.replace(pattern, '').trim()
    return found[1] ?? found[0]
  }
  const inParentheses = /^\((.*)\)$/.exec(body)
  if (inParentheses) {
    signs += 1
    body = inParentheses[1]!.trim()
  }
  const takeSign = (pattern: RegExp) => {
    const sign = take(pattern)
    if (sign !== undefined) signs += sign === '-' ? 1 : 2
  }
  takeSign(/^[+-]/)
  take(/^(?:\p{Sc}|[A-Z]{1,2}\$|(?:kr|Rs|Fr)\.?(?=[\s\d-])|[A-Z]{3}(?=[\s\d-]))/u)
  if (signs === 0) takeSign(/^[+-]/)
  take(/\s?(?:\p{Sc}|(?<=\s|\d)(?:[A-Z]{3}|zł|kr\.?|Kč|Ft|lei))$/u)
  if (signs === 0) takeSign(/[+-]$/)
  if (signs === 0) {
    const side = take(/(?<=\d)\s?(CR|DR)\.?$/i)?.toUpperCase()
    if (side !== undefined) signs = side === 'DR' ? 1 : 2
  }
  if (take(/%$/) !== undefined) powerOfTen -= 2
  const suffix = take(/(?<=\d[.,]?\s?)(k|tsd|mn|mio|mln|mrd|m|bn|b|t)\.?$/i)
  if (suffix !== undefined) powerOfTen += powers[suffix.toLowerCase()]!
  return signs > 2 || (inParentheses && signs > 1) ? undefined : { isNegative: signs === 1, powerOfTen, body }
}

const escaped = (mark: string): string => (mark === '.' ? '\\.' : mark)

const bodyPatterns = new Map<string, RegExp>()
/** Whole part, fraction and exponent of a figure with these marks. Indian groups of two digits are read too. */
const bodyPattern = ({ decimalMark, thousandsMark }: NumberMarks): RegExp => {
  const key = decimalMark + thousandsMark
  const known = bodyPatterns.get(key)
  if (known) return known
  const group = `[ '${thousandsMark === '' || thousandsMark === decimalMark ? '' : escaped(thousandsMark)}]`
  const whole = `\\d{1,3}(?:${group}\\d{2,3})*${group}\\d{3}|\\d*`
  const pattern = new RegExp(`^(${whole})(?:${escaped(decimalMark)}(\\d*))?(?:[eE]([+-]?\\d{1,3}))?$`)
  bodyPatterns.set(key, pattern)
  return pattern
}

/** How a cell is shown in a message. */
export const shownCell = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

const longestFigure = 100

/**
 * Reads a figure exactly: no float is made of it. Reads signs before and after, parentheses, currencies, thousands, exponents, `K`, `M`, `B` and `T`,
 * and percent (`1.5%` is 0.015).
 * @param nulls words for no value, in lower case
 */
export const readFigure = (text: string, marks: NumberMarks, nulls: readonly string[] = usualNulls): ReadFigure => {
  const trimmed = text.trim()
  // Almost every figure is plain already. Thousands with a point have their own meaning.
  if (marks.decimalMark === '.' && marks.thousandsMark !== '.') {
    if (/^(?:0|[1-9]\d{0,29})(?:\.\d{0,29}[1-9])?$/.test(trimmed)) return { value: trimmed }
    if (/^(?:0|[1-9]\d{0,29})\.\d{1,30}$/.test(trimmed)) return { value: trimmed.replace(/\.?0+$/, '') }
  }
  if (nulls.includes(trimmed.toLowerCase())) return { value: null }
  const fault = { fault: `${shownCell(text)} is not a number with the decimal mark "${marks.decimalMark}"` }
  const stripped = trimmed.length > longestFigure ? undefined : strip(trimmed)
  const [, whole = '', fraction = '', exponent = '0'] = (stripped && bodyPattern(marks).exec(stripped.body)) ?? []
  if (!stripped || whole + fraction === '') return fault
  const plain = plainDecimal(`${whole.replaceAll(/\D/g, '') || '0'}.${fraction || '0'}e${exponent}`)
  const value = plain === undefined ? undefined : shiftDecimal(plain, stripped.powerOfTen)
  if (value === undefined) return fault
  return { value: stripped.isNegative && value !== '0' ? `-${value}` : value }
}

export interface FoundMarks extends NumberMarks {
  /** Whether nothing decides between the decimal mark and the one between thousands. */
  readonly isAmbiguous: boolean
  /** A figure that decided, or that is ambiguous. */
  readonly evidence: string | undefined
}

type Proof = { readonly decimal: DecimalMark } | { readonly thousands: DecimalMark } | 'ambiguous' | undefined

const other = (mark: DecimalMark): DecimalMark => (mark === '.' ? ',' : '.')

const proofOf = (text: string): Proof => {
  if (/^-?\d+$/.test(text)) return undefined
  const plain = /^-?\d+([.,])(\d+)$/.exec(text)
  if (plain && plain[2]!.length !== 3) return { decimal: plain[1] as DecimalMark }
  const body = strip(text)?.body ?? ''
  if (!/^[\d.,' ]*(?:[eE][+-]?\d+)?$/.test(body) || !/\d/.test(body)) return undefined
  const marks = body.replaceAll(/[^.,]/g, '')
  const last = marks.at(-1) as DecimalMark | undefined
  if (last === undefined) return undefined
  const isOnce = marks.indexOf(last) === marks.length - 1
  if (marks.includes(other(last))) return isOnce ? { decimal: last } : undefined
  if (!isOnce) return { thousands: last }
  const [before = '', after = ''] = body.split(last)
  const isGroup = /^[1-9]\d{0,2}$/.test(before) && /^\d{3}$/.test(after)
  return isGroup ? 'ambiguous' : { decimal: last }
}

/** After so many figures, the first proof decides. */
const decidingFigures = 20_000

/**
 * The marks of figures, decided by all of them together: in `1,234.5` the last mark is the decimal one, `1,234,567` has thousands,
 * `12,50` and `0,125` have decimals. `1,234` alone decides nothing. If figures disagree, nothing is decided.
 * @param delimiter between the cells: a mark that separates cells does not stand within figures without quotes
 */
export const findMarks = (texts: Iterable<string>, delimiter?: string): FoundMarks => {
  const decided = new Map<DecimalMark, string>()
  let hasThousands = false
  const undecided = new Map<DecimalMark, string>()
  let count = 0
  for (const text of texts) {
    count += 1
    // What contradicts a decision this late is a fault of its row.
    if (count > decidingFigures && decided.size > 0) break
    const proof = proofOf(text)
    if (proof === undefined) continue
    if (proof === 'ambiguous') {
      const mark: DecimalMark = text.includes(',') ? ',' : '.'
      if (!undecided.has(mark)) undecided.set(mark, text)
      continue
    }
    const decimal = 'decimal' in proof ? proof.decimal : other(proof.thousands)
    if (!decided.has(decimal)) decided.set(decimal, text)
    hasThousands ||= 'thousands' in proof || text.includes(other(decimal))
  }
  const decimals = [...decided.keys()]
  const single = decimals.length === 1 ? decimals[0] : undefined
  if (single !== undefined) {
    const mark = other(single)
    return {
      decimalMark: single,
      thousandsMark: hasThousands || undecided.has(mark) ? mark : '',
      isAmbiguous: false,
      evidence: decided.get(single),
    }
  }
  if (decimals.length > 1) return { decimalMark: '.', thousandsMark: '', isAmbiguous: true, evidence: decided.get(',') }
  if (undecided.size === 0) return { decimalMark: '.', thousandsMark: '', isAmbiguous: false, evidence: undefined }
  // 1.234 and 1,234 in one file: whichever is the decimal mark, the other one is between thousands.
  const isPlainDot = delimiter === ',' && !undecided.has(',')
  return {
    decimalMark: '.',
    thousandsMark: undecided.has(',') ? ',' : '',
    isAmbiguous: !isPlainDot,
    evidence: undecided.get(',') ?? undecided.get('.'),
  }
}
