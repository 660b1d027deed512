import { Cron } from 'croner'

/** AWS counts a month as 730 hours. */
export const hoursOfMonth = 730

/** A month with 31 days, so that a schedule on any day of a month fires. */
const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000
const milliseconds = { minute: 60_000, hour, day: 24 * hour }

/** Thrown for a schedule that this program cannot count. */
export class UnreadableSchedule extends Error {
  constructor(expression: string) {
    super(
      `The schedule "${expression}" is not "rate(<number> minutes|hours|days)" or "cron(<minutes> <hours> <day> <month> <weekday> <year>)".`,
    )
    this.name = 'UnreadableSchedule'
  }
}

/** EventBridge counts Sunday as 1, crontab as 0. */
const weekday = (field: string) => field.replace(/\b[1-7]\b/g, day => String(Number(day) - 1))

const cronTimes = (expression: string, fields: readonly string[], end: number): number[] => {
  const [minutes, hours, day, month, days, year] = fields.map(field => field.replaceAll('?', '*'))
  if (days === undefined || year !== '*') throw new UnreadableSchedule(expression)
  const times: number[] = []
  try {
    const cron = new Cron(`${minutes} ${hours} ${day} ${month} ${weekday(days)}`, { timezone: 'UTC', sloppyRanges: true })
    let next = cron.nextRun(new Date(start - 1))
    while (next !== null && next.getTime() < end) {
      times.push(next.getTime())
      next = cron.nextRun(next)
    }
  } catch {
    throw new UnreadableSchedule(expression)
  }
  return times
}

/**
 * The times at which a schedule of EventBridge fires, in milliseconds since 1970, from 2026-01-01 on.
 * @throws {UnreadableSchedule} for `at(…)`, a cron that is limited to years, and anything that is neither cron nor rate.
 */
export const firings = (expression: string, hours = hoursOfMonth): number[] => {
  const end = start + hours * hour
  const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  if (unit !== undefined && Number(every) > 0) {
    const interval = Number(every) * milliseconds[unit as keyof typeof milliseconds]
    return Array.from({ length: Math.ceil((end - start) / interval) }, (_, index) => start + index * interval)
  }
  const [, text] = /^cron\((.*)\)$/.exec(expression) ?? []
  if (text === undefined) throw new UnreadableSchedule(expression)
  return cronTimes(expression, text.trim().split(/\s+/), end)
}

/** The seconds of a month in which at least one of these pieces of work, which all last as long, is under way. */
export const busySeconds = (times: readonly number[], seconds: number): number => {
  let busyUntil = 0
  let total = 0
  for (const time of times.toSorted((one, other) => one - other)) {
    const end = time + seconds * 1_000
    total += Math.max(0, end - Math.max(time, busyUntil))
    busyUntil = Math.max(busyUntil, end)
  }
  return total / 1_000
}
