import * as z from 'zod'

export { calendarDate, label, nonNegativeMoney, prose, uuid } from '../../domain/shared/index.ts'

export const instant = z.string().describe('An instant: RFC 3339, in UTC.')

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
