import { BUCKET_OFFSETS } from './memory'

/** Buckets of a radix pass; one more in front of them for zeros. */
const BUCKETS: usize = 2048
const STARTS: usize = memory.data(2050 * 4, 16)
const CURSORS: usize = memory.data(2049 * 4, 16)
const NOT_WANTED: u32 = u32.MAX_VALUE

const INSERTION_SORTED: usize = 32

/**
 * Writes the order statistics of the given ranks (ascending, 32-bit) of `count` non-negative finite doubles; see quantiles.ts in the
 * plain form, which has the same buckets, only wider.
 *
 * @param values with room for one vector after the last value
 * @param scratch room for `count` doubles
 */
export function orderStatistics(values: usize, count: usize, ranks: usize, rankCount: usize, out: usize, scratch: usize): void {
  assignBuckets(values, count)
  memory.fill(STARTS, 0, (BUCKETS + 2) * 4)
  const end = BUCKET_OFFSETS + (count << 2)
  for (let at = BUCKET_OFFSETS; at < end; at += 4) {
    const offset = load<u32>(at)
    store<u32>(offset, load<u32>(offset, STARTS + 4) + 1, STARTS + 4)
  }
  markWanted(ranks, rankCount)
  let value = values
  for (let at = BUCKET_OFFSETS; at < end; at += 4) {
    const offset = load<u32>(at)
    const to = load<u32>(offset, CURSORS)
    if (to != NOT_WANTED) {
      store<f64>(scratch + ((<usize>to) << 3), load<f64>(value))
      store<u32>(offset, to + 1, CURSORS)
    }
    value += 8
  }
  readRanks(ranks, rankCount, out, scratch)
}

/** Divides the range of non-zero high words evenly; writes the offset of each value's bucket in a table of 32-bit words. */
function assignBuckets(values: usize, count: usize): void {
  const end = values + (count << 3)
  const largest = i32x4.splat(0x7fffffff)
  let lowests = largest
  let highests = i32x4.splat(0)
  // Lanes 1 and 3 are high words; the last value of an odd count is handled alone.
  for (let at = values; at + 8 < end; at += 16) {
    const words = v128.load(at)
    highests = i32x4.max_u(highests, words)
    lowests = i32x4.min_u(lowests, v128.and(i32x4.sub(words, i32x4.splat(1)), largest))
  }
  const last = load<u32>(end - 8, 4)
  const lowest = min(min(<u32>i32x4.extract_lane(lowests, 1), <u32>i32x4.extract_lane(lowests, 3)), (last - 1) & 0x7fffffff)
  const highest = max(max(<u32>i32x4.extract_lane(highests, 1), <u32>i32x4.extract_lane(highests, 3)), last)
  let shift = 0
  while (highest > lowest && (highest - lowest) >> shift >= <u32>BUCKETS) shift++
  const base = i32x4.splat(<i32>lowest + 1 - (1 << shift))
  const zero = i32x4.splat(0)

  let out = BUCKET_OFFSETS
  for (let at = values; at < end; at += 32) {
    const high = v128.shuffle<i32>(v128.load(at), v128.load(at, 16), 1, 3, 5, 7)
    v128.store(out, i32x4.shl(i32x4.shr_u(i32x4.max_s(i32x4.sub(high, base), zero), shift), 2))
    out += 16
  }
}

/** Turns counts into starts, and gives each bucket that holds a wanted rank a cursor in the scratch, except the bucket of zeros. */
function markWanted(ranks: usize, rankCount: usize): void {
  memory.fill(CURSORS, 0xff, (BUCKETS + 1) * 4)
  let start: u32 = 0
  let next: usize = 0
  for (let bucket: usize = 0; bucket <= BUCKETS; bucket++) {
    const at = STARTS + (bucket << 2)
    const following = start + load<u32>(at, 4)
    store<u32>(at, start)
    let wanted = false
    while (next < rankCount && load<u32>(ranks + (next << 2)) < following) {
      wanted = bucket > 0
      next++
    }
    if (wanted) store<u32>(CURSORS + (bucket << 2), start)
    start = following
  }
  store<u32>(STARTS + ((BUCKETS + 1) << 2), start)
}

/** Sorts the gathered buckets, each when its first rank is read. */
function readRanks(ranks: usize, rankCount: usize, out: usize, scratch: usize): void {
  const zeros = load<u32>(STARTS, 4)
  let sortedTo: u32 = 0
  let bucket: usize = 0
  for (let i: usize = 0; i < rankCount; i++) {
    const rank = load<u32>(ranks + (i << 2))
    if (rank >= zeros && rank >= sortedTo) {
      while (load<u32>(STARTS + (bucket << 2), 4) <= rank) bucket++
      const start = load<u32>(STARTS + (bucket << 2))
      sortedTo = load<u32>(STARTS + (bucket << 2), 4)
      sort(scratch + ((<usize>start) << 3), sortedTo - start)
    }
    store<f64>(out + (i << 3), rank < zeros ? 0 : load<f64>(scratch + ((<usize>rank) << 3)))
  }
}

/** Insertion sort if short, else heap sort: no sample takes quadratic time. */
function sort(values: usize, count: usize): void {
  if (count <= INSERTION_SORTED) return insertionSort(values, count)
  for (let root = count >> 1; root > 0; root--) sink(values, root - 1, count)
  for (let last = count - 1; last > 0; last--) {
    const greatest = load<f64>(values)
    store<f64>(values, load<f64>(values + (last << 3)))
    store<f64>(values + (last << 3), greatest)
    sink(values, 0, last)
  }
}

function insertionSort(values: usize, count: usize): void {
  for (let i: usize = 1; i < count; i++) {
    const value = load<f64>(values + (i << 3))
    let at = values + (i << 3)
    while (at > values && load<f64>(at - 8) > value) {
      store<f64>(at, load<f64>(at - 8))
      at -= 8
    }
    store<f64>(at, value)
  }
}

function sink(values: usize, root: usize, count: usize): void {
  const value = load<f64>(values + (root << 3))
  while ((root << 1) + 1 < count) {
    let child: usize = (root << 1) + 1
    if (child + 1 < count && load<f64>(values + (child << 3)) < load<f64>(values + (child << 3), 8)) child++
    if (load<f64>(values + (child << 3)) <= value) break
    store<f64>(values + (root << 3), load<f64>(values + (child << 3)))
    root = child
  }
  store<f64>(values + (root << 3), value)
}
