import * as z from 'zod'

export const uuid = z.uuid()

/** A day of the calendar, from the year 1 on. */
export const calendarDate = z.iso
  .date()
  .refine(date => !date.startsWith('0000'), { error: 'must be a date of the year 1 or later' })
  .describe('A date of the household’s calendar: YYYY-MM-DD.')

/** A label that a person typed: trimmed, not empty. */
export const label = z.string().trim().min(1).max(255)
export const prose = z.string().trim().max(5_000)
