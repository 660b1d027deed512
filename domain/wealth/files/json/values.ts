import { plainDecimal } from '../../../files/index.ts'
import { DomainError, findTooDeep, tooDeepMessage } from '../../../shared/index.ts'

/** An object of a document. Numbers are texts, exactly as the file writes them. */
export type JsonObject = Readonly<Record<string, unknown>>

const exactParse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown

/** The document of a file. @throws DomainError if it is no JSON, or is nested too deep */
export const parseDocument = (text: string): unknown => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DomainError([{ path: 'file', message: 'is not valid JSON: it may be cut. Download it again' }], { cause })
  }
  const names = findTooDeep(value)
  if (names) throw new DomainError([{ path: names.slice(0, 3).join('.'), message: tooDeepMessage }])
  // The depth is known now: this call is recursive.
  return exactParse(text, (_, member, { source }) => (typeof member === 'number' && source !== undefined ? source : member))
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of its own; undefined if it is missing or null. */
export const member = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined)

export const objectIn = (object: JsonObject, name: string): JsonObject => {
  const value = member(object, name)
  return isObject(value) ? value : {}
}

/** The objects of a list. @throws DomainError if it is no list, or has something else */
export const objectsIn = (object: JsonObject, name: string): readonly JsonObject[] => {
  const value = member(object, name) ?? []
  if (!Array.isArray(value)) throw new DomainError([{ path: name, message: 'must be a list' }])
  return value.map((entry: unknown, index) => {
    if (!isObject(entry)) throw new DomainError([{ path: `${name}.${index}`, message: 'must be an object' }])
    return entry
  })
}

/** The text of a member that is a text or a number. */
export const textIn = (object: JsonObject, name: string): string | undefined => {
  const value = member(object, name)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

/** A number in plain form; its text if it is none, so that its reader rejects it. */
export const numberIn = (object: JsonObject, name: string): string | undefined => {
  const text = textIn(object, name)
  return text === undefined ? undefined : (plainDecimal(text) ?? text)
}
