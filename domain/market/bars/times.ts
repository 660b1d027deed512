import { daysInMonth, epochDay } from '../../shared/index.ts'

const microsecondsPerDay = 86_400_000_000
const earliest = epochDay(1700, 1, 1) * microsecondsPerDay
const end = epochDay(2100, 1, 1) * microsecondsPerDay

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/
const instantPattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?:Z|([+-])(\d\d):(\d\d))$/

const dayOf = (parts: RegExpExecArray): number | undefined => {
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return day >= 1 && day <= daysInMonth(year, month) ? epochDay(year, month, day) : undefined
}

const withinDay = (parts: RegExpExecArray): number | undefined => {
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const [offsetHours, offsetMinutes] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)]
  if (offsetHours > 15 || offsetMinutes > 59) return undefined
  const offset = (parts[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes)
  return (hour * 3600 + (minute - offset) * 60 + second) * 1_000_000 + Number((parts[7] ?? '').padEnd(6, '0'))
}

const digit = (text: string, index: number): number => {
  const value = text.charCodeAt(index) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
const pair = (text: string, index: number): number => digit(text, index) * 10 + digit(text, index + 1)

/** Reads the form of almost every bar, `2026-03-31T14:30:00Z`; undefined for any other form, and for an invalid date or time. */
const readCommonForm = (text: string): number | undefined => {
  if (
    text.length !== 20 ||
    text[4] !== '-' ||
    text[7] !== '-' ||
    text[10] !== 'T' ||
    text[13] !== ':' ||
    text[16] !== ':' ||
    text[19] !== 'Z'
  )
    return undefined
  const [year, month, day] = [pair(text, 0) * 100 + pair(text, 2), pair(text, 5), pair(text, 8)]
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)]
  if (!(year >= 1700 && year < 2100 && day >= 1 && day <= daysInMonth(year, month) && hour < 24 && minute < 60 && second < 60))
    return undefined
  return epochDay(year, month, day) * microsecondsPerDay + (hour * 3600 + minute * 60 + second) * 1_000_000
}

/**
 * Microseconds from 1970 to a bar's time, or a message with its fault.
 * @param text an instant of RFC 3339 with its offset; for a dated bar (a day or longer) its date, or that date at 00:00 UTC.
 */
export const readBarTime = (text: string, dated: boolean): number | string => {
  const common = dated ? undefined : readCommonForm(text)
  if (common !== undefined) return common
  const date = datePattern.exec(text)
  const parts = date ?? instantPattern.exec(text)
  if (!parts || (date && !dated))
    return dated ? `"${text}" is not a date, like 2026-03-31` : `"${text}" is not an instant with its offset, like 2026-03-31T14:30:00Z`
  const day = dayOf(parts)
  const rest = date ? 0 : withinDay(parts)
  if (day === undefined || rest === undefined) return `"${text}" is not a valid date or time`
  const time = day * microsecondsPerDay + rest
  if (time < earliest || time >= end) return `"${text}" is not between 1700 and 2099`
  if (dated && time % microsecondsPerDay !== 0)
    return `"${text}" has a time of day; a bar of a day or longer has only a date, like ${text.slice(0, 10)}`
  return time
}
