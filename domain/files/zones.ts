import { epochDay } from '../shared/index.ts'

/** Offsets change at whole quarters of an hour. */
const quarterMs = 900_000
const microsecondsPerMs = 1000
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timezone: string): Intl.DateTimeFormat => {
  let format = formats.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timezone, format)
  }
  return format
}

/** Whether a text is the IANA name of a timezone. */
export const isTimezone = (text: string): boolean => {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    return formatOf(text) !== undefined
  } catch {
    return false
  }
}

const localMs = (format: Intl.DateTimeFormat, instantMs: number): number => {
  const parts: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(instantMs)) parts[type] = value
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year'])
  const day = epochDay(year, Number(parts['month']), Number(parts['day']))
  return ((day * 24 + Number(parts['hour'])) * 60 + Number(parts['minute'])) * 60_000 + Number(parts['second']) * 1000
}

/**
 * The clock of a timezone. It reads local times in the order of a file, so that the hour that daylight saving time repeats at its end is read as
 * the file goes: the second time that it comes is an hour later.
 */
export class LocalClock {
  readonly #format: Intl.DateTimeFormat
  readonly #offsets = new Map<number, number>()
  readonly #last = new Map<string, { instant: number; isFalling: boolean }>()

  /** @param timezone an IANA name */
  constructor(timezone: string) {
    this.#format = formatOf(timezone)
  }

  #offset(instantMs: number): number {
    const quarter = Math.floor(instantMs / quarterMs)
    const known = this.#offsets.get(quarter)
    if (known !== undefined) return known
    if (this.#offsets.size > 100_000) this.#offsets.clear()
    const offset = localMs(this.#format, quarter * quarterMs) - quarter * quarterMs
    this.#offsets.set(quarter, offset)
    return offset
  }

  /** What the clock shows at an instant. Both in microseconds from 1970. */
  localOf(instant: number): number {
    return instant + this.#offset(Math.floor(instant / microsecondsPerMs)) * microsecondsPerMs
  }

  /**
   * Microseconds from 1970 UTC to a local time; undefined if the clocks skip it.
   * @param local microseconds from 1970 as the clock shows them
   * @param series rows in order of time, such as those of a symbol
   */
  instantOf(local: number, series = ''): number | undefined {
    const ms = Math.floor(local / microsecondsPerMs)
    const rest = local - ms * microsecondsPerMs
    const day = 86_400_000
    const [before, after] = [this.#offset(ms - day), this.#offset(ms + day)]
    if (before === after) return this.#note(series, (ms - before) * microsecondsPerMs + rest)
    const candidates = [before, after]
      .map(offset => ms - offset)
      .filter(instant => this.#offset(instant) === ms - instant)
      .map(instant => instant * microsecondsPerMs + rest)
      .toSorted((left, right) => left - right)
    const last = this.#last.get(series)
    const [early, late = early] = candidates
    if (early === undefined) return undefined
    const isLate = last !== undefined && (last.isFalling ? late! < last.instant : early <= last.instant)
    return this.#note(series, isLate ? late! : early)
  }

  #note(series: string, instant: number): number {
    const last = this.#last.get(series)
    if (!last) this.#last.set(series, { instant, isFalling: false })
    else {
      if (instant !== last.instant) last.isFalling = instant < last.instant
      last.instant = instant
    }
    return instant
  }
}
