const BUCKETS = 4096
const HIGH_WORD = new Uint32Array(new Float64Array([1]).buffer)[1] === 0 ? 0 : 1

/**
 * Makes a function that finds exact sample quantiles of `size` non-negative finite numbers at a time, reusing its buffers.
 * Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996: at h = (size - 1) fraction,
 * linear between the order statistics around h. The order statistics come from one radix pass over the doubles' high words
 * (which order non-negative doubles), and a sort of the few buckets that hold a wanted rank.
 *
 * @param fractions ascending, in [0, 1]
 */
export function createQuantiles(size: number, fractions: readonly number[]): (values: Float64Array) => number[] {
  const positions = fractions.map(fraction => (size - 1) * fraction)
  const ranks = [...new Set(positions.flatMap(h => [Math.floor(h), Math.min(Math.floor(h) + 1, size - 1)]))].toSorted((a, b) => a - b)
  const orderStatistics = createOrderStatistics(size, ranks)
  const at = new Map(ranks.map((rank, index) => [rank, index]))

  return values => {
    const found = orderStatistics(values)
    return positions.map(h => {
      const below = Math.floor(h)
      const lower = found[at.get(below)!]!
      const upper = found[at.get(Math.min(below + 1, size - 1))!]!
      return lower + (h - below) * (upper - lower)
    })
  }
}

/** @param ranks ascending, from 0 */
function createOrderStatistics(size: number, ranks: readonly number[]): (values: Float64Array) => Float64Array {
  const bucketOf = new Uint16Array(size)
  const starts = new Uint32Array(BUCKETS + 2)
  const wanted = new Uint8Array(BUCKETS + 1)
  const gathered = new Float64Array(size)
  const cursors = new Uint32Array(BUCKETS + 1)
  const found = new Float64Array(ranks.length)

  return values => {
    assignBuckets(values, bucketOf)
    starts.fill(0)
    for (let i = 0; i < size; i++) starts[bucketOf[i]! + 1]!++
    for (let bucket = 0; bucket <= BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!

    const bucketsOfRanks = bucketsHolding(ranks, starts)
    wanted.fill(0)
    for (const bucket of bucketsOfRanks) wanted[bucket] = 1
    cursors.set(starts.subarray(0, BUCKETS + 1))
    for (let i = 0; i < size; i++) {
      const bucket = bucketOf[i]!
      if (wanted[bucket] === 1) gathered[cursors[bucket]!++] = values[i]!
    }
    for (const bucket of new Set(bucketsOfRanks)) {
      if (bucket !== ZERO_BUCKET) gathered.subarray(starts[bucket], starts[bucket + 1]).sort()
    }
    for (let i = 0; i < ranks.length; i++) found[i] = gathered[ranks[i]!]!
    return found
  }
}

/** Exact zeros (depleted paths, often most of the sample) have a bucket of their own, which needs no sorting. */
const ZERO_BUCKET = 0

function assignBuckets(values: Float64Array, bucketOf: Uint16Array): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  let lowest = 0xffffffff
  let highest = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue
    const high = words[2 * i + HIGH_WORD]!
    if (high < lowest) lowest = high
    if (high > highest) highest = high
  }
  let shift = 0
  while ((highest - lowest) >>> shift >= BUCKETS) shift++
  for (let i = 0; i < values.length; i++) {
    bucketOf[i] = values[i] === 0 ? ZERO_BUCKET : 1 + ((words[2 * i + HIGH_WORD]! - lowest) >>> shift)
  }
}

function bucketsHolding(ranks: readonly number[], starts: Uint32Array): number[] {
  let bucket = 0
  return ranks.map(rank => {
    while (starts[bucket + 1]! <= rank) bucket++
    return bucket
  })
}
