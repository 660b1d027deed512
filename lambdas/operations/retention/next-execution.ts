import { Cron } from 'croner'
import * as z from 'zod'

/** Five fields: minute, hour, day of month, month, day of week. */
export const scheduleCron = z
  .string()
  .max(100)
  .refine(
    text => {
      if (text.trim().split(/\s+/).length !== 5) return false
      try {
        return new Cron(text, { paused: true }).nextRun() !== null
      } catch {
        return false
      }
    },
    { error: 'must be a cron expression of five fields that has a next time, like 0 2 * * SUN' },
  )
  .describe('When it runs: a cron expression of five fields.')

/** The first time of a schedule after an instant, by the clock of its timezone. */
export const nextExecution = (cron: string, timezone: string, after: Date): string => {
  const next = new Cron(cron, { paused: true, timezone }).nextRun(after)
  if (!next) throw new RangeError(`The schedule ${cron} has no time after ${after.toISOString()}.`)
  return next.toISOString()
}
