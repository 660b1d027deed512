import { describe, expect, it } from 'vitest'
import { type Indicator, type IndicatorName, indicators } from '../../../../domain/market/indicators/index.ts'
import { type Series, wandering } from './series.ts'

/*
 * Indicators once more, straight from their definitions: whole arrays, every window summed afresh. NaN is what has no value; an average
 * begins at its input's first one.
 */
type Values = readonly number[]

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
  result[first + period - 1] = sumOf(values.slice(first, first + period)) / period
  for (let bar = first + period; bar < values.length; bar++) result[bar] = weight * values[bar]! + (1 - weight) * result[bar - 1]!
  return result
}
const ema = (values: Values, period: number): number[] => smoothed(values, period, 2 / (period + 1))
const wilder = (values: Values, period: number): number[] => smoothed(values, period, 1 / period)

const series = wandering(160, 11)
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
/** 100 where the greatest of the window is its newest, 0 where it is its oldest. */
const recency = (values: Values, period: number): number[] =>
  windows(values, period + 1, window => (100 * window.lastIndexOf(Math.max(...window))) / period)
const negated = (values: Values): number[] => values.map(value => -value)

const e1 = ema(close, 6)
const e2 = ema(e1, 6)
const e3 = ema(e2, 6)
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

const DEFINITIONS: [IndicatorName, Record<string, number>, Record<string, Values>][] = [
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
]

describe('by definition', () => {
  it.each(DEFINITIONS)('%s', (name, parameters, expected) => {
    const values = (indicators[name] as Indicator).batch(series, parameters)
    expect(Object.keys(expected).toSorted()).toEqual(Object.keys(values).toSorted())
    for (const [output, wanted] of Object.entries(expected)) {
      for (const [bar, value] of wanted.entries()) {
        const found = values[output]![bar]!
        const agrees = Number.isNaN(value) ? Number.isNaN(found) : Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value))
        expect(agrees, `${output} at ${bar}: ${found}, not ${value}`).toBe(true)
      }
    }
  })
})

const barsOf = (rows: readonly (readonly [high: number, low: number])[]): Pick<Series, 'high' | 'low'> => ({
  high: Float64Array.from(rows, ([high]) => high),
  low: Float64Array.from(rows, ([, low]) => low),
})

describe('the parabolic stop and reverse', () => {
  const steps = { step: 0.25, maximum: 0.5 }

  it('accelerates with new highs, stays below two lows, and reverses at the extreme point', () => {
    const { sar, isReversal } = indicators.parabolicSar.batch(
      barsOf([
        [12, 8],
        [16, 10],
        [20, 14],
        [24, 18],
        [23, 17],
        [20, 12],
        [18, 10],
        [19, 11],
      ]),
      steps,
    )
    // 9 at first, but not past the low of 8; 8 + 0.5 (16 - 8) = 12, not past 8; 14, not past 10; 10 + 0.5 (24 - 10) = 17, not past 14;
    // 14 + 0.5 (24 - 14) = 19, not past 17, which 12 breaks: the stop is the high of 24. 24 + 0.25 (12 - 24) = 21, not below the high of 23;
    // 23 + 0.5 (10 - 23) = 16.5, not below 20.
    expect(Array.from(sar)).toEqual([Number.NaN, 8, 8, 10, 14, 24, 23, 20])
    expect(Array.from(isReversal)).toEqual([Number.NaN, 0, 0, 0, 0, 1, 0, 0])
  })

  it('begins downward where the second bar moves down the more', () => {
    const falling = barsOf([
      [20, 16],
      [19, 13],
      [17, 9],
      [13, 8],
    ])
    // 20 + 0.5 (13 - 20) = 16.5, not below the high of 20; 20 + 0.5 (9 - 20) = 14.5, not below 19.
    expect(Array.from(indicators.parabolicSar.batch(falling, steps).sar)).toEqual([Number.NaN, 20, 20, 19])
  })

  it('is the same for falling as for rising prices, mirrored', () => {
    const mirrored = { high: series.low.map(price => 200 - price), low: series.high.map(price => 200 - price) }
    const [up, down] = [indicators.parabolicSar.batch(series), indicators.parabolicSar.batch(mirrored)]
    expect(down.isReversal).toEqual(up.isReversal)
    for (const [bar, stop] of up.sar.subarray(1).entries()) expect(down.sar[bar + 1]).toBeCloseTo(200 - stop, 9)
  })
})

it('Aroon counts from the most recent of equal extremes, whether it is new or the one before has left', () => {
  const highs = [9, 5, 7, 7, 6, 7, 7]
  const { aroonUp, aroonDown } = indicators.aroon.batch(barsOf(highs.map(high => [high, -high])), { period: 4 })
  expect(Array.from(aroonUp.subarray(4))).toEqual([0, 100, 100])
  expect(Array.from(aroonDown.subarray(4))).toEqual([0, 100, 100])
  const left = indicators.aroon.batch(barsOf([9, 7, 7, 3, 3, 3].map(high => [high, -high])), { period: 4 })
  expect(Array.from(left.aroonUp.subarray(4))).toEqual([0, 25])
})

describe('where a definition has nothing to divide by', () => {
  const flat = new Float64Array(40).fill(5)
  const still: Series = { open: flat, high: flat, low: flat, close: flat, volume: new Float64Array(40), session: flat }
  const last = (name: IndicatorName, given: Series = still) =>
    Object.fromEntries(Object.entries((indicators[name] as Indicator).batch(given)).map(([output, values]) => [output, values.at(-1)]))

  it.each(['rsi', 'stochastic', 'williamsR', 'cci', 'mfi', 'cmf', 'vwap', 'vwma', 'ultimateOscillator', 'adx', 'vortex', 'tsi'] as const)(
    '%s is undefined',
    name => {
      for (const value of Object.values(last(name))) expect(value).toBeNaN()
    },
  )

  it('bands close, and have no inside', () => {
    expect(last('bollinger')).toEqual({ sma: 5, upperBand: 5, lowerBand: 5, percentB: Number.NaN, width: 0, zScore: Number.NaN })
  })

  it('RSI and MFI are 100 when prices only rise, and 0 when they only fall', () => {
    const rising = { ...wandering(40, 1), close: Float64Array.from(flat, (_, bar) => bar + 1) }
    rising.high = rising.low = rising.close
    const falling = { ...rising, close: rising.close.toReversed() }
    falling.high = falling.low = falling.close
    expect([last('rsi', rising), last('mfi', rising)]).toEqual([{ rsi: 100 }, { mfi: 100 }])
    expect([last('rsi', falling), last('mfi', falling)]).toEqual([{ rsi: 0 }, { mfi: 0 }])
  })

  it('DX is 0 when ranges only narrow, which is movement neither way', () => {
    const narrowing = {
      ...still,
      high: Float64Array.from(flat, (_, bar) => 100 - bar),
      low: Float64Array.from(flat, (_, bar) => bar - 100),
    }
    expect(last('adx', narrowing)).toEqual({ pdi: 0, mdi: 0, dx: 0, adx: 0 })
  })
})
