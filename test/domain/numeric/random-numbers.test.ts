import { describe, expect, test } from 'vitest'
import { philox4x32 } from '../../../domain/numeric/philox.ts'
import { MARKET_STREAM, nextInteger, nextWord, seedKey, streamState } from '../../../domain/numeric/streams.ts'
import { BLOCK_PATHS, fillDraws } from '../../../domain/simulation/stages.ts'

describe('Philox4x32-10', () => {
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const)('gives the known answers of Random123 for counter %j', (counter, key, words) => {
    expect(philox4x32(counter, key)).toEqual(words)
  })
})

describe('xoshiro128++', () => {
  // From the state 1, 2, 3, 4; also the published test vector of Rust's rand_xoshiro.
  const words = [641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420]

  test('gives the published words', () => {
    const state = Int32Array.of(1, 2, 3, 4)
    expect(words.map(() => nextWord(state, 0) >>> 0)).toEqual(words)
  })

  test('gives a block the same words, factor by factor', () => {
    const states = new Int32Array(4 * BLOCK_PATHS)
    for (let lane = 0; lane < BLOCK_PATHS; lane++) states.set([1 + lane, 2, 3, 4], 4 * lane)
    const alone = states.slice()
    const draws = new Int32Array(5 * BLOCK_PATHS)
    for (let step = 0; step < 2; step++) {
      fillDraws(states, draws)
      for (let lane = 0; lane < BLOCK_PATHS; lane++) {
        for (let factor = 0; factor < 5; factor++) expect(draws[factor * BLOCK_PATHS + lane]).toBe(nextWord(alone, 4 * lane))
      }
    }
    expect(states).toEqual(alone)
  })
})

describe('streams', () => {
  test('take the seed as two words of 64-bit two’s complement', () => {
    expect(seedKey('4294967298')).toEqual([2, 1])
    expect(seedKey('-1')).toEqual([0xffffffff, 0xffffffff])
    expect(seedKey('-9223372036854775808')).toEqual([0, 0x80000000])
  })

  test('start at Philox of (0, stream, path, 0)', () => {
    expect(streamState([7, 8], 3, 4711)).toEqual(philox4x32([0, 3, 4711, 0], [7, 8]))
  })

  test('never start at the all-zero state, which xoshiro cannot leave', () => {
    const mostlyZero = (counter: readonly number[]) => (counter[0] === 0 ? ([0, 0, 0, 0] as const) : philox4x32([0, 0, 0, 1], [0, 0]))
    expect(streamState([0, 0], 0, 0, mostlyZero)).toEqual(philox4x32([0, 0, 0, 1], [0, 0]))
  })

  test('differ by path, stream and seed in all of a hundred thousand states', () => {
    const states = new Set<string>()
    for (let path = 0; path < 25_000; path++) {
      for (const seed of ['1', '2']) for (const stream of [MARKET_STREAM, 1]) states.add(streamState(seedKey(seed), stream, path).join())
    }
    expect(states.size).toBe(100_000)
  })

  test('draw integers without the incomplete interval', () => {
    // 2^32 mod (2^21 - 1) = 2048 words of low part below 2048 are drawn again; the word 0 is one of them.
    const zeroFirst = Int32Array.of(0, 0x01000000, 0, 0)
    const again = zeroFirst.slice()
    expect(nextWord(again, 0)).toBe(0)
    let next = nextWord(again, 0) >>> 0
    while ((BigInt(next) * 2097151n) % 4294967296n < 2048n) next = nextWord(again, 0) >>> 0
    expect(nextInteger(zeroFirst, 0, 2097151)).toBe(Number((BigInt(next) * 2097151n) / 4294967296n))
    expect(zeroFirst).toEqual(again)
  })

  test('draw integers evenly', () => {
    const counts = Array.from({ length: 98 }, () => 0)
    const state = Int32Array.from(streamState(seedKey('1'), MARKET_STREAM, 0))
    for (let i = 0; i < 98_000; i++) counts[nextInteger(state, 0, 98)]!++
    const chiSquare = counts.reduce((total, count) => total + (count - 1000) ** 2 / 1000, 0)
    expect(chiSquare).toBeGreaterThan(58) // the 0.001 and 0.999 quantiles for 97 degrees of freedom
    expect(chiSquare).toBeLessThan(145)
  })
})
