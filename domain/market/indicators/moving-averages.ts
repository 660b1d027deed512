import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { averageOfAverage, ExponentialAverage, exponentialConvention, wilderAverage, wilderConvention } from './smoothing.ts'
import { WeightedWindowSum, WindowSum } from './windows.ts'

/** Simple moving average: the mean of the last `period` closes. Warm-up: period - 1. */
export const sma = defineIndicator({
  title: 'Simple moving average',
  parameters: [bars('period', 20)],
  inputs: ['close'],
  outputs: ['sma'],
  memory: 'window',
  warmUp: ({ period }) => ({ sma: period - 1 }),
  start({ period }) {
    const window = new WindowSum(period)
    return ({ close }, { sma }, from, to) => {
      for (let i = from; i < to; i++) sma[i] = window.push(close[i]!) / period
    }
  },
})

/** Exponential moving average of the close, weight 2 / (period + 1), seeded with the simple mean of the first `period` closes. Warm-up: period - 1. */
export const ema = defineIndicator({
  title: 'Exponential moving average',
  parameters: [bars('period', 20)],
  inputs: ['close'],
  outputs: ['ema'],
  memory: 'fading',
  convention: exponentialConvention,
  warmUp: ({ period }) => ({ ema: period - 1 }),
  start({ period }) {
    const average = new ExponentialAverage(period)
    return ({ close }, { ema }, from, to) => {
      for (let i = from; i < to; i++) ema[i] = average.push(close[i]!)
    }
  },
})

/**
 * Smoothed moving average: Wilder's average of the close, weight 1 / period, seeded with the simple mean of the first `period` closes.
 * Warm-up: period - 1. J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const smma = defineIndicator({
  title: 'Smoothed moving average (Wilder)',
  parameters: [bars('period', 20)],
  inputs: ['close'],
  outputs: ['smma'],
  memory: 'fading',
  convention: wilderConvention,
  warmUp: ({ period }) => ({ smma: period - 1 }),
  start({ period }) {
    const average = wilderAverage(period)
    return ({ close }, { smma }, from, to) => {
      for (let i = from; i < to; i++) smma[i] = average.push(close[i]!)
    }
  },
})

/** Linearly weighted moving average: the last `period` closes weighted 1 for the oldest to `period` for the newest. Warm-up: period - 1. */
export const wma = defineIndicator({
  title: 'Weighted moving average',
  parameters: [bars('period', 20)],
  inputs: ['close'],
  outputs: ['wma'],
  memory: 'window',
  warmUp: ({ period }) => ({ wma: period - 1 }),
  start({ period }) {
    const window = new WeightedWindowSum(period)
    const weights = sumTo(period)
    return ({ close }, { wma }, from, to) => {
      for (let i = from; i < to; i++) wma[i] = window.push(close[i]!) / weights
    }
  },
})

/**
 * Double exponential moving average: 2 e1 - e2, where e1 is the EMA of the close and e2 the EMA of e1, both seeded with the simple mean
 * of the first `period` closes. Warm-up: period - 1. Patrick Mulloy, Stocks & Commodities 12:1, 1994.
 */
export const dema = defineIndicator({
  title: 'Double exponential moving average',
  parameters: [bars('period', 20)],
  inputs: ['close'],
  outputs: ['dema'],
  memory: 'fading',
  convention: exponentialConvention,
  warmUp: ({ period }) => ({ dema: period - 1 }),
  start({ period }) {
    const [first, second] = [new ExponentialAverage(period), averageOfAverage(period)]
    return ({ close }, { dema }, from, to) => {
      for (let i = from; i < to; i++) {
        const e1 = first.push(close[i]!)
        dema[i] = 2 * e1 - second.push(e1)
      }
    }
  },
})

/**
 * Triple exponential moving average: 3 e1 - 3 e2 + e3, each the EMA of the one before, all seeded with the simple mean of the
 * first `period` closes. Warm-up: period - 1. Patrick Mulloy, Stocks & Commodities 12:2, 1994.
 */
export const tema = defineIndicator({
  title: 'Triple exponential moving average',
  parameters: [bars('period', 20)],
  inputs: ['close'],
  outputs: ['tema'],
  memory: 'fading',
  convention: exponentialConvention,
  warmUp: ({ period }) => ({ tema: period - 1 }),
  start({ period }) {
    const [first, second, third] = [new ExponentialAverage(period), averageOfAverage(period), averageOfAverage(period)]
    return ({ close }, { tema }, from, to) => {
      for (let i = from; i < to; i++) {
        const e1 = first.push(close[i]!)
        const e2 = second.push(e1)
        tema[i] = 3 * e1 - 3 * e2 + third.push(e2)
      }
    }
  },
})

/**
 * Hull moving average: the WMA over floor(sqrt(period)) of 2 WMA(floor(period / 2)) - WMA(period).
 * Warm-up: period + floor(sqrt(period)) - 2. Alan Hull, 2005.
 */
export const hma = defineIndicator({
  title: 'Hull moving average',
  parameters: [bars('period', 20, 2)],
  inputs: ['close'],
  outputs: ['hma'],
  memory: 'window',
  warmUp: ({ period }) => ({ hma: period + rootOf(period) - 2 }),
  start({ period }) {
    const [half, root] = [Math.floor(period / 2), rootOf(period)]
    const [short, long, last] = [new WeightedWindowSum(half), new WeightedWindowSum(period), new WeightedWindowSum(root)]
    const [shortWeights, longWeights, lastWeights] = [sumTo(half), sumTo(period), sumTo(root)]
    return ({ close }, { hma }, from, to) => {
      for (let i = from; i < to; i++) {
        const faster = short.push(close[i]!) / shortWeights
        hma[i] = last.push(2 * faster - long.push(close[i]!) / longWeights) / lastWeights
      }
    }
  },
})

const sumTo = (count: number): number => (count * (count + 1)) / 2
const rootOf = (period: number): number => Math.floor(Math.sqrt(period))
