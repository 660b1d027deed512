import type { OrderStatistics } from './quantiles.ts'

/**
 * A sample of non-negative numbers as counts only. Samples of any size take the same memory, and parts of a sample can be added in any
 * order. The width of a bucket is a 512th of a power of two: less than 0.2 % of the numbers in it. Numbers below 2^-20 count as zero.
 */
export interface Sketch {
  zeros: number
  /** Range of the numbers that are not zero. If all are zero: the largest double and 0, which JSON can represent, unlike infinities. */
  smallest: number
  largest: number
  /** Number of the bucket that counts[0] counts. */
  firstBucket: number
  counts: Int32Array
}

/** Bits of a double's high word below a bucket's number: 11 of its mantissa's 20. */
const BITS_BELOW = 11
const LEAST = 2 ** -20
const LEAST_WORD = (1023 - 20) << 20
const HIGH_WORD = new Int32Array(new Float64Array([1]).buffer)[1] === 0 ? 0 : 1

export const createSketch = (): Sketch => ({
  zeros: 0,
  smallest: Number.MAX_VALUE,
  largest: 0,
  firstBucket: LEAST_WORD,
  counts: new Int32Array(0),
})

/** Adds numbers to a sketch. */
export function addToSketch(sketch: Sketch, values: Float64Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
  makeRoom(sketch, values, words)
  const { counts, firstBucket } = sketch
  let zeros = 0
  for (let i = HIGH_WORD; i < words.length; i += 2) {
    const at = (words[i]! >> BITS_BELOW) - firstBucket
    if (at >= 0) counts[at] = counts[at]! + 1
    else zeros++
  }
  sketch.zeros += zeros
}

/** Widens a sketch to the numbers' range if their high words show that they may be outside of its own. */
function makeRoom(sketch: Sketch, values: Float64Array, words: Int32Array): void {
  let lowest = 0x7fffffff
  let highest = 0
  for (let i = HIGH_WORD; i < words.length; i += 2) {
    const high = words[i]!
    if (high >= LEAST_WORD && high < lowest) lowest = high
    if (high > highest) highest = high
  }
  const empty = highest < LEAST_WORD
  if (empty || (lowest > highWordOf(sketch.smallest) && highest < highWordOf(sketch.largest))) return
  let smallest = Number.POSITIVE_INFINITY
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >= LEAST && value < smallest) smallest = value
    if (value > largest) largest = value
  }
  widen(sketch, smallest, largest)
}

/** Adds another sketch to a sketch. */
export function mergeSketch(sketch: Sketch, other: Sketch): void {
  sketch.zeros += other.zeros
  if (other.counts.length === 0) return
  widen(sketch, other.smallest, other.largest)
  const shift = other.firstBucket - sketch.firstBucket
  for (const [i, count] of other.counts.entries()) if (count > 0) sketch.counts[i + shift]! += count
}

/** The order statistics of a sketched sample: numbers are assumed to be evenly spread within a bucket, but never beyond the smallest and largest of the sample. */
export const sketchedOrderStatistics: OrderStatistics<Sketch> = (_size, ranks) => sketch => {
  let bucket = -1
  let before = 0
  let following = sketch.zeros
  return ranks.map(rank => {
    while (following <= rank) {
      bucket++
      before = following
      following += sketch.counts[bucket]!
    }
    if (bucket < 0) return 0
    const lower = bucketStart(sketch.firstBucket + bucket)
    const width = bucketStart(sketch.firstBucket + bucket + 1) - lower
    const value = lower + (width * (rank - before + 0.5)) / (following - before)
    return Math.min(Math.max(value, sketch.smallest), sketch.largest)
  })
}

/** Bucket of the numbers that count as zero. */
const ZERO_BUCKET = -1

/** Number of the bucket in which a sketch counts a number. */
export const bucketOf = (value: number): number => (value < LEAST ? ZERO_BUCKET : highWordOf(value) >> BITS_BELOW)

/** Number of the bucket that holds the number of a rank (from 0) in a sketched sample. */
export function bucketAt(sketch: Sketch, rank: number): number {
  let following = sketch.zeros
  if (rank < following) return ZERO_BUCKET
  let bucket = 0
  while ((following += sketch.counts[bucket]!) <= rank) bucket++
  return sketch.firstBucket + bucket
}

const word = new Float64Array(1)
const wordHalves = new Int32Array(word.buffer)

function highWordOf(value: number): number {
  word[0] = value
  return wordHalves[HIGH_WORD]!
}

function bucketStart(bucket: number): number {
  wordHalves[1 - HIGH_WORD] = 0
  wordHalves[HIGH_WORD] = bucket << BITS_BELOW
  return word[0]!
}

/** Makes room for the buckets from `smallest` to `largest`. */
function widen(sketch: Sketch, smallest: number, largest: number): void {
  const { counts, firstBucket } = sketch
  if (smallest < sketch.smallest) sketch.smallest = smallest
  if (largest > sketch.largest) sketch.largest = largest
  const first = bucketOf(sketch.smallest)
  const length = bucketOf(sketch.largest) + 1 - first
  if (counts.length > 0 && firstBucket === first && counts.length === length) return
  sketch.counts = new Int32Array(length)
  sketch.counts.set(counts, counts.length === 0 ? 0 : firstBucket - first)
  sketch.firstBucket = first
}
