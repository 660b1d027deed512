/** What stands in one cell of a CSV line, or in one member of a JSON object. */
export type Cell = unknown

/** A number's text as it was written, exact; undefined where it is none. */
const decimalText = (cell: Cell): string | undefined =>
  typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : undefined

/** A cell as it is told of in a message: cut, in quotes where it is text. */
export const shown = (cell: Cell): string => (cell === undefined ? 'nothing' : JSON.stringify(cell).slice(0, 42))

const pricePattern = /^\d{1,10}(?:\.\d{1,8})?$/
const volumePattern = /^\d{1,16}(?:\.\d{1,8})?$/
const spreadPattern = /^-?\d{1,10}(?:\.\d{1,8})?$/
const countPattern = /^\d{1,15}$/

export type Read = { readonly text: string } | { readonly fault: string }

export const isPrice = (cell: Cell): cell is string => typeof cell === 'string' && pricePattern.test(cell) && Number(cell) > 0

export const readPrice = (cell: Cell): Read => {
  const text = decimalText(cell)
  return text !== undefined && isPrice(text)
    ? { text }
    : { fault: `${shown(cell)} is not a price: a number above zero, with at most 10 digits before the decimal point and 8 after it` }
}

export const readQuote = (cell: Cell): Read => {
  const text = decimalText(cell)
  return text !== undefined && pricePattern.test(text)
    ? { text }
    : { fault: `${shown(cell)} is not a quote: a number of zero or more, with at most 10 digits before the decimal point and 8 after it` }
}

export const readVolume = (cell: Cell): Read => {
  const text = decimalText(cell)
  return text !== undefined && volumePattern.test(text)
    ? { text }
    : { fault: `${shown(cell)} is not a volume: a number of zero or more, with at most 16 digits before the decimal point and 8 after it` }
}

export const readSpread = (cell: Cell): Read => {
  const text = decimalText(cell)
  return text !== undefined && spreadPattern.test(text) ? { text } : { fault: `${shown(cell)} is not a spread` }
}

export const readCount = (cell: Cell): Read => {
  const text = decimalText(cell)
  return text !== undefined && countPattern.test(text)
    ? { text }
    : { fault: `${shown(cell)} is not a count: a whole number of zero or more` }
}

/** An object, or the text of one: what else is known of a bar, such as sentiment and ratings. */
export const readAdditionalData = (cell: Cell): Read => {
  let value = cell
  if (typeof cell === 'string') {
    try {
      value = JSON.parse(cell)
    } catch {
      return { fault: `${shown(cell)} is not JSON` }
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: `${shown(cell)} is not an object` }
  const text = JSON.stringify(value)
  if (text.length > 8192) return { fault: 'is larger than 8,192 characters' }
  return /\\u0000|\\ud[89a-f]/i.test(text) ? { fault: 'contains a character that cannot be stored' } : { text }
}

/** Whether a number is at most another, both of at most 8 decimals: exact where floats could not tell. */
export const isAtMost = (a: string, b: string): boolean => a === b || compareDecimals(a, b) <= 0

/** Which of two numbers of at most 8 decimals is greater: negative, zero or positive, exact where floats could not tell. */
export const compareDecimals = (a: string, b: string): number => {
  const difference = Number(a) - Number(b)
  if (difference !== 0 || a === b) return difference
  const [left, right] = [a, b].map(text => {
    const [whole = '', fraction = ''] = text.split('.')
    return BigInt(whole + fraction.padEnd(8, '0'))
  }) as [bigint, bigint]
  return left < right ? -1 : left > right ? 1 : 0
}
