import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { averageOfAverage, ExponentialAverage, exponentialConvention } from './smoothing.ts'
import { Previous, ratio } from './steps.ts'

/**
 * Moving average convergence/divergence: EMA(fastPeriod) - EMA(slowPeriod) of the close, its EMA over `signalPeriod`, and the difference of
 * the two. Each EMA is seeded with the simple mean of its own first values, as published, not at a common bar as TA-Lib does.
 * Warm-up: slowPeriod - 1, and signalPeriod - 1 more for signal and histogram. Gerald Appel, 1979.
 */
export const macd = defineIndicator({
  title: 'Moving average convergence/divergence',
  parameters: [bars('fastPeriod', 12), bars('slowPeriod', 26), bars('signalPeriod', 9)],
  inputs: ['close'],
  outputs: ['macd', 'signal', 'histogram'],
  memory: 'fading',
  convention: exponentialConvention,
  conflict: ({ fastPeriod, slowPeriod }) => (fastPeriod < slowPeriod ? undefined : 'fastPeriod must be below slowPeriod'),
  warmUp({ slowPeriod, signalPeriod }) {
    const whole = slowPeriod + signalPeriod - 2
    return { macd: slowPeriod - 1, signal: whole, histogram: whole }
  },
  start({ fastPeriod, slowPeriod, signalPeriod }) {
    const [fast, slow] = [new ExponentialAverage(fastPeriod), new ExponentialAverage(slowPeriod)]
    const average = new ExponentialAverage(signalPeriod)
    return ({ close }, { macd, signal, histogram }, from, to) => {
      for (let i = from; i < to; i++) {
        const value = fast.push(close[i]!) - slow.push(close[i]!)
        const smoothed = average.push(value)
        macd[i] = value
        signal[i] = smoothed
        histogram[i] = value - smoothed
      }
    }
  },
})

/**
 * TRIX: the change from bar to bar, in percent, of the close smoothed by three EMAs in turn, all seeded with the simple mean of the
 * first `period` closes; and that triple average. Warm-up: period - 1 for the average, one more for TRIX.
 * Jack Hutson, Stocks & Commodities 1:5, 1983.
 */
export const trix = defineIndicator({
  title: 'TRIX',
  parameters: [bars('period', 15)],
  inputs: ['close'],
  outputs: ['trix', 'ema3'],
  memory: 'fading',
  convention: exponentialConvention,
  warmUp: ({ period }) => ({ trix: period, ema3: period - 1 }),
  start({ period }) {
    const [first, second, third] = [new ExponentialAverage(period), averageOfAverage(period), averageOfAverage(period)]
    const previous = new Previous()
    return ({ close }, { trix, ema3 }, from, to) => {
      for (let i = from; i < to; i++) {
        const average = third.push(second.push(first.push(close[i]!)))
        const before = previous.push(average)
        trix[i] = 100 * ratio(average - before, before)
        ema3[i] = average
      }
    }
  },
})

/**
 * True strength index: 100 times the twice smoothed change of the close over the twice smoothed size of that change, in -100..100, and its
 * EMA over `signalPeriod`. EMAs over `longPeriod`, then over `shortPeriod`, each seeded with the simple mean of its own first values.
 * Undefined while the price has never moved. Warm-up: longPeriod + shortPeriod - 1, and signalPeriod - 1 more for the signal.
 * William Blau, Stocks & Commodities 9:11, 1991.
 */
export const tsi = defineIndicator({
  title: 'True strength index',
  parameters: [bars('longPeriod', 25), bars('shortPeriod', 13), bars('signalPeriod', 7)],
  inputs: ['close'],
  outputs: ['tsi', 'signal'],
  memory: 'fading',
  convention: exponentialConvention,
  warmUp({ longPeriod, shortPeriod, signalPeriod }) {
    const warmUp = longPeriod + shortPeriod - 1
    return { tsi: warmUp, signal: warmUp + signalPeriod - 1 }
  },
  start({ longPeriod, shortPeriod, signalPeriod }) {
    const [change1, change2] = [new ExponentialAverage(longPeriod), new ExponentialAverage(shortPeriod)]
    const [size1, size2] = [new ExponentialAverage(longPeriod), new ExponentialAverage(shortPeriod)]
    const average = new ExponentialAverage(signalPeriod)
    const closes = new Previous()
    return ({ close }, { tsi, signal }, from, to) => {
      for (let i = from; i < to; i++) {
        const change = close[i]! - closes.push(close[i]!)
        const value = 100 * ratio(change2.push(change1.push(change)), size2.push(size1.push(Math.abs(change))))
        tsi[i] = value
        signal[i] = average.push(value)
      }
    }
  },
})
