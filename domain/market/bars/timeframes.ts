/** How long bars may be; `1mo` is a calendar month. In ascending order. */
export const timeframes = ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1mo'] as const
export type Timeframe = (typeof timeframes)[number]

/** A day or longer: such a bar's time is the exchange's date, written at 00:00 UTC. */
export const isDated = (timeframe: Timeframe): boolean => timeframe === '1d' || timeframe === '1w' || timeframe === '1mo'

const known: ReadonlySet<string> = new Set(timeframes)
export const isTimeframe = (text: unknown): text is Timeframe => typeof text === 'string' && known.has(text)
