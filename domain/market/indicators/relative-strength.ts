import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { wilderAverage, wilderConvention } from './smoothing.ts'
import { Previous, ratio } from './steps.ts'
import { WindowMaximum, WindowMinimum, WindowSum } from './windows.ts'

/** Wilder's index of each close pushed: NaN for the first `period` closes, and while the price has never moved. */
class RelativeStrength {
  private readonly gains
  private readonly losses
  private readonly closes = new Previous()

  constructor(period: number) {
    this.gains = wilderAverage(period)
    this.losses = wilderAverage(period)
  }

  push(close: number): number {
    const change = close - this.closes.push(close)
    const size = Math.abs(change)
    // The greater of the change (or its negative) and 0, exactly, without a branch that a processor would predict wrongly half of the time.
    const gain = this.gains.push((size + change) / 2)
    return 100 * ratio(gain, gain + this.losses.push((size - change) / 2))
  }
}

/**
 * Relative strength index: 100 - 100 / (1 + average gain / average loss) of the close from bar to bar, in 0..100. Both are Wilder's
 * averages, seeded with the simple means of the first `period` changes. Without losses it is 100; without any change it is undefined.
 * Warm-up: period. J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const rsi = defineIndicator({
  title: 'Relative strength index',
  parameters: [bars('period', 14)],
  inputs: ['close'],
  outputs: ['rsi'],
  memory: 'fading',
  convention: wilderConvention,
  warmUp: ({ period }) => ({ rsi: period }),
  start({ period }) {
    const strength = new RelativeStrength(period)
    return ({ close }, { rsi }, from, to) => {
      for (let i = from; i < to; i++) rsi[i] = strength.push(close[i]!)
    }
  },
})

/**
 * Stochastic RSI: the position of the RSI in its own range over the last `stochasticPeriod` bars, in 0..100, as a simple mean over
 * `smoothPeriod`; and its simple mean over `signalPeriod`. Undefined while that range is nil.
 * Warm-up: rsiPeriod + stochasticPeriod + smoothPeriod - 2, and signalPeriod - 1 more for the signal.
 * Tushar Chande and Stanley Kroll, The New Technical Trader, 1994.
 */
export const stochasticRsi = defineIndicator({
  title: 'Stochastic RSI',
  parameters: [bars('rsiPeriod', 14), bars('stochasticPeriod', 14, 2), bars('signalPeriod', 3), bars('smoothPeriod', 1)],
  inputs: ['close'],
  outputs: ['stochasticRsi', 'signal'],
  memory: 'fading',
  convention: wilderConvention,
  warmUp({ rsiPeriod, stochasticPeriod, signalPeriod, smoothPeriod }) {
    const warmUp = rsiPeriod + stochasticPeriod + smoothPeriod - 2
    return { stochasticRsi: warmUp, signal: warmUp + signalPeriod - 1 }
  },
  start({ rsiPeriod, stochasticPeriod, signalPeriod, smoothPeriod }) {
    const strength = new RelativeStrength(rsiPeriod)
    const [highest, lowest] = [new WindowMaximum(stochasticPeriod), new WindowMinimum(stochasticPeriod)]
    const [smooth, mean] = [new WindowSum(smoothPeriod), new WindowSum(signalPeriod)]
    return ({ close }, { stochasticRsi, signal }, from, to) => {
      for (let i = from; i < to; i++) {
        const rsi = strength.push(close[i]!)
        const low = lowest.push(rsi)
        const value = smooth.push(100 * ratio(rsi - low, highest.push(rsi) - low)) / smoothPeriod
        stochasticRsi[i] = value
        signal[i] = mean.push(value) / signalPeriod
      }
    }
  },
})
