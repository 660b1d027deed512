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

/**
 * Like JSON.parse, but a number that JavaScript would write in another way is a `RawNumber` with its text.
 * @throws SyntaxError
 */
export const parseExactJson = (text: string): unknown =>
  // A call for each value takes ten times as long as to parse without it.
  mayHaveInexactNumbers(text)
    ? exact.parse(text, (_, value, { source }) =>
        typeof value === 'number' && source !== undefined && String(value) !== source ? exact.rawJSON(source) : value,
      )
    : JSON.parse(text)

const tokenPattern = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g

/**
 * The first member that an object has twice: JSON.parse would silently keep the second one.
 * @param text valid JSON
 * @returns its path, such as `bars.3.close`; undefined if there is none
 */
export const findRepeatedMember = (text: string): string | undefined => {
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
