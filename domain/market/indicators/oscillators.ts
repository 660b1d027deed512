import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { Previous, ratio, TrueRange, typicalPrice } from './steps.ts'
import { Delay, WindowMaximum, WindowMinimum, WindowSum } from './windows.ts'

/**
 * Stochastic oscillator: %K, the position of the close between the lowest low and the highest high of the last `period` bars, in 0..100, as a
 * simple mean over `smoothPeriod` (1 is the fast stochastic, 3 the slow one); the signal %D, its simple mean over `signalPeriod`; and
 * %J = 3 %K - 2 %D. Undefined while that range is nil. Warm-up: period + smoothPeriod - 2, and signalPeriod - 1 more for %D and %J.
 * George Lane, Stocks & Commodities 2:3, 1984.
 */
export const stochastic = defineIndicator({
  title: 'Stochastic oscillator',
  parameters: [bars('period', 14), bars('signalPeriod', 3), bars('smoothPeriod', 3)],
  inputs: ['high', 'low', 'close'],
  outputs: ['oscillator', 'signal', 'percentJ'],
  memory: 'window',
  warmUp({ period, signalPeriod, smoothPeriod }) {
    const oscillator = period + smoothPeriod - 2
    const signal = oscillator + signalPeriod - 1
    return { oscillator, signal, percentJ: signal }
  },
  start({ period, signalPeriod, smoothPeriod }) {
    const [highest, lowest] = [new WindowMaximum(period), new WindowMinimum(period)]
    const [smooth, mean] = [new WindowSum(smoothPeriod), new WindowSum(signalPeriod)]
    return ({ high, low, close }, { oscillator, signal, percentJ }, from, to) => {
      for (let i = from; i < to; i++) {
        const bottom = lowest.push(low[i]!)
        const k = smooth.push(100 * ratio(close[i]! - bottom, highest.push(high[i]!) - bottom)) / smoothPeriod
        const d = mean.push(k) / signalPeriod
        oscillator[i] = k
        signal[i] = d
        percentJ[i] = 3 * k - 2 * d
      }
    }
  },
})

/**
 * Williams %R: how far the close is below the highest high of the last `period` bars, in percent of their range: 0 at the high, -100 at the
 * low. Undefined while that range is nil. Warm-up: period - 1. Larry Williams, 1973.
 */
export const williamsR = defineIndicator({
  title: 'Williams %R',
  parameters: [bars('period', 14)],
  inputs: ['high', 'low', 'close'],
  outputs: ['williamsR'],
  memory: 'window',
  warmUp: ({ period }) => ({ williamsR: period - 1 }),
  start({ period }) {
    const [highest, lowest] = [new WindowMaximum(period), new WindowMinimum(period)]
    return ({ high, low, close }, { williamsR }, from, to) => {
      for (let i = from; i < to; i++) {
        const top = highest.push(high[i]!)
        williamsR[i] = 100 * ratio(close[i]! - top, top - lowest.push(low[i]!))
      }
    }
  },
})

/**
 * Commodity channel index: how far the typical price is from its mean over the last `period` bars, in units of 0.015 mean absolute deviations
 * from that mean. Undefined while all are the same. Warm-up: period - 1. Donald Lambert, Commodities, October 1980.
 */
export const cci = defineIndicator({
  title: 'Commodity channel index',
  parameters: [bars('period', 20, 2)],
  inputs: ['high', 'low', 'close'],
  outputs: ['cci'],
  memory: 'window',
  warmUp: ({ period }) => ({ cci: period - 1 }),
  start({ period }) {
    const sum = new WindowSum(period)
    const prices = new Float64Array(period)
    let place = 0
    return ({ high, low, close }, { cci }, from, to) => {
      for (let i = from; i < to; i++) {
        const price = typicalPrice(high[i]!, low[i]!, close[i]!)
        const mean = sum.push(price) / period
        prices[place] = price
        place = place + 1 === period ? 0 : place + 1
        let distances = 0
        for (let k = 0; k < period; k++) distances += Math.abs(prices[k]! - mean)
        cci[i] = ratio(price - mean, (0.015 * distances) / period)
      }
    }
  },
})

