import { daysInMonth, epochDay } from '../shared/index.ts'
import { monthOfName } from './month-names.ts'
import { shownCell } from './numbers.ts'

export const dateOrders = ['YMD', 'DMY', 'MDY'] as const
export type DateOrder = (typeof dateOrders)[number]

export const epochUnits = ['s', 'ms', 'us', 'ns'] as const
export type EpochUnit = (typeof epochUnits)[number]

export interface DateReading {
  readonly dateOrder: DateOrder
  /** The unit of times that are counted from 1970 UTC; by default the one that their number of digits shows. */
  readonly epochUnit?: EpochUnit | null | undefined
  /** Allows the years 1 to 9999; by default 1000 to 9998, because 0001 and 9999 stand for "unknown". */
  readonly anyYear?: boolean | undefined
}

export const microsecondsPerDay = 86_400_000_000

/** A date with what is written of its time. */
export interface WrittenTime {
  /** Days from 1970-01-01. */
  readonly day: number
  /** Microseconds from midnight; undefined for a date without a time. 24:00 is a whole day. */
  readonly micros: number | undefined
  /** Minutes east of UTC; undefined if no offset is written. */
  readonly offsetMinutes: number | undefined
  /** Counted from 1970, so that no clock has written it. */
  readonly isEpoch: boolean
}

export type ReadTime = WrittenTime | { readonly fault: string }

const epochPattern = /^-?\d{9,19}(?:\.\d+)?$/
const compactPattern = /^(\d{4})(\d\d)(\d\d)(?:[ T]?(\d{4}|\d{6})(?:\.(\d+))?)?$/
const ymdPattern = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[ T,])/
const shortPattern = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})\.?(?=$|[ T,])/
const dayNamePattern =
  /^(?:\p{L}{2,10}\.?,? )?(\d{1,2})(?:\.|st|nd|rd|th)?[- /]*(?:de )?(\p{L}{3,12})\.?(?: de)?[- ,/.]*(\d{4}|\d{2})(?=$|[ T,])/u
const monthFirstPattern = /^(?:\p{L}{2,10}\.?,? )?(\p{L}{3,12})\.?[- /]+(\d{1,2})(?:st|nd|rd|th)?[- ,/]+(\d{4}|\d{2})(?=$|[ T,])/u
const yearNamePattern = /^(\d{4})[- /](\p{L}{3,12})\.?[- /](\d{1,2})(?=$|[ T,])/u
const timePattern = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(.*)$/
const digitsPattern = /^(\d{1,6})(?:\.(\d{1,9}))?$/
const offsetPattern = /^(?:UTC|GMT|Z)?([+-])(\d{1,2}):?(\d\d)?$/i

const isCompact = (text: string): boolean => {
  const [, year, month, day, clock = '000000'] = compactPattern.exec(text) ?? []
  if (year === undefined) return false
  const length = daysInMonth(Number(year), Number(month))
  return (
    Number(year) >= 1000 && Number(day) >= 1 && Number(day) <= length && Number(clock.slice(0, 2)) <= 24 && Number(clock.slice(2, 4)) < 60
  )
}

const fullYear = (text: string): number => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900))

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly rest: string
}

const partsOf = (text: string, order: DateOrder): Parts | undefined => {
  const after = (match: RegExpExecArray) => text.slice(match[0].length).replace(/^[ T,]+/, '')
  const ymd = ymdPattern.exec(text)
  // 2024-13-02 with the order DMY is a year, a day and a month only if someone says so; no vendor writes it.
  if (ymd) return { year: Number(ymd[1]), month: Number(ymd[2]), day: Number(ymd[3]), rest: after(ymd) }
  const short = shortPattern.exec(text)
  if (short) {
    const [, first = '', , second = '', third = ''] = short
    if (order === 'YMD')
      return third.length === 2 ? { year: fullYear(first), month: Number(second), day: Number(third), rest: after(short) } : undefined
    const [day, month] = order === 'DMY' ? [first, second] : [second, first]
    return { year: fullYear(third), month: Number(month), day: Number(day), rest: after(short) }
  }
  const named = dayNamePattern.exec(text)
  const first = named ? null : monthFirstPattern.exec(text)
  const year = named || first ? null : yearNamePattern.exec(text)
  const found = named ?? first ?? year
  const [d, m, y] = named ? [1, 2, 3] : first ? [2, 1, 3] : [3, 2, 1]
  const month = found ? monthOfName(found[m]!) : undefined
  return found && month !== undefined ? { year: fullYear(found[y]!), month, day: Number(found[d]), rest: after(found) } : undefined
}

