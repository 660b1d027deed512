import { isDated, type Timeframe, timeframeSeconds } from './timeframes.ts'

/** A length of bars that can be computed from shorter bars: a number of minutes within a day, or of days, weeks or calendar months. */
export interface ResampledLength {
  readonly unit: 'minute' | 'day' | 'week' | 'month'
  readonly count: number
}

export const resampledPattern = /^([1-9]\d{0,3})(m|h|d|w|mo|y)$/

const units = {
  m: { unit: 'minute', count: 1 },
  h: { unit: 'minute', count: 60 },
  d: { unit: 'day', count: 1 },
  w: { unit: 'week', count: 1 },
  mo: { unit: 'month', count: 1 },
  y: { unit: 'month', count: 12 },
} as const satisfies Record<string, ResampledLength>

/** Parses the length in a text like `90m`, `4h`, `3d`, `2w`, `3mo` or `1y`. @param text matches `resampledPattern`. */
export const readResampledLength = (text: string): ResampledLength => {
  const [, count, name] = resampledPattern.exec(text) ?? []
  if (name === undefined) throw new TypeError(`${text} is not a bar length.`)
  const { count: size, unit } = units[name as keyof typeof units]
  return { unit, count: Number(count) * size }
}

const unitSeconds = { minute: 60, day: 86_400, week: 604_800, month: 2_592_000 }

/** Nominal: a month counts 30 days. */
export const resampledSeconds = ({ count, unit }: ResampledLength): number => count * unitSeconds[unit]

const minutesPerDay = 1440

/**
 * Whether bars of a timeframe can be combined into whole bars of a length: for minutes, a multiple of the timeframe and less than a day; for whole days, weeks
 * or months, any shorter timeframe. Weeks do not form days or months, and months do not form days or weeks, since they do not end together.
 */
export const canResample = (from: Timeframe, to: ResampledLength): boolean => {
  if (resampledSeconds(to) <= timeframeSeconds(from)) return false
  if (to.unit === 'minute') return !isDated(from) && to.count < minutesPerDay && (to.count * 60) % timeframeSeconds(from) === 0
  if (from === '1w') return to.unit === 'week'
  return from !== '1mo' || to.unit === 'month'
}