/** Rate of change: the change of the close over `period` bars, in percent of the earlier close. Warm-up: period. */
export const roc = defineIndicator({
  title: 'Rate of change',
  parameters: [bars('period', 14)],
  inputs: ['close'],
  outputs: ['roc'],
  memory: 'window',
  warmUp: ({ period }) => ({ roc: period }),
  start({ period }) {
    const delay = new Delay(period)
    return ({ close }, { roc }, from, to) => {
      for (let i = from; i < to; i++) {
        const before = delay.push(close[i]!)
        roc[i] = 100 * ratio(close[i]! - before, before)
      }
    }
  },
})

/** Momentum: the change of the close over `period` bars, in units of price. Warm-up: period. */
export const momentum = defineIndicator({
  title: 'Momentum',
  parameters: [bars('period', 10)],
  inputs: ['close'],
  outputs: ['momentum'],
  memory: 'window',
  warmUp: ({ period }) => ({ momentum: period }),
  start({ period }) {
    const delay = new Delay(period)
    return ({ close }, { momentum }, from, to) => {
      for (let i = from; i < to; i++) momentum[i] = close[i]! - delay.push(close[i]!)
    }
  },
})

/**
 * Ultimate oscillator, in 0..100: the sums of buying pressure, close - min(low, close before), over those of the true range, for three
 * periods, weighted 4, 2 and 1. Undefined while the true range is nil. Warm-up: longPeriod. Larry Williams, Stocks & Commodities 3:4, 1985.
 */
export const ultimateOscillator = defineIndicator({
  title: 'Ultimate oscillator',
  parameters: [bars('shortPeriod', 7), bars('middlePeriod', 14), bars('longPeriod', 28)],
  inputs: ['high', 'low', 'close'],
  outputs: ['oscillator'],
  memory: 'window',
  conflict: ({ shortPeriod, middlePeriod, longPeriod }) =>
    shortPeriod < middlePeriod && middlePeriod < longPeriod ? undefined : 'shortPeriod, middlePeriod and longPeriod must ascend',
  warmUp: ({ longPeriod }) => ({ oscillator: longPeriod }),
  start({ shortPeriod, middlePeriod, longPeriod }) {
    const [pressure1, pressure2, pressure3] = [new WindowSum(shortPeriod), new WindowSum(middlePeriod), new WindowSum(longPeriod)]
    const [range1, range2, range3] = [new WindowSum(shortPeriod), new WindowSum(middlePeriod), new WindowSum(longPeriod)]
    const [closes, ranges] = [new Previous(), new TrueRange()]
    return ({ high, low, close }, { oscillator }, from, to) => {
      for (let i = from; i < to; i++) {
        const pressure = close[i]! - Math.min(low[i]!, closes.push(close[i]!))
        const range = ranges.push(high[i]!, low[i]!, close[i]!)
        const short = ratio(pressure1.push(pressure), range1.push(range))
        const middle = ratio(pressure2.push(pressure), range2.push(range))
        const long = ratio(pressure3.push(pressure), range3.push(range))
        oscillator[i] = (100 * (4 * short + 2 * middle + long)) / 7
      }
    }
  },
})

/**
 * Awesome oscillator: the simple mean of the midpoint (high + low) / 2 over `fastPeriod` less that over `slowPeriod`.
 * Warm-up: slowPeriod - 1. Bill Williams, New Trading Dimensions, 1998.
 */
export const awesomeOscillator = defineIndicator({
  title: 'Awesome oscillator',
  parameters: [bars('fastPeriod', 5), bars('slowPeriod', 34)],
  inputs: ['high', 'low'],
  outputs: ['oscillator'],
  memory: 'window',
  conflict: ({ fastPeriod, slowPeriod }) => (fastPeriod < slowPeriod ? undefined : 'fastPeriod must be below slowPeriod'),
  warmUp: ({ slowPeriod }) => ({ oscillator: slowPeriod - 1 }),
  start({ fastPeriod, slowPeriod }) {
    const [fast, slow] = [new WindowSum(fastPeriod), new WindowSum(slowPeriod)]
    return ({ high, low }, { oscillator }, from, to) => {
      for (let i = from; i < to; i++) {
        const midpoint = (high[i]! + low[i]!) / 2
        oscillator[i] = fast.push(midpoint) / fastPeriod - slow.push(midpoint) / slowPeriod
      }
    }
  },
})
