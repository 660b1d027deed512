/**
 * The one JSON text of a value: members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them (RFC 8785).
 * Equal values give equal texts, so the text can be hashed. Members whose value is undefined are left out, as JSON.stringify does.
 *
 * @throws TypeError with the place of a value that JSON cannot represent: NaN, an infinity, a bigint, a lone surrogate, a class instance...
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$')
}

function write(value: unknown, place: string): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value, place)
  if (typeof value === 'string') return writeString(value, place)
  if (Array.isArray(value)) return `[${Array.from(value, (item, index) => write(item, `${place}[${index}]`)).join(',')}]`
  if (isPlainObject(value)) return writeObject(value, place)
  throw new TypeError(`${place} is not a JSON value`)
}

function writeNumber(value: number, place: string): string {
  if (!Number.isFinite(value)) throw new TypeError(`${place} is ${value}, which JSON cannot represent`)
  return JSON.stringify(value)
}

function writeString(value: string, place: string): string {
  if (!value.isWellFormed()) throw new TypeError(`${place} holds a lone surrogate`)
  return JSON.stringify(value)
}

function writeObject(value: Record<string, unknown>, place: string): string {
  const keys = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .toSorted(byCodeUnits)
  return `{${keys.map(key => `${writeString(key, place)}:${write(value[key], `${place}.${key}`)}`).join(',')}}`
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : 1)

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
