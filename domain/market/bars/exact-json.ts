import { DomainError, findTooDeep, tooDeepMessage } from '../../shared/index.ts'

/** A number of JSON as it is written. JSON.stringify writes it unchanged. It replaces a number that a float would change. */
export interface RawNumber {
  readonly rawJSON: string
}

/** Functions of JavaScript that the compiler's library does not declare yet. */
const exact = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): RawNumber
  isRawJSON(value: unknown): value is RawNumber
}

export const isRawNumber = (value: unknown): value is RawNumber => exact.isRawJSON(value)

/** Whether a text may have a number that a float or its text would change: it has an exponent, or 16 digits or more. */
const mayHaveInexactNumbers = (text: string): boolean => /\d[eE][+-]?\d|[\d.]{16}/.test(text)

const tokenPattern = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g

/**
 * The first member that an object has twice: JSON.parse would silently keep the second one.
 * @param text valid JSON
 * @returns its path, such as `bars.3.close`; undefined if there is none
 */
const findRepeatedMember = (text: string): string | undefined => {
  /** Open objects with their names so far, and open lists with their index. */
  const open: { names?: Set<string>; place: string }[] = []
  let last = ''
  for (const [token] of text.matchAll(tokenPattern)) {
    const within = open.at(-1)
    if (token === '{') open.push({ names: new Set(), place: '' })
    else if (token === '[') open.push({ place: '0' })
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && within && !within.names) within.place = String(Number(within.place) + 1)
    else if (token === ':' && within?.names) {
      within.place = JSON.parse(last) as string
      if (within.names.has(within.place)) return open.map(({ place }) => place).join('.')
      within.names.add(within.place)
    }
    last = token
  }
  return undefined
}

/** How many members a text has at most: a quote before a colon may also be in a string. */
const countNames = (text: string): number => {
  const pattern = /"\s*:/g
  let count = 0
  while (pattern.test(text)) count += 1
  return count
}

const countMembers = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  let count = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const member of Object.values(value)) count += countMembers(member)
  return count
}

/**
 * Like JSON.parse, but a number that JavaScript would write in another way is a `RawNumber` with its text.
 * @throws SyntaxError
 * @throws DomainError if it is nested too deep, or gives a member twice
 */
export const parseExactJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text)
  // JSON.stringify and a call for each value are recursive, so the depth is checked before both.
  const names = findTooDeep(value)
  if (names) throw new DomainError([{ path: names.slice(0, 3).join('.'), message: tooDeepMessage }])
  const repeated = countNames(text) > countMembers(value) ? findRepeatedMember(text) : undefined
  if (repeated !== undefined) throw new DomainError([{ path: repeated, message: 'is given twice' }])
  // A call for each value takes ten times as long as to parse without it.
  if (!mayHaveInexactNumbers(text)) return value
  return exact.parse(text, (_, member, { source }) =>
    typeof member === 'number' && source !== undefined && String(member) !== source ? exact.rawJSON(source) : member,
  )
}
