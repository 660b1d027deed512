import { type FourWords, philox4x32 } from './philox.ts'

/**
 * Numbers of the independent random streams of a path. A new purpose gets a new number, so the draws of the others stay the same
 * and scenarios keep common random numbers.
 */
export const MARKET_STREAM = 0

/** The seed's two words as a Philox key: [low, high] of the 64-bit two's complement. */
export type SeedKey = readonly [number, number]

/** @param seed decimal int64, such as "20260101" */
export function seedKey(seed: string): SeedKey {
  const bits = BigInt.asUintN(64, BigInt(seed))
  return [Number(bits & 0xffffffffn), Number(bits >> 32n)]
}

/**
 * First xoshiro128++ state of one path's stream: Philox4x32-10 under the seed, of the counter
 * c0 = 0 (reserved: 1 if that state were all zeros, the one state xoshiro cannot leave), c1 = stream number, c2 = path index, c3 = 0 (reserved).
 */
export function streamState(key: SeedKey, stream: number, path: number, generate: typeof philox4x32 = philox4x32): FourWords {
  const state = generate([0, stream, path, 0], key)
  return state.some(word => word !== 0) ? state : generate([1, stream, path, 0], key)
}

/**
 * Next 32-bit word (as a signed integer) of the xoshiro128++ generator with its four state words at `state[at..at + 3]`.
 * Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
 */
export function nextWord(state: Int32Array, at: number): number {
  let s0 = state[at]!
  let s1 = state[at + 1]!
  let s2 = state[at + 2]!
  let s3 = state[at + 3]!
  const sum = (s0 + s3) | 0
  const word = (((sum << 7) | (sum >>> 25)) + s0) | 0
  const shifted = s1 << 9
  s2 ^= s0
  s3 ^= s1
  s1 ^= s2
  s0 ^= s3
  s2 ^= shifted
  s3 = (s3 << 11) | (s3 >>> 21)
  state[at] = s0
  state[at + 1] = s1
  state[at + 2] = s2
  state[at + 3] = s3
  return word
}

/**
 * A uniform integer in [0, count), without bias: the high word of draw x count, drawn again while the low word falls in the
 * incomplete last interval. Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
 *
 * @param count 1..2^21, so that the product is exact in a double
 */
export function nextInteger(state: Int32Array, at: number, count: number): number {
  const rejected = 0x100000000 % count
  for (;;) {
    const product = (nextWord(state, at) >>> 0) * count
    const high = Math.floor(product / 0x100000000)
    if (product - high * 0x100000000 >= rejected) return high
  }
}

/** Whether a word, as a fraction of 2^32, is below a probability. */
export const isBelow = (word: number, probability: number): boolean => (word >>> 0) / 0x100000000 < probability
