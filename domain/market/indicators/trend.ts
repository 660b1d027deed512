import { defineIndicator } from './define.ts'
import { bars, factor } from './parameters.ts'
import { Delay, WindowMaximum, WindowMinimum } from './windows.ts'

/**
 * Ichimoku kinko hyo: the midpoints of highest high and lowest low over `tenkanPeriod` and `kijunPeriod`; senkou span A, the midpoint of
 * those two lines, and senkou span B, that of highest high and lowest low over `senkouPeriod`, each as it was `displacement` bars before:
 * the cloud as drawn at the current bar. The chikou span is the close drawn `displacement` bars back. As a value of the earlier bar it
 * would depend on the future, so it is not an output here.
 * Warm-up: tenkanPeriod - 1; kijunPeriod - 1; the greater of the two + displacement; senkouPeriod - 1 + displacement. Goichi Hosoda, 1969.
 */
export const ichimoku = defineIndicator({
  title: 'Ichimoku kinko hyo',
  parameters: [bars('tenkanPeriod', 9), bars('kijunPeriod', 26), bars('senkouPeriod', 52), bars('displacement', 26)],
  inputs: ['high', 'low'],
  outputs: ['tenkanSen', 'kijunSen', 'senkouSpanA', 'senkouSpanB'],
  memory: 'window',
  warmUp: ({ tenkanPeriod, kijunPeriod, senkouPeriod, displacement }) => ({
    tenkanSen: tenkanPeriod - 1,
    kijunSen: kijunPeriod - 1,
    senkouSpanA: Math.max(tenkanPeriod, kijunPeriod) - 1 + displacement,
    senkouSpanB: senkouPeriod - 1 + displacement,
  }),
  start({ tenkanPeriod, kijunPeriod, senkouPeriod, displacement }) {
    const [tenkan, kijun, senkou] = [new Midpoint(tenkanPeriod), new Midpoint(kijunPeriod), new Midpoint(senkouPeriod)]
    const [delayA, delayB] = [new Delay(displacement), new Delay(displacement)]
    return ({ high, low }, { tenkanSen, kijunSen, senkouSpanA, senkouSpanB }, from, to) => {
      for (let i = from; i < to; i++) {
        const conversion = tenkan.push(high[i]!, low[i]!)
        const base = kijun.push(high[i]!, low[i]!)
        tenkanSen[i] = conversion
        kijunSen[i] = base
        senkouSpanA[i] = delayA.push((conversion + base) / 2)
        senkouSpanB[i] = delayB.push(senkou.push(high[i]!, low[i]!))
      }
    }
  },
})

/** Halfway between the highest high and the lowest low of the last `period` bars. */
class Midpoint {
  private readonly highest: WindowMaximum
  private readonly lowest: WindowMinimum

  constructor(period: number) {
    this.highest = new WindowMaximum(period)
    this.lowest = new WindowMinimum(period)
  }

  push(high: number, low: number): number {
    return (this.highest.push(high) + this.lowest.push(low)) / 2
  }
}

/**
 * Parabolic stop and reverse: a stop that moves each bar by the acceleration times its distance to the trend's extreme point, never past
 * the two bars before. The acceleration begins at `step` and grows by it with each new extreme, to `maximum`. A bar that touches the
 * stop reverses the trend: its stop is the extreme point of the trend that ended, but not within the range of this bar or of the one before
 * (`isReversal` 1, else 0).
 * Wilder takes the first trend from the previous trade. Here, as in TA-Lib, it is the greater directional movement from the first bar to the
 * second (up if there is none). The first bar gives the first stop, and the second bar the first extreme point and the first limit. Warm-up: 1.
 * J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const parabolicSar = defineIndicator({
  title: 'Parabolic stop and reverse',
  parameters: [factor('step', 0.02, 0.0001, 1), factor('maximum', 0.2, 0.0001, 1)],
  inputs: ['high', 'low'],
  outputs: ['sar', 'isReversal'],
  memory: 'cumulative',
  conflict: ({ step, maximum }) => (step <= maximum ? undefined : 'step must not be above maximum'),
  warmUp: () => ({ sar: 1, isReversal: 1 }),
  start({ step, maximum }) {
    const stops = new StopAndReverse(step, maximum)
    return ({ high, low }, { sar, isReversal }, from, to) => {
      for (let i = from; i < to; i++) {
        sar[i] = stops.push(high[i]!, low[i]!)
        isReversal[i] = stops.reversed
      }
    }
  },
})

/** Treats a falling trend as a rising trend of negative prices: stop, extreme, top and bottom are prices times `side`, which is 1 or -1. */
class StopAndReverse {
  /** 1 if the last bar reversed the trend, else 0. */
  reversed = Number.NaN
  private readonly step: number
  private readonly maximum: number
  private side = 0
  private stop = Number.NaN
  private extreme = Number.NaN
  private acceleration = 0
  private high1 = Number.NaN
  private low1 = Number.NaN
  private high2 = Number.NaN
  private low2 = Number.NaN

  constructor(step: number, maximum: number) {
    this.step = step
    this.maximum = maximum
  }

  push(high: number, low: number): number {
    const stop = Number.isNaN(this.high1) ? Number.NaN : this.follow(high, low)
    this.high2 = this.high1
    this.low2 = this.low1
    this.high1 = high
    this.low1 = low
    return stop
  }

  private follow(high: number, low: number): number {
    const stop = this.side === 0 ? this.begin(high, low) : this.next()
    const top = this.side > 0 ? high : -low
    const bottom = this.side > 0 ? low : -high
    this.reversed = Number(bottom <= stop)
    if (bottom <= stop) this.turn(-this.side, -Math.max(this.extreme, top, this.side > 0 ? this.high1 : -this.low1), -bottom)
    else {
      this.stop = stop
      if (top > this.extreme) {
        this.extreme = top
        this.acceleration = Math.min(this.acceleration + this.step, this.maximum)
      }
    }
    return this.side * this.stop
  }

  private next(): number {
    const limit = this.side > 0 ? Math.min(this.low1, this.low2) : -Math.max(this.high1, this.high2)
    return Math.min(this.stop + this.acceleration * (this.extreme - this.stop), limit)
  }

  /** The second bar takes the place of the first one, which gives the stop only. */
  private begin(high: number, low: number): number {
    if (this.low1 - low > Math.max(high - this.high1, 0)) this.turn(-1, -this.high1, -low)
    else this.turn(1, this.low1, high)
    this.high1 = high
    this.low1 = low
    return this.stop
  }

  private turn(side: number, stop: number, extreme: number): void {
    this.side = side
    this.stop = stop
    this.extreme = extreme
    this.acceleration = this.step
  }
}
