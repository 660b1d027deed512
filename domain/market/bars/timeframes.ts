/** The lengths of bars, in ascending order; `1mo` is a calendar month. */
export const timeframes = ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1mo'] as const
export type Timeframe = (typeof timeframes)[number]

const seconds: Readonly<Record<Timeframe, number>> = {
  '1m': 60,
  '5m': 300,
  '15m': 900,
  '30m': 1800,
  '1h': 3600,
  '4h': 14_400,
  '1d': 86_400,
  '1w': 604_800,
  '1mo': 2_592_000,
}

/** Nominal length: a month counts as 30 days. */
export const timeframeSeconds = (timeframe: Timeframe): number => seconds[timeframe]

/** Whether bars are a day or longer: their time is the exchange's date, written at 00:00 UTC. */
export const isDated = (timeframe: Timeframe): boolean => timeframe === '1d' || timeframe === '1w' || timeframe === '1mo'

const known: ReadonlySet<string> = new Set(timeframes)
export const isTimeframe = (text: unknown): text is Timeframe => typeof text === 'string' && known.has(text)
