import * as z from 'zod'

export const uuid = z.uuid()

/** A day of the calendar, from the year 1 on. Year 0 is a fault of the format, as in `isCalendarDate`: no rule can compute with it. */
export const calendarDate = z.iso
  .date()
  .superRefine((input, context) => {
    if (!input.startsWith('0000')) return
    context.addIssue({ code: 'invalid_format', format: 'date', input, message: 'must be a date of the year 1 or later' })
  })
  .describe('A date of the household’s calendar: YYYY-MM-DD.')

/** A label that a person typed: trimmed, not empty. */
export const label = z.string().trim().min(1).max(255)
export const prose = z.string().trim().max(5_000)
