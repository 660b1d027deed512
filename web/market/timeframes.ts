import type { ApiAnswer } from '../../lambdas/api-types.ts'
import type { adjustments, timeframeNames } from '#messages/market'

export type Instrument = ApiAnswer<'GET /v1/market/instruments/{symbol}'>
export type Timeframe = keyof typeof timeframeNames
export type Adjustment = keyof typeof adjustments

/** What the chart shows: a stored series, or longer bars that are made of one. */
export interface Shown {
  readonly stored: Timeframe
  readonly resample: '1w' | '1mo' | undefined
  readonly firstTime: string
  readonly lastTime: string
}

const daySeconds = 86_400
const seconds: Readonly<Record<Timeframe, number>> = {
  '1m': 60,
  '5m': 300,
  '15m': 900,
  '30m': 1800,
  '1h': 3600,
  '4h': 14_400,
  '1d': daySeconds,
  '1w': 7 * daySeconds,
  '1mo': 30 * daySeconds,
}

/** Bars of a day or longer have a date and no time. */
export const isDated = (timeframe: Timeframe): boolean => seconds[timeframe] >= daySeconds

/** The timeframes that can be shown: the stored ones, and weeks and months if there are days. */
export const timeframesOf = (series: Instrument['series']): readonly Timeframe[] => {
  const stored = new Set<Timeframe>(series.map(({ timeframe }) => timeframe))
  const all = Object.keys(seconds) as Timeframe[]
  return all.filter(timeframe => stored.has(timeframe) || (stored.has('1d') && (timeframe === '1w' || timeframe === '1mo')))
}

/** The series behind a timeframe; undefined if there is none. */
export const shownSeries = (series: Instrument['series'], timeframe: Timeframe): Shown | undefined => {
  const own = series.find(each => each.timeframe === timeframe)
  if (own) return { ...own, stored: own.timeframe, resample: undefined }
  const days = series.find(each => each.timeframe === '1d')
  return days && (timeframe === '1w' || timeframe === '1mo') ? { ...days, stored: '1d', resample: timeframe } : undefined
}

/** Milliseconds that are loaded at a time: about 500 bars of an exchange that trades in the daytime on weekdays. */
export const windowMilliseconds = ({ resample, stored }: Pick<Shown, 'resample' | 'stored'>): number => {
  const length = seconds[resample ?? stored] * 1000
  return isDated(stored) ? length * 730 : length * 2600
}
