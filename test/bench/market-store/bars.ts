/** One bar as texts: symbol, time, open, high, low, close, volume. */
export type BenchBar = readonly [string, string, string, string, string, string, string]

/** Number of minutes in a trading day. */
const session = 390

/** Seeded draws in [0, 1): a linear congruential generator modulo 2^31, which is good enough for test prices. */
const drawer = () => {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x80000000
  }
}

/** Minute bars that move like prices. All symbols of a minute are together, as in a live feed. */
export const minuteBars = (symbols: number, count: number): BenchBar[] => {
  const draw = drawer()
  const closes = Array.from({ length: symbols }, () => 10_000 + Math.floor(draw() * 20_000))
  const bars: BenchBar[] = []
  for (let minute = 0; bars.length < count; minute += 1) {
    const day = Math.floor(minute / session)
    const date = Date.UTC(2026, 0, 5, 14, 30) + (day + 2 * Math.floor(day / 5)) * 86_400_000
    const time = new Date(date + (minute % session) * 60_000).toISOString().replace('.000', '')
    for (let symbol = 0; symbol < symbols && bars.length < count; symbol += 1) {
      const open = closes[symbol]! + Math.round((draw() - 0.5) * 4)
      const close = Math.max(100, open + Math.round((draw() + draw() + draw() - 1.5) * 20))
      const cents = [open, Math.max(open, close) + Math.floor(draw() * 8), Math.min(open, close) - Math.floor(draw() * 8), close]
      closes[symbol] = close
      bars.push([
        `S${symbol}`,
        time,
        ...(cents.map(value => (value / 100).toFixed(2)) as [string, string, string, string]),
        String(Math.floor(draw() * draw() * 50_000)),
      ])
    }
  }
  return bars
}

export const asJson = (bars: readonly BenchBar[]): string =>
  JSON.stringify({
    bars: bars.map(([symbol, time, open, high, low, close, volume]) => ({ symbol, timeframe: '1m', time, open, high, low, close, volume })),
  })

export const asCsv = (bars: readonly BenchBar[]): string =>
  `symbol,timeframe,time,open,high,low,close,volume\n${bars.map(([symbol, ...rest]) => `${symbol},1m,${rest.join(',')}\n`).join('')}`
