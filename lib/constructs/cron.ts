import { Cron } from 'croner'

interface Field {
  readonly name: string
  /** The first and last number, if the field accepts numbers. */
  readonly numbers?: readonly [number, number]
  readonly names: readonly string[]
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

const minute: Field = { name: 'minute', numbers: [0, 59], names: [] }
const hour: Field = { name: 'hour', numbers: [0, 23], names: [] }
const dayOfMonth: Field = { name: 'day of the month', numbers: [1, 31], names: [] }
const month: Field = { name: 'month', numbers: [1, 12], names: months }
// By name alone: crontab counts Sunday as 0 and EventBridge as 1, so a number would silently move a job by a day.
const dayOfWeek: Field = { name: 'day of the week', names: weekdays }

/**
 * Writes a five-field crontab text (minute, hour, day of the month, month, day of the week by name) as EventBridge does: with a year, and
 * with `?` in the day field that is not restricted.
 * @throws {Error} naming the field if the text is malformed, counts days of the week by number, or restricts both day fields
 *   (in crontab one match is enough, which EventBridge cannot express).
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export const eventBridgeCron = (text: string): string => {
  const fields = text.trim().split(/\s+/)
  const [minutes, hours, days, monthsText, weekdaysText] = fields
  if (
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    monthsText === undefined ||
    weekdaysText === undefined ||
    fields.length > 5
  ) {
    throw new Error(
      `The schedule "${text}" has ${fields.length} fields; five are needed: minute, hour, day of the month, month, day of the week.`,
    )
  }
  if (days !== '*' && weekdaysText !== '*') {
    throw new Error(`The schedule "${text}" restricts both the day of the month and the day of the week; EventBridge takes one of them.`)
  }
  const write = (field: Field, value: string): string => writeField(field, value, text)
  const daysWritten = weekdaysText === '*' ? write(dayOfMonth, days) : '?'
  const weekdaysWritten = weekdaysText === '*' ? '?' : write(dayOfWeek, weekdaysText)
  return `cron(${write(minute, minutes)} ${write(hour, hours)} ${daysWritten} ${write(month, monthsText)} ${weekdaysWritten} *)`
}

const writeField = (field: Field, value: string, text: string): string => {
  const refuse = (): never => {
    throw new Error(`The schedule "${text}" has the ${field.name} "${value}", which is not valid.`)
  }
  const [first, last] = field.numbers ?? []
  const isValue = (part: string): boolean =>
    field.names.includes(part) ||
    (/^\d{1,2}$/.test(part) && first !== undefined && last !== undefined && Number(part) >= first && Number(part) <= last)
  const writeItem = (item: string): string => {
    const [range = '', step, ...more] = item.split('/')
    if (more.length > 0 || (step !== undefined && (first === undefined || !/^[1-9]\d?$/.test(step)))) return refuse()
    const ends = range.split('-')
    if (range !== '*' && (ends.length > 2 || !ends.every(isValue))) return refuse()
    if (step === undefined) return range
    return `${range === '*' ? first : range}/${step}`
  }
  return value.split(',').map(writeItem).join(',')
}

/** The longest time between two firings of a crontab text in UTC, in whole hours, rounded up; infinite if it fires less than twice a year. */
export const longestGapHours = (text: string): number => {
  // Without a day of the month and a month, each week is as the one before. The year is a leap year, so that no day is missed.
  const [, , days, monthsText] = text.trim().split(/\s+/)
  const stopAt = days === '*' && monthsText === '*' ? '2028-01-15T23:59:59Z' : '2028-12-31T23:59:59Z'
  const firings = new Cron(text, { timezone: 'UTC', stopAt: new Date(stopAt) }).nextRuns(10_000, new Date('2028-01-01T00:00:00Z'))
  if (firings.length < 2) return Number.POSITIVE_INFINITY
  return Math.max(...firings.slice(1).map((at, index) => Math.ceil((at.getTime() - firings[index]!.getTime()) / 3_600_000)))
}
