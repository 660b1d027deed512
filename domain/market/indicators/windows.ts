/*
 * Sliding windows over the last `period` values. Values are taken in blocks of `period`. When a block is full, its values are replaced by
 * aggregates from each place to the block's end. A window is then such an aggregate of the last block combined with the running aggregate
 * of the current one. No value is ever subtracted, so a value that has left the window leaves no rounding error behind, a window
 * costs the same for any length, and one array holds both the aggregates still to be used (above the place) and the values (below).
 *
 * Each `push` takes the next value and returns the window's aggregate: NaN until there are `period` values. NaN is not counted: a pushed NaN
 * is returned, and the window does not change.
 */

/** The sum of the last `period` values. */
export class WindowSum {
  private readonly period: number
  private readonly block: Float64Array
  private place = 0
  private running = 0

  constructor(period: number) {
    this.period = period
    this.block = new Float64Array(period).fill(Number.NaN)
  }

  push(value: number): number {
    if (Number.isNaN(value)) return value
    const { block } = this
    block[this.place++] = value
    if (this.place < this.period) return block[this.place]! + (this.running += value)
    let sum = 0
    for (let place = this.period - 1; place >= 0; place--) block[place] = sum += block[place]!
    this.running = this.place = 0
    return sum
  }
}

/** The sum of the last `period` values, weighted 1 for the oldest to `period` for the newest. */
export class WeightedWindowSum {
  private readonly period: number
  private readonly block: Float64Array
  private place = 0
  private running = 0
  private weighted = 0

  constructor(period: number) {
    this.period = period
    this.block = new Float64Array(period).fill(Number.NaN)
  }

  push(value: number): number {
    if (Number.isNaN(value)) return value
    const { block, period } = this
    block[this.place++] = value
    this.running += value
    this.weighted += this.place * value
    if (this.place < period) return block[this.place]! + (this.weighted + (period - this.place) * this.running)
    let sum = 0
    let weighted = 0
    for (let place = period - 1; place >= 0; place--) {
      sum += block[place]!
      block[place] = weighted += sum
    }
    this.running = this.weighted = this.place = 0
    return weighted
  }
}

/** The highest of the last `period` values. */
export class WindowMaximum {
  private readonly period: number
  private readonly block: Float64Array
  private place = 0
  private running = Number.NEGATIVE_INFINITY

  constructor(period: number) {
    this.period = period
    this.block = new Float64Array(period).fill(Number.NaN)
  }

  push(value: number): number {
    if (Number.isNaN(value)) return value
    const { block } = this
    block[this.place++] = value
    this.running = Math.max(this.running, value)
    if (this.place < this.period) return Math.max(block[this.place]!, this.running)
    const highest = this.running
    let maximum = Number.NEGATIVE_INFINITY
    for (let place = this.period - 1; place >= 0; place--) block[place] = maximum = Math.max(maximum, block[place]!)
    this.running = Number.NEGATIVE_INFINITY
    this.place = 0
    return highest
  }
}

/** The lowest of the last `period` values. */
export class WindowMinimum {
  private readonly negatives: WindowMaximum

  constructor(period: number) {
    this.negatives = new WindowMaximum(period)
  }

  push(value: number): number {
    return -this.negatives.push(-value)
  }
}

/**
 * Mean and population standard deviation of the last `period` values. Sums are of distances from a value inside the window (the newest of
 * the last full block), so that a small spread around a high level is not lost in cancellation, and a constant window deviates by 0 exactly.
 */
export class WindowMoments {
  mean = Number.NaN
  deviation = Number.NaN
  private readonly period: number
  private readonly share: number
  private readonly block: Float64Array
  private readonly squares: Float64Array
  private place = 0
  private origin = 0
  private running = 0
  private runningSquares = 0

  constructor(period: number) {
    this.period = period
    this.share = 1 / period
    this.block = new Float64Array(period).fill(Number.NaN)
    this.squares = new Float64Array(period)
  }

  push(value: number): void {
    if (Number.isNaN(value)) {
      this.mean = this.deviation = value
      return
    }
    const distance = value - this.origin
    this.block[this.place] = value
    this.running += distance
    this.runningSquares += distance * distance
    this.place++
    if (this.place < this.period) this.settle(this.block[this.place]! + this.running, this.squares[this.place]! + this.runningSquares)
    else this.endBlock(value)
  }

  private endBlock(newest: number): void {
    let sum = 0
    let squares = 0
    for (let place = this.period - 1; place >= 0; place--) {
      const distance = this.block[place]! - newest
      this.block[place] = sum += distance
      this.squares[place] = squares += distance * distance
    }
    this.origin = newest
    this.running = this.runningSquares = this.place = 0
    this.settle(sum, squares)
  }

  private settle(sum: number, squares: number): void {
    const shift = sum * this.share
    this.mean = this.origin + shift
    this.deviation = Math.sqrt(Math.max(0, squares * this.share - shift * shift))
  }
}

/** Returns the value pushed `period` pushes ago: NaN until there is one. NaN is not counted. */
export class Delay {
  private readonly period: number
  private readonly held: Float64Array
  private place = 0

  constructor(period: number) {
    this.period = period
    this.held = new Float64Array(period).fill(Number.NaN)
  }

  push(value: number): number {
    if (Number.isNaN(value)) return value
    const before = this.held[this.place]!
    this.held[this.place] = value
    this.place = this.place + 1 === this.period ? 0 : this.place + 1
    return before
  }
}
