import { describe, expect, it } from 'vitest'
import { type Indicator, type IndicatorName, indicators } from '../../../../domain/market/indicators/index.ts'
import { definitionsOf, type Values } from './by-definition.ts'
import { type Series, wandering } from './series.ts'

const SERIES = {
  'many bars': wandering(160, 11),
  'other bars': wandering(150, 2_021),
  'bars without volume on some days': {
    ...wandering(120, 5),
    volume: wandering(120, 5).volume.map((value, bar) => (bar % 7 === 3 ? 0 : value)),
  },
  'few bars': wandering(11, 3),
  'one bar': wandering(1, 4),
}

/** Bars at which two columns differ by more than rounding. */
const differences = (values: Float64Array, expected: Values): string[] =>
  expected.flatMap((wanted, bar) => {
    const found = values[bar]!
    const agrees = Number.isNaN(wanted) ? Number.isNaN(found) : Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
    return agrees ? [] : [`bar ${bar}: ${found}, not ${wanted}`]
  })

describe.each(Object.entries(SERIES))('by definition, over %s', (_, series) => {
  it.each(definitionsOf(series))('%s', (name, parameters, expected) => {
    const values: Record<string, Float64Array> = (indicators[name] as Indicator).batch(series, parameters)
    expect(Object.keys(expected).toSorted()).toEqual(Object.keys(values).toSorted())
    for (const [output, wanted] of Object.entries(expected)) expect(differences(values[output]!, wanted), output).toEqual([])
  })
})

it('covers every indicator, except the stop and reverse, which has worked examples below', () => {
  const tried = definitionsOf(SERIES['one bar']).map(([name]) => name)
  expect([...tried, 'parabolicSar'].toSorted()).toEqual(Object.keys(indicators).toSorted())
})

const barsOf = (rows: readonly (readonly [high: number, low: number])[]): Pick<Series, 'high' | 'low'> => ({
  high: Float64Array.from(rows, ([high]) => high),
  low: Float64Array.from(rows, ([, low]) => low),
})

