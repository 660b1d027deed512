const BUCKETS = 1024
const HIGH_WORD = new Int32Array(new Float64Array([1]).buffer)[1] === 0 ? 0 : 1

/** Makes a function that finds the order statistics of these ranks (ascending, from 0) in samples of `size`. */
export type OrderStatistics<Sample> = (size: number, ranks: readonly number[]) => (sample: Sample) => number[]

/**
 * Makes a function that finds sample quantiles of `size` numbers at a time.
 * Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996: at h = (size - 1) fraction,
 * linear between the order statistics around h.
 *
 * @param fractions ascending, in [0, 1]
 */
export function createQuantiles<Sample = Float64Array>(
  size: number,
  fractions: readonly number[],
  orderStatistics: OrderStatistics<Sample>,
): (sample: Sample) => number[] {
  const positions = fractions.map(fraction => (size - 1) * fraction)
  const ranks = [...new Set(positions.flatMap(h => [Math.floor(h), Math.min(Math.floor(h) + 1, size - 1)]))].toSorted((a, b) => a - b)
  const find = orderStatistics(size, ranks)
  const at = new Map(ranks.map((rank, index) => [rank, index]))

  return sample => {
    const found = find(sample)
    return positions.map(h => {
      const below = Math.floor(h)
      const lower = found[at.get(below)!]!
      const upper = found[at.get(Math.min(below + 1, size - 1))!]!
      return lower + (h - below) * (upper - lower)
    })
  }
}

/** Numbers with a high word of zero (depleted paths, often most of the sample) have their own bucket, which needs no sorting. */
const ZERO_BUCKET = 0

/**
 * Exact quantiles of non-negative finite numbers: one radix pass over the doubles' high words (which order non-negative doubles), and a sort of the
 * few buckets that hold a wanted rank. Numbers below 1e-313 count as zero. Buffers are reused.
 */
export const exactOrderStatistics: OrderStatistics<Float64Array> = (size, ranks) => {
  const bucketOf = new Uint16Array(size)
  const starts = new Uint32Array(BUCKETS + 2)
  const cursors = new Uint32Array(BUCKETS + 1)
  const wanted = new Uint8Array(BUCKETS + 1)
  const gathered = new Float64Array(size)

  return values => {
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * size)
    assignBuckets(words, bucketOf, starts)
    for (let bucket = 0; bucket <= BUCKETS; bucket++) starts[bucket + 1] = starts[bucket + 1]! + starts[bucket]!
    const holding = new Set(bucketsHolding(ranks, starts))
    holding.delete(ZERO_BUCKET)
    wanted.fill(0)
    for (const bucket of holding) wanted[bucket] = 1
    cursors.set(starts.subarray(0, cursors.length))
    gather(values, bucketOf, wanted, cursors, gathered)
    for (const bucket of holding) gathered.subarray(starts[bucket], starts[bucket + 1]).sort()
    return ranks.map(rank => (rank < starts[ZERO_BUCKET + 1]! ? 0 : gathered[rank]!))
  }
}

/** Divides the range of non-zero high words evenly; leaves the number of elements of bucket b in counts[b + 1]. */
function assignBuckets(words: Int32Array, bucketOf: Uint16Array, counts: Uint32Array): void {
  let lowest = 0x7fffffff
  let highest = 0
  for (let i = HIGH_WORD; i < words.length; i += 2) {
    const high = words[i]!
    highest = Math.max(highest, high)
    lowest = Math.min(lowest, (high - 1) & 0x7fffffff)
  }
  let shift = 0
  while ((highest - lowest) >> shift >= BUCKETS) shift++
  const base = lowest + 1 - (1 << shift)
  counts.fill(0)
  for (let i = 0; i < bucketOf.length; i++) {
    const bucket = Math.max(words[2 * i + HIGH_WORD]! - base, 0) >>> shift
    bucketOf[i] = bucket
    counts[bucket + 1] = counts[bucket + 1]! + 1
  }
}

function bucketsHolding(ranks: readonly number[], starts: Uint32Array): number[] {
  let bucket = 0
  return ranks.map(rank => {
    while (starts[bucket + 1]! <= rank) bucket++
    return bucket
  })
}

/** Writes the elements of the wanted buckets from their cursors on. */
function gather(values: Float64Array, bucketOf: Uint16Array, wanted: Uint8Array, cursors: Uint32Array, gathered: Float64Array): void {
  for (let i = 0; i < bucketOf.length; i++) {
    const bucket = bucketOf[i]!
    if (wanted[bucket] !== 1) continue
    const cursor = cursors[bucket]!
    gathered[cursor] = values[i]!
    cursors[bucket] = cursor + 1
  }
}
