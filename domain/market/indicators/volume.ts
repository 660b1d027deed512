import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { ExponentialAverage, exponentialConvention } from './smoothing.ts'
import { Previous, ratio, Total, typicalPrice } from './steps.ts'
import { WindowSum } from './windows.ts'

/**
 * On-balance volume: the sum of volumes, counted positive if the close rose, negative if it fell, and as 0 if it did not change; 0 at the
 * first bar. Warm-up: none. Joseph Granville, New Key to Stock Market Profits, 1963.
 */
export const obv = defineIndicator({
  title: 'On-balance volume',
  parameters: [],
  inputs: ['close', 'volume'],
  outputs: ['obv'],
  memory: 'cumulative',
  convention: 'It is 0 at the first bar. TA-Lib and TTR begin with the volume of the first bar: their values are higher by it throughout.',
  warmUp: () => ({ obv: 0 }),
  start() {
    const [closes, balance] = [new Previous(), new Total()]
    return ({ close, volume }, { obv }, from, to) => {
      for (let i = from; i < to; i++) {
        const before = closes.push(close[i]!)
        obv[i] = balance.add(close[i]! > before ? volume[i]! : close[i]! < before ? -volume[i]! : 0)
      }
    }
  },
})

/**
 * Money flow index, in 0..100: a bar's flow is its typical price times its volume; the flows of the last `period` bars with a rising typical price, in
 * percent of those with a rising or falling one. Undefined while there are none. Warm-up: period. Gene Quong and Avrum Soudack, Stocks & Commodities 7:3, 1989.
 */
export const mfi = defineIndicator({
  title: 'Money flow index',
  parameters: [bars('period', 14)],
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['mfi'],
  memory: 'window',
  warmUp: ({ period }) => ({ mfi: period }),
  start({ period }) {
    const [positive, negative] = [new WindowSum(period), new WindowSum(period)]
    const prices = new Previous()
    return ({ high, low, close, volume }, { mfi }, from, to) => {
      for (let i = from; i < to; i++) {
        const price = typicalPrice(high[i]!, low[i]!, close[i]!)
        const direction = Math.sign(price - prices.push(price))
        const inflow = positive.push(Math.max(direction, 0) * price * volume[i]!)
        const outflow = negative.push(Math.max(-direction, 0) * price * volume[i]!)
        mfi[i] = 100 * ratio(inflow, inflow + outflow)
      }
    }
  },
})

/** Chaikin's money flow volume: the volume times the position of the close in the bar's range, from -1 at the low to 1 at the high, 0 if there is no range. */
const moneyFlowVolume = (high: number, low: number, close: number, volume: number): number =>
  high === low ? 0 : ((close - low - (high - close)) / (high - low)) * volume

/** Chaikin money flow, in -1..1: the sum of money flow volumes over that of volumes, for the last `period` bars. Undefined without volume. Warm-up: period - 1. Marc Chaikin. */
export const cmf = defineIndicator({
  title: 'Chaikin money flow',
  parameters: [bars('period', 20)],
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['cmf'],
  memory: 'window',
  warmUp: ({ period }) => ({ cmf: period - 1 }),
  start({ period }) {
    const [flows, volumes] = [new WindowSum(period), new WindowSum(period)]
    return ({ high, low, close, volume }, { cmf }, from, to) => {
      for (let i = from; i < to; i++) {
        cmf[i] = ratio(flows.push(moneyFlowVolume(high[i]!, low[i]!, close[i]!, volume[i]!)), volumes.push(volume[i]!))
      }
    }
  },
})

/** Accumulation/distribution line: the sum of Chaikin's money flow volumes from the first bar on. Warm-up: none. Marc Chaikin. */
export const adl = defineIndicator({
  title: 'Accumulation/distribution line',
  parameters: [],
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['adl'],
  memory: 'cumulative',
  warmUp: () => ({ adl: 0 }),
  start() {
    const line = new Total()
    return ({ high, low, close, volume }, { adl }, from, to) => {
      for (let i = from; i < to; i++) adl[i] = line.add(moneyFlowVolume(high[i]!, low[i]!, close[i]!, volume[i]!))
    }
  },
})

/**
 * Chaikin oscillator: EMA(fastPeriod) - EMA(slowPeriod) of the accumulation/distribution line, each seeded with the simple mean of its own
 * first values. The start of the line has no lasting effect, as both averages contain it. Warm-up: slowPeriod - 1. Marc Chaikin.
 */
export const chaikinOscillator = defineIndicator({
  title: 'Chaikin oscillator',
  parameters: [bars('fastPeriod', 3), bars('slowPeriod', 10)],
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['oscillator'],
  memory: 'fading',
  convention: exponentialConvention,
  conflict: ({ fastPeriod, slowPeriod }) => (fastPeriod < slowPeriod ? undefined : 'fastPeriod must be below slowPeriod'),
  warmUp: ({ slowPeriod }) => ({ oscillator: slowPeriod - 1 }),
  start({ fastPeriod, slowPeriod }) {
    const [fast, slow] = [new ExponentialAverage(fastPeriod), new ExponentialAverage(slowPeriod)]
    const line = new Total()
    return ({ high, low, close, volume }, { oscillator }, from, to) => {
      for (let i = from; i < to; i++) {
        const value = line.add(moneyFlowVolume(high[i]!, low[i]!, close[i]!, volume[i]!))
        oscillator[i] = fast.push(value) - slow.push(value)
      }
    }
  },
})

/**
 * Force index: the EMA of the change of the close times the volume, seeded with the simple mean of its first `period` values, which begin at
 * the second bar. Warm-up: period. Alexander Elder, Trading for a Living, 1993.
 */
export const forceIndex = defineIndicator({
  title: 'Force index',
  parameters: [bars('period', 13)],
  inputs: ['close', 'volume'],
  outputs: ['forceIndex'],
  memory: 'fading',
  warmUp: ({ period }) => ({ forceIndex: period }),
  start({ period }) {
    const [closes, average] = [new Previous(), new ExponentialAverage(period)]
    return ({ close, volume }, { forceIndex }, from, to) => {
      for (let i = from; i < to; i++) {
        forceIndex[i] = average.push((close[i]! - closes.push(close[i]!)) * volume[i]!)
      }
    }
  },
})
