import { defineIndicator } from './define.ts'
import { bars } from './parameters.ts'
import { Previous, ratio, Total, typicalPrice } from './steps.ts'
import { WindowSum } from './windows.ts'

/*
 * Volume-weighted average prices: sums of price times volume over sums of volume, undefined while there is no volume.
 * Stephen Berkowitz, Dennis Logue and Eugene Noser, The Total Cost of Transactions on the NYSE, Journal of Finance 43(1), 1988;
 * the typical price (high + low + close) / 3 represents the trades of a bar.
 */

/** VWAP anchored at the first bar: of all bars of the series so far. To anchor it elsewhere, begin the series there. Warm-up: none. */
export const vwap = defineIndicator({
  title: 'Volume-weighted average price, anchored',
  parameters: [],
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['vwap'],
  memory: 'cumulative',
  warmUp: () => ({ vwap: 0 }),
  start() {
    const [values, volumes] = [new Total(), new Total()]
    return ({ high, low, close, volume }, { vwap }, from, to) => {
      for (let i = from; i < to; i++) {
        vwap[i] = ratio(values.add(typicalPrice(high[i]!, low[i]!, close[i]!) * volume[i]!), volumes.add(volume[i]!))
      }
    }
  },
})

/** VWAP of the trading session so far: restarts whenever the column `session` changes. Warm-up: none. */
export const vwapSession = defineIndicator({
  title: 'Volume-weighted average price of the session',
  parameters: [],
  inputs: ['high', 'low', 'close', 'volume', 'session'],
  outputs: ['vwap'],
  memory: 'cumulative',
  warmUp: () => ({ vwap: 0 }),
  start() {
    const [sessions, values, volumes] = [new Previous(), new Total(), new Total()]
    return ({ high, low, close, volume, session }, { vwap }, from, to) => {
      for (let i = from; i < to; i++) {
        if (session[i] !== sessions.push(session[i]!)) {
          values.clear()
          volumes.clear()
        }
        vwap[i] = ratio(values.add(typicalPrice(high[i]!, low[i]!, close[i]!) * volume[i]!), volumes.add(volume[i]!))
      }
    }
  },
})

/** Rolling VWAP: of the last `period` bars. Warm-up: period - 1. */
export const vwapRolling = defineIndicator({
  title: 'Volume-weighted average price, rolling',
  parameters: [bars('period', 20)],
  inputs: ['high', 'low', 'close', 'volume'],
  outputs: ['vwap'],
  memory: 'window',
  warmUp: ({ period }) => ({ vwap: period - 1 }),
  start({ period }) {
    const [values, volumes] = [new WindowSum(period), new WindowSum(period)]
    return ({ high, low, close, volume }, { vwap }, from, to) => {
      for (let i = from; i < to; i++) {
        vwap[i] = ratio(values.push(typicalPrice(high[i]!, low[i]!, close[i]!) * volume[i]!), volumes.push(volume[i]!))
      }
    }
  },
})

/** Volume-weighted moving average: the mean of the last `period` closes, weighted by volume. Warm-up: period - 1. */
export const vwma = defineIndicator({
  title: 'Volume-weighted moving average',
  parameters: [bars('period', 20)],
  inputs: ['close', 'volume'],
  outputs: ['vwma'],
  memory: 'window',
  warmUp: ({ period }) => ({ vwma: period - 1 }),
  start({ period }) {
    const [values, volumes] = [new WindowSum(period), new WindowSum(period)]
    return ({ close, volume }, { vwma }, from, to) => {
      for (let i = from; i < to; i++) vwma[i] = ratio(values.push(close[i]! * volume[i]!), volumes.push(volume[i]!))
    }
  },
})
