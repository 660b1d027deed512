import { exp, nextWord, normalFromDraw, seedKey, streamState } from '../domain/numeric/index.ts'

const firstDay = '2025-01-02'
const dayMilliseconds = 86_400_000
const tradingDaysOfYear = 252

/** The days on which the made-up exchange is closed, apart from weekends. */
const closedDays: Readonly<Record<string, string>> = { '01-01': 'New Year', '07-04': 'A holiday in summer', '12-25': 'A holiday in winter' }

const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
const isWeekend = (date: string): boolean => [0, 6].includes(new Date(date).getUTCDay())

/** The trading days of the made-up exchange until a day, oldest first. The day itself is not one of them: it may not have ended. */
export const tradingDaysBefore = (today: string): readonly string[] =>
  Array.from({ length: (Date.parse(today) - Date.parse(firstDay)) / dayMilliseconds }, (_, day) =>
    dateOf(Date.parse(firstDay) + day * dayMilliseconds),
  ).filter(date => !isWeekend(date) && !(date.slice(5) in closedDays))

/** The holidays of the made-up exchange until the end of a year. */
export const holidaysUntil = (year: number) =>
  Array.from({ length: year - 2024 }, (_, index) => 2025 + index).flatMap(each =>
    Object.entries(closedDays)
      .map(([day, name]) => ({ date: `${each}-${day}`, name }))
      .filter(({ date }) => !isWeekend(date)),
  )

/** How a made-up price moves. Yearly figures, as fractions. */
export interface Movement {
  readonly start: number
  readonly driftAnnual: number
  readonly volatilityAnnual: number
}

/** The same numbers for the same seed and stream, on every machine. */
const normals = (seed: string, stream: number): (() => number) => {
  const state = Int32Array.from(streamState(seedKey(seed), stream, 0))
  return () => normalFromDraw(nextWord(state, 0))
}

const seed = '20250102'

/** A made-up figure for each day: a random walk of its logarithm. A longer list of days begins with the same figures. */
export const madeUpLevels = (stream: number, { driftAnnual, start, volatilityAnnual }: Movement, count: number): readonly number[] => {
  const next = normals(seed, stream)
  const [drift, volatility] = [driftAnnual / tradingDaysOfYear, volatilityAnnual / Math.sqrt(tradingDaysOfYear)]
  let level = start
  return Array.from({ length: count }, () => (level *= exp(drift - volatility ** 2 / 2 + volatility * next())))
}

/** A made-up bar of a day. Prices are decimal strings. */
export interface MadeUpBar {
  readonly time: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: string
}

/**
 * Made-up bars of days, oldest first.
 * @param split from its day on, prices are divided by its ratio
 */
export const madeUpBars = (
  stream: number,
  movement: Movement,
  days: readonly string[],
  split?: { readonly exDate: string; readonly ratio: number },
): readonly MadeUpBar[] => {
  const closes = madeUpLevels(stream, movement, days.length)
  // A stream of its own, so that the closes do not depend on it.
  const next = normals(seed, stream + 1000)
  const spread = movement.volatilityAnnual / Math.sqrt(tradingDaysOfYear) / 2
  return days.map((time, day) => {
    const close = closes[day]!
    const open = (closes[day - 1] ?? movement.start) * exp(spread * next())
    const high = Math.max(open, close) * exp(spread * Math.abs(next()))
    const low = Math.min(open, close) * exp(-spread * Math.abs(next()))
    const parts = split && time >= split.exDate ? split.ratio : 1
    const price = (figure: number) => (figure / parts).toFixed(4)
    return {
      time,
      open: price(open),
      high: price(high),
      low: price(low),
      close: price(close),
      volume: String(Math.round(1_000_000 * parts * exp(next() / 4))),
    }
  })
}
