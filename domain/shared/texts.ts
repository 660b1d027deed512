import * as z from 'zod'

export const uuid = z.uuid()

/**
 * A day of the calendar in the years that records and plans are about. Another year is a fault of the format: a slip of a digit would cost
 * a computation over thousands of years, and year 0 no rule can compute with.
 */
export const calendarDate = z.iso
  .date({ abort: true })
  .superRefine((input, context) => {
    if (input >= '1800' && input < '2200') return
    context.addIssue({ code: 'invalid_format', format: 'date', input, message: 'must be a date from 1800-01-01 to 2199-12-31' })
  })
  .describe('A day of the calendar: YYYY-MM-DD.')

/** A label that a person typed: trimmed, not empty. */
export const label = z.string().trim().min(1).max(255)
export const prose = z.string().trim().max(5_000)
