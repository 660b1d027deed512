import type { IndicatorName } from '../../../../domain/market/indicators/index.ts'
import type { Series } from './series.ts'

/*
 * A second implementation of the indicators, directly from their definitions: whole arrays, and a new sum for every window. NaN means no value; an average
 * begins at the first value of its input.
 */
export type Values = readonly number[]

const windows = (values: Values, period: number, aggregate: (window: Values) => number): number[] =>
  values.map((_, bar) => (bar + 1 < period ? Number.NaN : aggregate(values.slice(bar + 1 - period, bar + 1))))
const sumOf = (values: Values): number => values.reduce((total, value) => total + value, 0)
const sum = (values: Values, period: number): number[] => windows(values, period, sumOf)
const mean = (values: Values, period: number): number[] => sum(values, period).map(total => total / period)
const highest = (values: Values, period: number): number[] => windows(values, period, window => Math.max(...window))
const lowest = (values: Values, period: number): number[] => windows(values, period, window => Math.min(...window))
const before = (values: Values, bars = 1): number[] => values.map((_, bar) => values[bar - bars] ?? Number.NaN)
const zip = (combine: (...values: number[]) => number, ...series: Values[]): number[] =>
  series[0]!.map((_, bar) => combine(...series.map(values => values[bar]!)))
const minus = (one: Values, other: Values): number[] => zip((a, b) => a - b, one, other)
const times = (one: Values, other: Values): number[] => zip((a, b) => a * b, one, other)
const over = (one: Values, other: Values): number[] => zip((a, b) => a / b, one, other)
const percent = (values: Values): number[] => values.map(value => 100 * value)
const weighted = (values: Values, period: number): number[] =>
  windows(values, period, window => sumOf(window.map((value, place) => (place + 1) * value)) / sumOf(window.map((_, place) => place + 1)))
const smoothed = (values: Values, period: number, weight: number): number[] => {
  const first = values.findIndex(Number.isFinite)
  const result = values.map(() => Number.NaN)
  if (first === -1 || first + period > values.length) return result
  result[first + period - 1] = sumOf(values.slice(first, first + period)) / period
  for (let bar = first + period; bar < values.length; bar++) result[bar] = weight * values[bar]! + (1 - weight) * result[bar - 1]!
  return result
}
const ema = (values: Values, period: number): number[] => smoothed(values, period, 2 / (period + 1))
const wilder = (values: Values, period: number): number[] => smoothed(values, period, 1 / period)

type Definition = readonly [IndicatorName, Record<string, number>, Record<string, Values>]