const unitOf = (digits: number): EpochUnit => (digits <= 11 ? 's' : digits <= 14 ? 'ms' : digits <= 17 ? 'us' : 'ns')
const microsPerUnit = { s: 1_000_000n, ms: 1000n, us: 1n } as const

const readEpoch = (text: string, unit: EpochUnit): number | undefined => {
  const [whole = '', fraction = ''] = text.split('.')
  const nanos = BigInt(whole) * (unit === 'ns' ? 1n : microsPerUnit[unit] * 1000n)
  const perUnit = unit === 'ns' ? 0 : String(microsPerUnit[unit] * 1000n).length - 1
  const extra = BigInt((fraction + '0'.repeat(perUnit)).slice(0, perUnit) || '0') * (text.startsWith('-') ? -1n : 1n)
  const total = nanos + extra
  return total % 1000n === 0n ? Number(total / 1000n) : undefined
}

/**
 * Reads a time of day, like `09:30`, `9:30:00.25 PM`, `093000` or `93000`. 24:00 is the end of the day.
 * @returns microseconds and what follows, which may be an offset; undefined if it is no time
 */
const readClock = (text: string): { readonly micros: number; readonly rest: string } | undefined => {
  const compact = digitsPattern.exec(text)
  const padded =
    compact?.[1] && (compact[1].length <= 4 && compact[1].length > 2 ? compact[1].padStart(4, '0') : compact[1].padStart(6, '0'))
  const match = timePattern.exec(padded ? `${padded.match(/../g)!.join(':')}${compact[2] ? `.${compact[2]}` : ''}` : text)
  if (!match) return undefined
  const [, hours, minutes, seconds = '0', fraction = '', half, rest = ''] = match
  const [minute, second] = [Number(minutes), Number(seconds)]
  let hour = Number(hours)
  if (half && (hour < 1 || hour > 12)) return undefined
  if (half) hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0)
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second + Number(fraction) > 0)) return undefined
  if (/[1-9]/.test(fraction.slice(6))) return undefined
  return { micros: (hour * 3600 + minute * 60 + second) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0')), rest }
}

