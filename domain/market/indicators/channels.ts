import { defineIndicator } from './define.ts'
import { bars, factor } from './parameters.ts'
import { ExponentialAverage, wilderAverage, wilderConvention } from './smoothing.ts'
import { Previous, ratio, TrueRange } from './steps.ts'
import { WindowMaximum, WindowMinimum, WindowMoments } from './windows.ts'

/**
 * Bollinger bands: the mean of the last `period` closes and `deviations` population standard deviations above and below it; %b, the position of the
 * close between the bands (0 the lower, 1 the upper); width, the bands' distance as a fraction of the mean; and the close's z-score.
 * %b and z-score are undefined while all closes are the same. Warm-up: period - 1. John Bollinger, Bollinger on Bollinger Bands, 2001.
 */
export const bollinger = defineIndicator({
  title: 'Bollinger bands',
  parameters: [bars('period', 20, 2), factor('deviations', 2, 0.01, 100)],
  inputs: ['close'],
  outputs: ['sma', 'upperBand', 'lowerBand', 'percentB', 'width', 'zScore'],
  memory: 'window',
  warmUp: ({ period }) => same(['sma', 'upperBand', 'lowerBand', 'percentB', 'width', 'zScore'], period - 1),
  start({ period, deviations }) {
    const window = new WindowMoments(period)
    const scale = 0.5 / deviations
    return ({ close }, { sma, upperBand, lowerBand, percentB, width, zScore }, from, to) => {
      for (let i = from; i < to; i++) {
        window.push(close[i]!)
        const { mean, deviation } = window
        const reach = deviations * deviation
        const score = ratio(close[i]! - mean, deviation)
        sma[i] = mean
        upperBand[i] = mean + reach
        lowerBand[i] = mean - reach
        percentB[i] = 0.5 + score * scale
        width[i] = ratio(2 * reach, mean)
        zScore[i] = score
      }
    }
  },
})

/** Population standard deviation of the last `period` closes, their mean, and the close's z-score (undefined while all are the same). Warm-up: period - 1. */
export const standardDeviation = defineIndicator({
  title: 'Standard deviation',
  parameters: [bars('period', 20, 2)],
  inputs: ['close'],
  outputs: ['standardDeviation', 'mean', 'zScore'],
  memory: 'window',
  warmUp: ({ period }) => same(['standardDeviation', 'mean', 'zScore'], period - 1),
  start({ period }) {
    const window = new WindowMoments(period)
    return ({ close }, { standardDeviation, mean, zScore }, from, to) => {
      for (let i = from; i < to; i++) {
        window.push(close[i]!)
        standardDeviation[i] = window.deviation
        mean[i] = window.mean
        zScore[i] = ratio(close[i]! - window.mean, window.deviation)
      }
    }
  },
})

/**
 * Donchian channel: the highest high and the lowest low of the `period` bars before the current one, so that a breakout is visible; the line
 * halfway; and the width as a fraction of that line. Warm-up: period. Richard Donchian's four-week rule, 1960.
 */
export const donchian = defineIndicator({
  title: 'Donchian channel',
  parameters: [bars('period', 20)],
  inputs: ['high', 'low'],
  outputs: ['upperBand', 'centerline', 'lowerBand', 'width'],
  memory: 'window',
  warmUp: ({ period }) => same(['upperBand', 'centerline', 'lowerBand', 'width'], period),
  start({ period }) {
    const [highest, lowest] = [new WindowMaximum(period), new WindowMinimum(period)]
    const [upperBefore, lowerBefore] = [new Previous(), new Previous()]
    return ({ high, low }, { upperBand, centerline, lowerBand, width }, from, to) => {
      for (let i = from; i < to; i++) {
        const upper = upperBefore.push(highest.push(high[i]!))
        const lower = lowerBefore.push(lowest.push(low[i]!))
        const center = (upper + lower) / 2
        upperBand[i] = upper
        centerline[i] = center
        lowerBand[i] = lower
        width[i] = ratio(upper - lower, center)
      }
    }
  },
})

/**
 * Keltner channel: the EMA of the close over `period`, seeded with its simple mean, and `multiplier` average true ranges over `atrPeriod`
 * (Wilder's average) above and below it; width is the bands' distance as a fraction of the EMA.
 * Warm-up: period - 1 for the line, the greater of that and atrPeriod for the bands.
 * Chester Keltner, How to Make Money in Commodities, 1960, as Linda Raschke revised it.
 */
export const keltner = defineIndicator({
  title: 'Keltner channel',
  parameters: [bars('period', 20), factor('multiplier', 2, 0.01, 100), bars('atrPeriod', 10)],
  inputs: ['high', 'low', 'close'],
  outputs: ['upperBand', 'centerline', 'lowerBand', 'width'],
  memory: 'fading',
  convention: wilderConvention,
  warmUp: ({ period, atrPeriod }) => ({
    ...same(['upperBand', 'lowerBand', 'width'], Math.max(period - 1, atrPeriod)),
    centerline: period - 1,
  }),
  start({ period, multiplier, atrPeriod }) {
    const [average, range, averageRange] = [new ExponentialAverage(period), new TrueRange(), wilderAverage(atrPeriod)]
    return ({ high, low, close }, { upperBand, centerline, lowerBand, width }, from, to) => {
      for (let i = from; i < to; i++) {
        const center = average.push(close[i]!)
        const reach = multiplier * averageRange.push(range.push(high[i]!, low[i]!, close[i]!))
        upperBand[i] = center + reach
        centerline[i] = center
        lowerBand[i] = center - reach
        width[i] = ratio(2 * reach, center)
      }
    }
  },
})

const same = <const Output extends string>(outputs: readonly Output[], warmUp: number): Record<Output, number> =>
  Object.fromEntries(outputs.map(output => [output, warmUp])) as Record<Output, number>