/** Every indicator but the parabolic stop and reverse, with parameters, and its outputs over the series. */
export const definitionsOf = (series: Series): Definition[] => {
  const [high, low, close, volume] = [series.high, series.low, series.close, series.volume].map(column => Array.from(column)) as [
    number[],
    number[],
    number[],
    number[],
  ]
  const closeBefore = before(close)
  const change = minus(close, closeBefore)
  const typical = zip((h, l, c) => (h + l + c) / 3, high, low, close)
  const middle = zip((h, l) => (h + l) / 2, high, low)
  const trueRange = zip((h, l, c) => Math.max(h - l, Math.abs(h - c), Math.abs(l - c)), high, low, closeBefore)
  const flow = zip((h, l, c, v) => ((2 * c - h - l) / (h - l)) * v, high, low, close, volume)
  const cumulative = (values: Values): number[] => values.map((_, bar) => sumOf(values.slice(0, bar + 1)))
  const midpoint = (period: number): number[] => zip((top, bottom) => (top + bottom) / 2, highest(high, period), lowest(low, period))
  const standing = (values: Values, period: number): number[] =>
    windows(values, period, window => (100 * (window.at(-1)! - Math.min(...window))) / (Math.max(...window) - Math.min(...window)))
  const strength = (period: number): number[] => {
    const [gains, losses] = [1, -1].map(side =>
      wilder(
        change.map(value => Math.max(side * value, 0)),
        period,
      ),
    )
    return zip((gain, loss) => 100 - 100 / (1 + gain / loss), gains!, losses!)
  }
  /** 100 if the greatest value of the window is the newest, 0 if it is the oldest. */
  const recency = (values: Values, period: number): number[] =>
    windows(values, period + 1, window => (100 * window.lastIndexOf(Math.max(...window))) / period)
  const negated = (values: Values): number[] => values.map(value => -value)

  const e1 = ema(close, 6)
  // Seeded with the first value of the previous average, which is the mean of six closes.
  const e2 = smoothed(e1, 1, 2 / 7)
  const e3 = smoothed(e2, 1, 2 / 7)
  const blau = (values: Values): number[] => ema(ema(values, 8), 5)
  const rsiStanding = standing(strength(5), 6)
  const ultimate = (period: number): number[] =>
    over(
      sum(
        zip((c, l, b) => c - Math.min(l, b), close, low, closeBefore),
        period,
      ),
      sum(trueRange, period),
    )

  const gap = minus(ema(close, 4), ema(close, 9))
  const deviation = windows(close, 6, window => {
    const center = sumOf(window) / 6
    return Math.sqrt(sumOf(window.map(value => (value - center) ** 2)) / 6)
  })
  const fast = zip((c, top, bottom) => (100 * (c - bottom)) / (top - bottom), close, highest(high, 6), lowest(low, 6))
  const oscillator = mean(fast, 2)
  const up = minus(high, before(high))
  const down = minus(before(low), low)
  /** For the movement in one direction: 1 upward, -1 downward. */
  const directional = (side: number): number[] => {
    const moved = zip((one, other) => (Number.isNaN(one) ? one : one > other && one > 0 ? one : 0), ...(side > 0 ? [up, down] : [down, up]))
    return percent(over(wilder(moved, 6), wilder(trueRange, 6)))
  }
  const dx = zip((plus, less) => (100 * Math.abs(plus - less)) / (plus + less), directional(1), directional(-1))
  const moneyFlow = (side: number): number[] =>
    sum(
      zip((price, last, v) => (Number.isNaN(last) ? last : side * (price - last) > 0 ? price * v : 0), typical, before(typical), volume),
      6,
    )

  return [
    ['smma', { period: 6 }, { smma: wilder(close, 6) }],
    ['dema', { period: 6 }, { dema: zip((a, b) => 2 * a - b, e1, e2) }],
    ['tema', { period: 6 }, { tema: zip((a, b, c) => 3 * a - 3 * b + c, e1, e2, e3) }],
    ['trix', { period: 6 }, { ema3: e3, trix: percent(over(minus(e3, before(e3)), before(e3))) }],
    [
      'hma',
      { period: 11 },
      {
        hma: weighted(
          zip((a, b) => 2 * a - b, weighted(close, 5), weighted(close, 11)),
          3,
        ),
      },
    ],
    ['vwma', { period: 6 }, { vwma: over(sum(times(close, volume), 6), sum(volume, 6)) }],
    ['vwapRolling', { period: 6 }, { vwap: over(sum(times(typical, volume), 6), sum(volume, 6)) }],
    [
      'vwapSession',
      {},
      {
        vwap: close.map((_, bar) => {
          const from = bar - (bar % 5)
          return sumOf(times(typical, volume).slice(from, bar + 1)) / sumOf(volume.slice(from, bar + 1))
        }),
      },
    ],
    ['momentum', { period: 6 }, { momentum: minus(close, before(close, 6)) }],
    [
      'aroon',
      { period: 6 },
      { aroonUp: recency(high, 6), aroonDown: recency(negated(low), 6), oscillator: minus(recency(high, 6), recency(negated(low), 6)) },
    ],
    [
      'vortex',
      { period: 6 },
      {
        pvi: over(sum(minus(high, before(low)).map(Math.abs), 6), sum(trueRange, 6)),
        nvi: over(sum(minus(low, before(high)).map(Math.abs), 6), sum(trueRange, 6)),
      },
    ],
    [
      'ichimoku',
      { tenkanPeriod: 4, kijunPeriod: 9, senkouPeriod: 17, displacement: 7 },
      {
        tenkanSen: midpoint(4),
        kijunSen: midpoint(9),
        senkouSpanA: before(
          zip((a, b) => (a + b) / 2, midpoint(4), midpoint(9)),
          7,
        ),
        senkouSpanB: before(midpoint(17), 7),
      },
    ],
    [
      'ultimateOscillator',
      { shortPeriod: 3, middlePeriod: 6, longPeriod: 12 },
      { oscillator: zip((a, b, c) => (100 * (4 * a + 2 * b + c)) / 7, ultimate(3), ultimate(6), ultimate(12)) },
    ],
    ['awesomeOscillator', { fastPeriod: 3, slowPeriod: 8 }, { oscillator: minus(mean(middle, 3), mean(middle, 8)) }],
    [
      'stochasticRsi',
      { rsiPeriod: 5, stochasticPeriod: 6, signalPeriod: 3, smoothPeriod: 2 },
      { stochasticRsi: mean(rsiStanding, 2), signal: mean(mean(rsiStanding, 2), 3) },
    ],
    [
      'tsi',
      { longPeriod: 8, shortPeriod: 5, signalPeriod: 4 },
      {
        tsi: percent(over(blau(change), blau(change.map(Math.abs)))),
        signal: ema(percent(over(blau(change), blau(change.map(Math.abs)))), 4),
      },
    ],
    ['cmf', { period: 6 }, { cmf: over(sum(flow, 6), sum(volume, 6)) }],
    ['adl', {}, { adl: cumulative(flow) }],
    ['chaikinOscillator', { fastPeriod: 3, slowPeriod: 8 }, { oscillator: minus(ema(cumulative(flow), 3), ema(cumulative(flow), 8)) }],
    ['forceIndex', { period: 6 }, { forceIndex: ema(times(change, volume), 6) }],
    ['sma', { period: 6 }, { sma: mean(close, 6) }],
    ['ema', { period: 6 }, { ema: e1 }],
    ['wma', { period: 6 }, { wma: weighted(close, 6) }],
    ['rsi', { period: 6 }, { rsi: strength(6) }],
    ['macd', { fastPeriod: 4, slowPeriod: 9, signalPeriod: 5 }, { macd: gap, signal: ema(gap, 5), histogram: minus(gap, ema(gap, 5)) }],
    [
      'bollinger',
      { period: 6, deviations: 1.5 },
      {
        sma: mean(close, 6),
        upperBand: zip((center, spread) => center + 1.5 * spread, mean(close, 6), deviation),
        lowerBand: zip((center, spread) => center - 1.5 * spread, mean(close, 6), deviation),
        percentB: zip((price, center, spread) => (price - center + 1.5 * spread) / (3 * spread), close, mean(close, 6), deviation),
        width: zip((center, spread) => (3 * spread) / center, mean(close, 6), deviation),
        zScore: over(minus(close, mean(close, 6)), deviation),
      },
    ],
    [
      'standardDeviation',
      { period: 6 },
      { standardDeviation: deviation, mean: mean(close, 6), zScore: over(minus(close, mean(close, 6)), deviation) },
    ],
    ['atr', { period: 6 }, { tr: trueRange, atr: wilder(trueRange, 6), atrp: percent(over(wilder(trueRange, 6), close)) }],
    ['adx', { period: 6 }, { pdi: directional(1), mdi: directional(-1), dx, adx: wilder(dx, 6) }],
    [
      'stochastic',
      { period: 6, signalPeriod: 3, smoothPeriod: 2 },
      { oscillator, signal: mean(oscillator, 3), percentJ: zip((k, d) => 3 * k - 2 * d, oscillator, mean(oscillator, 3)) },
    ],
    ['williamsR', { period: 6 }, { williamsR: fast.map(value => value - 100) }],
    [
      'cci',
      { period: 6 },
      {
        cci: windows(typical, 6, window => {
          const center = sumOf(window) / 6
          return (window.at(-1)! - center) / ((0.015 * sumOf(window.map(value => Math.abs(value - center)))) / 6)
        }),
      },
    ],
    ['roc', { period: 6 }, { roc: percent(over(minus(close, before(close, 6)), before(close, 6))) }],
    ['obv', {}, { obv: cumulative(zip((d, v) => (Number.isNaN(d) ? 0 : Math.sign(d) * v), change, volume)) }],
    ['mfi', { period: 6 }, { mfi: zip((gain, loss) => 100 - 100 / (1 + gain / loss), moneyFlow(1), moneyFlow(-1)) }],
    ['vwap', {}, { vwap: over(cumulative(times(typical, volume)), cumulative(volume)) }],
    [
      'donchian',
      { period: 6 },
      {
        upperBand: before(highest(high, 6)),
        lowerBand: before(lowest(low, 6)),
        centerline: before(midpoint(6)),
        width: before(over(minus(highest(high, 6), lowest(low, 6)), midpoint(6))),
      },
    ],
    [
      'keltner',
      { period: 6, multiplier: 1.5, atrPeriod: 9 },
      {
        centerline: e1,
        upperBand: zip((center, range) => center + 1.5 * range, e1, wilder(trueRange, 9)),
        lowerBand: zip((center, range) => center - 1.5 * range, e1, wilder(trueRange, 9)),
        width: zip((center, range) => (3 * range) / center, e1, wilder(trueRange, 9)),
      },
    ],
  ]
}
