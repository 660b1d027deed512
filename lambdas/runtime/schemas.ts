import * as z from 'zod'
import { problemCodes, problemType } from './problem-codes.ts'

/** Names schemas. In the OpenAPI document, a named schema is a component. */
export const nameSchemas = (schemas: Readonly<Record<string, z.ZodType>>): void => {
  for (const [id, schema] of Object.entries(schemas)) schema.register(z.globalRegistry, { ...schema.meta(), id })
}
export { calendarDate, label, prose, uuid } from '../../domain/shared/index.ts'

export const instant = z.string().describe('An instant: RFC 3339, in UTC.')

/**
 * An instant in UTC with the database's precision of a microsecond. Finer fractions are rounded up: no stored time lies between the two, so
 * comparisons with stored times stay exact.
 */
const toMicroseconds = (text: string): string => {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? ''
  const seconds = Date.parse(text.replace(/\.\d+/, ''))
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0')) + (/[1-9]/.test(fraction.slice(6)) ? 1 : 0)
  const milliseconds = new Date(seconds + Math.floor(micros / 1000)).toISOString()
  return micros % 1000 === 0 ? milliseconds : milliseconds.replace('Z', `${String(micros % 1000).padStart(3, '0')}Z`)
}
/** An instant with its offset, or a date at 00:00 UTC. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .refine(text => text > '1800' && text < '2200', { error: 'must be between 1800 and 2199' })
  .transform(toMicroseconds)
  .meta({ id: 'Moment', description: 'An instant with its offset, or a date, which means 00:00 UTC.', example: '2026-10-30T14:30:00Z' })

/**
 * A whole number in a path or a query, in decimal digits. Every other text is refused, also one that JavaScript reads as a whole number, such
 * as `0x10` or `1e1`.
 */
export const wholeNumberText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((text, context) => {
    if (typeof text !== 'string') return text
    if (!/^-?\d{1,15}$/.test(text)) context.addIssue({ code: 'custom', message: 'must be a whole number in digits' })
    return Number(text)
  }, schema)

/** The names that were asked for, in lower case. Making a format takes longer than all other checks of a request. */
const knownTimezones = new Set<string>()

const isTimezone = (name: string): boolean => {
  const key = name.toLowerCase()
  if (knownTimezones.has(key)) return true
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: name })
    knownTimezones.add(key)
    return Boolean(format)
  } catch {
    return false
  }
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** An IANA timezone that this runtime knows. Offsets like +05:00 are refused, because they have no daylight saving time. */
export const timezone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/, 'must be an IANA timezone, like America/New_York')
  .refine(isTimezone, { error: 'must be an IANA timezone, like America/New_York' })
  .meta({ id: 'Timezone', description: 'An IANA timezone.', example: 'America/New_York' })

export const currency = z
  .string()
  .refine(code => currencies.has(code), { error: 'must be an ISO 4217 currency code, like USD' })
  .describe('An ISO 4217 currency code, like USD.')

export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 country code, like US')
  .meta({ id: 'CountryCode', description: 'An ISO 3166-1 country code.', example: 'US' })

/** RFC 9457. */
export const problemDocument = z.strictObject({
  type: z
    .enum(problemCodes.map(code => problemType(code)))
    .describe('The kind of problem: the address of its description, relative to the API. Clients can branch on it.'),
  title: z.string().describe('The problem in a few words, the same for every problem of the type.'),
  status: z.int().describe('The HTTP status.'),
  detail: z.string().describe('What is wrong with this request.'),
  instance: z.string().describe('The path of the request.'),
  requestId: z.string().describe('The id of the request in the logs of the API.'),
  errors: z
    .array(
      z.strictObject({
        path: z.string().describe('The field, such as `body.weights.us_bonds` or `query.limit`.'),
        message: z.string().describe('What is wrong with the field.'),
      }),
    )
    .optional()
    .describe('The fields that are not valid, at most 100.'),
})

/** Makes every field of a PATCH body optional, and refuses an empty body. A field that is left out stays; null clears it. */
export const patchOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine(body => Object.keys(body).length > 0, { error: 'must change at least one field' })

/** A value that two versions of a resource have in common by its path, and that differs. */
export const jsonDifference = z
  .strictObject({ path: z.string(), kind: z.enum(['added', 'removed', 'changed']), before: z.json(), after: z.json() })
  .meta({ id: 'Difference', description: 'What differs between two versions.' })

/** A version number that PostgreSQL can store: from 1 to the largest `integer`. */
export const versionNumber = z.int().min(1).max(2_147_483_647)
export const versionText = wholeNumberText(versionNumber)

/** Two versions to compare. */
export const comparedVersions = z.strictObject({
  from: versionText.meta({ description: 'Number of the earlier version.', parameter: 'FromVersion' }),
  to: versionText.optional().meta({ description: 'Number of the later version. By default the current one.', parameter: 'ToVersion' }),
})

nameSchemas({ Problem: problemDocument })

/** For `superRefine`: an element of a list that has the same value in a field as one before it is refused. */
export const givenOnce =
  <Field extends string>(field: Field) =>
  (elements: readonly Readonly<Record<Field, unknown>>[], context: z.RefinementCtx): void => {
    for (const [index, element] of elements.entries())
      if (elements.findIndex(other => other[field] === element[field]) < index)
        context.addIssue({ code: 'custom', path: [index, field], message: 'is given twice' })
  }
