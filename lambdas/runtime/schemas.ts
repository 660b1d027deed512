import * as z from 'zod'

/** Money travels as a decimal string with at most two decimals: `"1234.56"`. Never a float. */
export const nonNegativeMoney = z
  .string()
  .regex(
    /^\d{1,13}(\.\d{1,2})?$/,
    'must be an amount of money, not negative, as a decimal string with at most two decimals, like "1234.56"',
  )
  .meta({ example: '1234.56' })

export const uuid = z.uuid()
export const instant = z.string().describe('An instant: RFC 3339, in UTC.')
export const calendarDate = z.iso
  .date()
  .refine(date => !date.startsWith('0000'), { error: 'must be a date of the year 1 or later' })
  .describe('A date of the household’s calendar: YYYY-MM-DD.')

/** An instant with its offset, or a date at 00:00 UTC. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .refine(text => text > '1900' && text < '2200', { error: 'must be between 1900 and 2199' })
  .transform(text => new Date(text).toISOString())

/** A label that a person typed: trimmed, not empty. */
export const label = z.string().trim().min(1).max(255)
export const prose = z.string().trim().max(5_000)

/** IANA timezone that this runtime knows; an offset like +05:00, which knows no summer, is none. */
export const timezone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/, 'must be an IANA timezone, like America/New_York')
  .refine(
    name => {
      try {
        return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
      } catch {
        return false
      }
    },
    { error: 'must be an IANA timezone, like America/New_York' },
  )

export const currency = z
  .string()
  .refine(code => Intl.supportedValuesOf('currency').includes(code), { error: 'must be an ISO 4217 currency code, like USD' })

/** RFC 9457. */
export const problemDocument = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
})

/** Makes every field of a PATCH body optional and refuses one that changes nothing. Three states: left out, value, null. */
export const patchOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine(body => Object.keys(body).length > 0, { error: 'must change at least one field' })
