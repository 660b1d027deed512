import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { wilderAverage, wilderConvention } from './smoothing.ts'
import { Previous, ratio, TrueRange } from './steps.ts'
import { WindowSum } from './windows.ts'

/**
 * Average true range: Wilder's average of the true range, seeded with the simple mean of the first `period` true ranges, which begin at the
 * second bar; the true range itself; and the average in percent of the close. Warm-up: period, for the true range 1.
 * J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const atr = defineIndicator({
  title: 'Average true range',
  parameters: [bars('period', 14)],
  inputs: ['high', 'low', 'close'],
  outputs: ['tr', 'atr', 'atrp'],
  memory: 'fading',
  convention: wilderConvention,
  warmUp: ({ period }) => ({ tr: 1, atr: period, atrp: period }),
  start({ period }) {
    const [ranges, average] = [new TrueRange(), wilderAverage(period)]
    return ({ high, low, close }, { tr, atr, atrp }, from, to) => {
      for (let i = from; i < to; i++) {
        const range = ranges.push(high[i]!, low[i]!, close[i]!)
        const value = average.push(range)
        tr[i] = range
        atr[i] = value
        atrp[i] = 100 * ratio(value, close[i]!)
      }
    }
  },
})

/**
 * Average directional index: the directional indicators +DI and -DI (Wilder's averages of the upward and the downward movement in percent
 * of that of the true range), their index DX = 100 |+DI - -DI| / (+DI + -DI), and Wilder's average of DX. Averages are seeded with the
 * simple means of their own first `period` values. DX is 0 if there is no movement in either direction. Warm-up: period, for ADX 2 period - 1.
 * J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const adx = defineIndicator({
  title: 'Average directional index',
  parameters: [bars('period', 14)],
  inputs: ['high', 'low', 'close'],
  outputs: ['pdi', 'mdi', 'dx', 'adx'],
  memory: 'fading',
  convention:
    "Wilder's sums begin with the plain sum of their first values, as in Wilder's book. TTR begins them otherwise and has other values at first; the difference fades.",
  warmUp: ({ period }) => ({ pdi: period, mdi: period, dx: period, adx: 2 * period - 1 }),
  start({ period }) {
    const [plus, minus, range, average] = [wilderAverage(period), wilderAverage(period), wilderAverage(period), wilderAverage(period)]
    const [ranges, highs, lows] = [new TrueRange(), new Previous(), new Previous()]
    return ({ high, low, close }, { pdi, mdi, dx, adx }, from, to) => {
      for (let i = from; i < to; i++) {
        const up = high[i]! - highs.push(high[i]!)
        const down = lows.push(low[i]!) - low[i]!
        const wide = range.push(ranges.push(high[i]!, low[i]!, close[i]!))
        const rising = 100 * ratio(plus.push(movement(up, down)), wide)
        const falling = 100 * ratio(minus.push(movement(down, up)), wide)
        const index = rising + falling === 0 ? 0 : (100 * Math.abs(rising - falling)) / (rising + falling)
        pdi[i] = rising
        mdi[i] = falling
        dx[i] = index
        adx[i] = average.push(index)
      }
    }
  },
})

/** The movement in one direction if it is the greater one and positive, else 0; NaN at the first bar. */
const movement = (one: number, other: number): number => (one > other ? Math.max(one, 0) : 0 * one)

/**
 * Vortex indicator: over the last `period` bars the sums of |high - low before| (upward) and of |low - high before| (downward), each over
 * the sum of true ranges. Warm-up: period. Etienne Botes and Douglas Siepman, Stocks & Commodities 28:1, 2010.
 */
export const vortex = defineIndicator({
  title: 'Vortex indicator',
  parameters: [bars('period', 14)],
  inputs: ['high', 'low', 'close'],
  outputs: ['pvi', 'nvi'],
  memory: 'window',
  warmUp: ({ period }) => ({ pvi: period, nvi: period }),
  start({ period }) {
    const [upward, downward, range] = [new WindowSum(period), new WindowSum(period), new WindowSum(period)]
    const [ranges, highs, lows] = [new TrueRange(), new Previous(), new Previous()]
    return ({ high, low, close }, { pvi, nvi }, from, to) => {
      for (let i = from; i < to; i++) {
        const wide = range.push(ranges.push(high[i]!, low[i]!, close[i]!))
        pvi[i] = ratio(upward.push(Math.abs(high[i]! - lows.push(low[i]!))), wide)
        nvi[i] = ratio(downward.push(Math.abs(low[i]! - highs.push(high[i]!))), wide)
      }
    }
  },
})

/**
 * Aroon: how recent the highest high and the lowest low of the last `period` + 1 bars are, from 100 for the current bar to 0 for the oldest
 * (the most recent of equal values counts), and up less down. Warm-up: period. Tushar Chande, Stocks & Commodities 13:9, 1995.
 */
export const aroon = defineIndicator({
  title: 'Aroon',
  parameters: [bars('period', 25)],
  inputs: ['high', 'low'],
  outputs: ['aroonUp', 'aroonDown', 'oscillator'],
  memory: 'window',
  warmUp: ({ period }) => ({ aroonUp: period, aroonDown: period, oscillator: period }),
  start({ period }) {
    const [highs, negativeLows] = [new Recency(period + 1), new Recency(period + 1)]
    return ({ high, low }, { aroonUp, aroonDown, oscillator }, from, to) => {
      for (let i = from; i < to; i++) {
        const up = 100 - (100 * highs.push(high[i]!)) / period
        const down = 100 - (100 * negativeLows.push(-low[i]!)) / period
        aroonUp[i] = up
        aroonDown[i] = down
        oscillator[i] = up - down
      }
    }
  },
})

/** How many pushes ago the greatest of the last `length` values was, the most recent of equals: NaN until there are that many. */
class Recency {
  private readonly values: Float64Array
  private count = 0
  private greatest = 0

  constructor(length: number) {
    this.values = new Float64Array(length)
  }

  push(value: number): number {
    const { values } = this
    const newest = this.count++
    const valueAt = (index: number): number => values[index % values.length]!
    const oldest = newest - values.length + 1
    values[newest % values.length] = value
    if (this.greatest < oldest) {
      this.greatest = oldest
      for (let index = oldest + 1; index <= newest; index++) if (valueAt(index) >= valueAt(this.greatest)) this.greatest = index
    } else if (value >= valueAt(this.greatest)) this.greatest = newest
    return oldest < 0 ? Number.NaN : newest - this.greatest
  }
}
