/** The content of one cell of a CSV line, or of one member of a JSON object. */
export type Cell = unknown

/** The exact text of a number as written; undefined if the cell is not a text or number. */
const decimalText = (cell: Cell): string | undefined =>
  typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : undefined

/** A cell as shown in a message: shortened, and in quotes if it is text. */
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

/** An object, or its JSON text: additional data of a bar, such as sentiment and ratings. */
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