const readOffset = (text: string): number | undefined => {
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return 0
  const [, sign, hours, minutes = '0'] = offsetPattern.exec(text) ?? []
  if (hours === undefined || Number(hours) > 15 || Number(minutes) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const digit = (text: string, index: number): number => {
  const value = text.charCodeAt(index) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
const pair = (text: string, index: number): number => digit(text, index) * 10 + digit(text, index + 1)

/** Reads the form of most files, `2026-03-31` or `2026-03-31 14:30:00`; undefined for any other form, and for what is not valid. */
const readCommonForm = (text: string): WrittenTime | undefined => {
  if ((text.length !== 10 && text.length !== 19) || text[4] !== '-' || text[7] !== '-') return undefined
  const [year, month, day] = [pair(text, 0) * 100 + pair(text, 2), pair(text, 5), pair(text, 8)]
  if (!(year >= 1000 && year <= 9998 && day >= 1 && day <= daysInMonth(year, month))) return undefined
  const date = { day: epochDay(year, month, day), micros: undefined, offsetMinutes: undefined, isEpoch: false }
  if (text.length === 10) return date
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)]
  if ((text[10] !== ' ' && text[10] !== 'T') || text[13] !== ':' || text[16] !== ':') return undefined
  return hour < 24 && minute < 60 && second < 60 ? { ...date, micros: (hour * 3600 + minute * 60 + second) * 1_000_000 } : undefined
}

/**
 * Reads a date, with a time and an offset if they are written. Names of months are read in the languages of `monthOfName`.
 * @param clock the text of another cell with the time of day, if the file has one
 */
export const readWrittenTime = (given: string, { anyYear = false, dateOrder, epochUnit }: DateReading, clock?: string): ReadTime => {
  const common = clock === undefined ? readCommonForm(given) : undefined
  if (common) return common
  const text = given.trim().replaceAll(/\s+/g, ' ')
  const shown = shownCell(clock === undefined ? text : `${text} ${clock.trim()}`)
  const fault = { fault: `${shown} is not a date or time with the order ${dateOrder}` }
  if (text.length > 60) return fault
  if (epochPattern.test(text) && (epochUnit || !isCompact(text))) {
    const micros = readEpoch(text, epochUnit ?? unitOf(text.replace(/^-/, '').split('.')[0]!.length))
    if (micros === undefined) return { fault: `${shown} has nanoseconds, which are not kept` }
    const day = Math.floor(micros / microsecondsPerDay)
    if (day < epochDay(1000, 1, 1) || day >= epochDay(9999, 1, 1)) return { fault: `${shown} is not between the years 1000 and 9998` }
    return { day, micros: micros - day * microsecondsPerDay, offsetMinutes: 0, isEpoch: true }
  }
  const compact = isCompact(text) ? compactPattern.exec(text) : null
  const parts: Parts | undefined = compact
    ? {
        year: Number(compact[1]),
        month: Number(compact[2]),
        day: Number(compact[3]),
        rest: (compact[4] ?? '') + (compact[5] === undefined ? '' : `.${compact[5]}`),
      }
    : partsOf(text, dateOrder)
  if (!parts) return fault
  const { day, month, rest, year } = parts
  if (day < 1 || day > daysInMonth(year, month)) return { fault: `${shown} is no day of the calendar with the order ${dateOrder}` }
  if (year < 1 || (!anyYear && (year < 1000 || year > 9998))) return { fault: `${shown} is not between the years 1000 and 9998` }
  const date = { day: epochDay(year, month, day), micros: undefined, offsetMinutes: undefined, isEpoch: false }
  const written = clock === undefined ? rest : clock.trim()
  if (written === '') return date
  const time = readClock(written)
  if (!time) return { fault: `${shown} has no valid time of day` }
  const offset = time.rest === '' ? undefined : readOffset(time.rest)
  if (time.rest !== '' && offset === undefined) return { fault: `${shown} has no valid time of day or offset` }
  return { ...date, micros: time.micros, offsetMinutes: offset }
}

export interface FoundOrder {
  readonly dateOrder: DateOrder
  readonly isAmbiguous: boolean
  /** A date that decided, or that is ambiguous. */
  readonly evidence: string | undefined
}

/**
 * The order of day, month and year, decided by all dates of a column: a day above 12, a year in front, dots between the parts (the day is first).
 * `01/02/2024` alone decides nothing.
 */
export const findDateOrder = (texts: Iterable<string>): FoundOrder => {
  let undecided: string | undefined
  const proofs = new Map<DateOrder, string>()
  for (const given of texts) {
    if (given[4] === '-') continue
    const text = given.trim()
    const [, first = '', mark, second = '', third = ''] = shortPattern.exec(text) ?? []
    if (mark === undefined) continue
    const order: DateOrder | undefined =
      third.length === 2 && (Number(first) > 31 || first === '00')
        ? 'YMD'
        : Number(first) > 12 || (mark === '.' && third.length === 4)
          ? 'DMY'
          : Number(second) > 12
            ? 'MDY'
            : undefined
    if (order === undefined) undecided ??= text
    else if (!proofs.has(order)) proofs.set(order, text)
  }
  const [proof, ...more] = proofs
  if (proof) return { dateOrder: proof[0], isAmbiguous: more.length > 0, evidence: proof[1] }
  return undecided === undefined
    ? { dateOrder: 'YMD', isAmbiguous: false, evidence: undefined }
    : { dateOrder: 'MDY', isAmbiguous: true, evidence: undecided }
}

/** Whether a text looks like a date or time in any order. */
export const looksLikeTime = (text: string): boolean => dateOrders.some(dateOrder => !('fault' in readWrittenTime(text, { dateOrder })))