/** TA_SAR of TA-Lib 0.6, statement by statement, from the second bar on. */
const stopsOfTaLib = (high: Float64Array, low: Float64Array, acceleration: number, maximum: number): number[] => {
  const [up, down] = [high[1]! - high[0]!, low[0]! - low[1]!]
  let isLong = !(down > 0 && up < down)
  let [extreme, stop] = isLong ? [high[1]!, low[0]!] : [low[1]!, high[0]!]
  let [newHigh, newLow, factor] = [high[1]!, low[1]!, acceleration]
  const stops: number[] = []
  for (let today = 1; today < high.length; today += 1) {
    const [oldHigh, oldLow] = [newHigh, newLow]
    ;[newHigh, newLow] = [high[today]!, low[today]!]
    if (isLong ? newLow <= stop : newHigh >= stop) {
      isLong = !isLong
      stop = isLong ? Math.min(extreme, oldLow, newLow) : Math.max(extreme, oldHigh, newHigh)
      stops.push(stop)
      factor = acceleration
      extreme = isLong ? newHigh : newLow
    } else {
      stops.push(stop)
      if (isLong ? newHigh > extreme : newLow < extreme) {
        extreme = isLong ? newHigh : newLow
        factor = Math.min(factor + acceleration, maximum)
      }
    }
    stop += factor * (extreme - stop)
    stop = isLong ? Math.min(stop, oldLow, newLow) : Math.max(stop, oldHigh, newHigh)
  }
  return stops
}

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
    // 8, the low of the first bar; 8 + 0.25 (16 - 8) = 10; 10 + 0.5 (20 - 10) = 15, not past 10; 10 + 0.5 (24 - 10) = 17, not past 14;
    // 14 + 0.5 (24 - 14) = 19, not past 17, which 12 breaks: the stop is the high of 24. 24 + 0.25 (12 - 24) = 21, not below the high of 23;
    // 23 + 0.5 (10 - 23) = 16.5, not below 20.
    expect(Array.from(sar)).toEqual([Number.NaN, 8, 10, 10, 14, 24, 23, 20])
    expect(Array.from(isReversal)).toEqual([Number.NaN, 0, 0, 0, 0, 1, 0, 0])
  })

  it('begins downward if the downward movement of the second bar is the greater one', () => {
    const falling = barsOf([
      [20, 16],
      [19, 13],
      [17, 9],
      [13, 8],
    ])
    // 20 + 0.25 (13 - 20) = 18.25, not below the high of 19; 19 + 0.5 (9 - 19) = 14, not below 19.
    expect(Array.from(indicators.parabolicSar.batch(falling, steps).sar)).toEqual([Number.NaN, 20, 19, 19])
  })

  it('reverses at a touch, to a stop outside the range of the bar and of the one before', () => {
    const touched = barsOf([
      [12, 8],
      [16, 10],
      [15, 10],
      [25, 9],
    ])
    // 8 + 0.25 (16 - 8) = 10, which 10 touches: the stop is 16; 16 + 0.25 (10 - 16) = 14.5, not below 16, which 25 breaks.
    const { sar, isReversal } = indicators.parabolicSar.batch(touched, steps)
    expect(Array.from(sar)).toEqual([Number.NaN, 8, 16, 9])
    expect(Array.from(isReversal)).toEqual([Number.NaN, 0, 1, 1])
    const outside = barsOf([
      [12, 8],
      [16, 10],
      [30, 9],
    ])
    expect(Array.from(indicators.parabolicSar.batch(outside, steps).sar)).toEqual([Number.NaN, 8, 30])
  })

  it('equals the algorithm of TA-Lib, also with prices of few decimals, which often touch the stop', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const series = wandering(300, seed)
      const rounded = { high: series.high.map(Math.round), low: series.low.map(Math.round) }
      for (const { high, low } of [series, rounded])
        expect(Array.from(indicators.parabolicSar.batch({ high, low }).sar.subarray(1))).toEqual(stopsOfTaLib(high, low, 0.02, 0.2))
    }
  })

  it('gives mirrored values for mirrored prices', () => {
    const series = wandering(160, 11)
    const mirrored = { high: series.low.map(price => 200 - price), low: series.high.map(price => 200 - price) }
    const [up, down] = [indicators.parabolicSar.batch(series), indicators.parabolicSar.batch(mirrored)]
    expect(down.isReversal).toEqual(up.isReversal)
    for (const [bar, stop] of up.sar.subarray(1).entries()) expect(down.sar[bar + 1]).toBeCloseTo(200 - stop, 9)
  })
})

it('Aroon counts from the most recent of equal extremes, also after an older extreme has left the window', () => {
  const highs = [9, 5, 7, 7, 6, 7, 7]
  const { aroonUp, aroonDown } = indicators.aroon.batch(barsOf(highs.map(high => [high, -high])), { period: 4 })
  expect(Array.from(aroonUp.subarray(4))).toEqual([0, 100, 100])
  expect(Array.from(aroonDown.subarray(4))).toEqual([0, 100, 100])
  const left = indicators.aroon.batch(barsOf([9, 7, 7, 3, 3, 3].map(high => [high, -high])), { period: 4 })
  expect(Array.from(left.aroonUp.subarray(4))).toEqual([0, 25])
})

describe('with a divisor of zero', () => {
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

  it('both bands are at the mean, and %b and z-score are undefined', () => {
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

  it('DX is 0 when ranges only narrow, since there is no movement in either direction', () => {
    const narrowing = {
      ...still,
      high: Float64Array.from(flat, (_, bar) => 100 - bar),
      low: Float64Array.from(flat, (_, bar) => bar - 100),
    }
    expect(last('adx', narrowing)).toEqual({ pdi: 0, mdi: 0, dx: 0, adx: 0 })
  })
})
