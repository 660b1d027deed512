import { DRAWS, LANES, STATES } from './memory'

const WORD: usize = LANES * 4

/** Next word of each lane's xoshiro128++ for each of `count` factors, four lanes at a time. */
export function fillDraws(count: usize): void {
  const size = count * WORD
  for (let lane: usize = 0; lane < WORD; lane += 16) {
    const state = STATES + lane
    let s0 = v128.load(state)
    let s1 = v128.load(state, WORD)
    let s2 = v128.load(state, 2 * WORD)
    let s3 = v128.load(state, 3 * WORD)
    const end = DRAWS + lane + size
    for (let out = DRAWS + lane; out < end; out += WORD) {
      v128.store(out, i32x4.add(rotate(i32x4.add(s0, s3), 7), s0))
      const shifted = i32x4.shl(s1, 9)
      s2 = v128.xor(s2, s0)
      s3 = v128.xor(s3, s1)
      s1 = v128.xor(s1, s2)
      s0 = v128.xor(s0, s3)
      s2 = v128.xor(s2, shifted)
      s3 = rotate(s3, 11)
    }
    v128.store(state, s0)
    v128.store(state, s1, WORD)
    v128.store(state, s2, 2 * WORD)
    v128.store(state, s3, 3 * WORD)
  }
}

function rotate(words: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(words, bits), i32x4.shr_u(words, 32 - bits))
}

/** Sets each lane's generator to the start of the given stream of its path: see streamState in the plain form. */
export function openStreams(keyLow: u32, keyHigh: u32, stream: u32, firstPath: u32): void {
  for (let lane: u32 = 0; lane < <u32>LANES; lane++) {
    const at = STATES + ((<usize>lane) << 2)
    philox(0, stream, firstPath + lane, keyLow, keyHigh, at)
    if ((load<u32>(at) | load<u32>(at, WORD) | load<u32>(at, 2 * WORD) | load<u32>(at, 3 * WORD)) == 0) {
      philox(1, stream, firstPath + lane, keyLow, keyHigh, at)
    }
  }
}

function philox(counter: u32, stream: u32, path: u32, keyLow: u32, keyHigh: u32, at: usize): void {
  let c0 = counter
  let c1 = stream
  let c2 = path
  let c3: u32 = 0
  let k0 = keyLow
  let k1 = keyHigh
  for (let round = 0; round < 10; round++) {
    const product0 = <u64>c0 * 0xd2511f53
    const product1 = <u64>c2 * 0xcd9e8d57
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0
    c1 = <u32>product1
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1
    c3 = <u32>product0
    k0 += 0x9e3779b9
    k1 += 0xbb67ae85
  }
  store<u32>(at, c0)
  store<u32>(at, c1, WORD)
  store<u32>(at, c2, 2 * WORD)
  store<u32>(at, c3, 3 * WORD)
}
