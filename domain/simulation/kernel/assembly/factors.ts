import { DRAWS, DRIFT, EXP2, GROSS, LANES, LOADINGS, NORMAL_CUBICS, NORMALS, ROW } from './memory'

/** Upper half of 2^52 as a double, the lower words of 1, 2^52, the fraction's mask, 2^31, and the mask of a segment's offset. */
const NORMAL_CONSTANTS: usize = memory.data<u64>(
  [0x43300000, 1, 0x4330000000000000, 0x7fffffffffff, 0x41e0000000000000, 0xffffffe0, 1023 << 10],
  16,
)
const SEGMENTS: usize = memory.data(16, 16)

/**
 * Standard normal variates of the draws, four at a time; see drawsToNormals in the plain form. As a double, v = draw | 1 has the segment's
 * leading zeros in its exponent, the segment's five bits at the top of its mantissa, and the cubic's variable n below them.
 */
export function drawsToNormals(count: usize): void {
  const end = DRAWS + count * LANES * 4
  const upperHalf = v128.load32_splat(NORMAL_CONSTANTS)
  const lowBit = v128.load_splat<u64>(NORMAL_CONSTANTS, 8)
  const integers = v128.load_splat<f64>(NORMAL_CONSTANTS, 16)
  const fraction = v128.load_splat<u64>(NORMAL_CONSTANTS, 24)
  const offset = v128.load_splat<f64>(NORMAL_CONSTANTS, 32)
  const wholeSegments = v128.load32_splat(NORMAL_CONSTANTS, 40)
  const firstSegment = v128.load32_splat(NORMAL_CONSTANTS, 48)
  let out = NORMALS
  for (let at = DRAWS; at < end; at += 16) {
    const draws = v128.load(at)
    const low = v128.shuffle<i32>(draws, upperHalf, 0, 4, 1, 5)
    const high = v128.shuffle<i32>(draws, upperHalf, 2, 6, 3, 7)
    const vLow = f64x2.sub(v128.or(low, lowBit), integers)
    const vHigh = f64x2.sub(v128.or(high, lowBit), integers)
    const tops = v128.shuffle<i32>(vLow, vHigh, 1, 3, 5, 7)
    v128.store(SEGMENTS, i32x4.sub(v128.and(i32x4.shr_u(tops, 10), wholeSegments), firstSegment))
    const nLow = f64x2.sub(v128.or(v128.and(vLow, fraction), offset), offset)
    const nHigh = f64x2.sub(v128.or(v128.and(vHigh, fraction), offset), offset)
    v128.store(out, v128.xor(cubics(load<u32>(SEGMENTS), load<u32>(SEGMENTS, 4), nLow), i64x2.shl(low, 63)))
    v128.store(out, v128.xor(cubics(load<u32>(SEGMENTS, 8), load<u32>(SEGMENTS, 12), nHigh), i64x2.shl(high, 63)), 16)
    out += 32
  }
}

/** Two segments' cubics of n. */
function cubics(first: usize, second: usize, n: v128): v128 {
  const lower0 = v128.load(first, NORMAL_CUBICS)
  const lower1 = v128.load(second, NORMAL_CUBICS)
  const upper0 = v128.load(first, NORMAL_CUBICS + 16)
  const upper1 = v128.load(second, NORMAL_CUBICS + 16)
  const c3 = v128.shuffle<f64>(upper0, upper1, 1, 3)
  const c2 = v128.shuffle<f64>(upper0, upper1, 0, 2)
  const c1 = v128.shuffle<f64>(lower0, lower1, 1, 3)
  const c0 = v128.shuffle<f64>(lower0, lower1, 0, 2)
  return f64x2.add(c0, f64x2.mul(n, f64x2.add(c1, f64x2.mul(n, f64x2.add(c2, f64x2.mul(n, c3))))))
}

/** Log returns: drift[i] + sum over j <= i of loadings[i][j] normals[j], added in the order of j, eight lanes at a time. */
export function correlate(count: usize): void {
  for (let group: usize = 0; group < ROW; group += 64) {
    let loading = LOADINGS
    let out = GROSS + group
    let drift = DRIFT
    for (let i: usize = 0; i < count; i++) {
      const start = v128.load_splat<f64>(drift)
      let a = start
      let b = start
      let c = start
      let d = start
      const end = NORMALS + group + i * ROW
      for (let normal = NORMALS + group; normal <= end; normal += ROW) {
        const l = v128.load_splat<f64>(loading)
        a = f64x2.add(a, f64x2.mul(l, v128.load(normal)))
        b = f64x2.add(b, f64x2.mul(l, v128.load(normal, 16)))
        c = f64x2.add(c, f64x2.mul(l, v128.load(normal, 32)))
        d = f64x2.add(d, f64x2.mul(l, v128.load(normal, 48)))
        loading += 8
      }
      v128.store(out, a)
      v128.store(out, b, 16)
      v128.store(out, c, 32)
      v128.store(out, d, 48)
      out += ROW
      drift += 8
    }
  }
}

/**
 * The factors and summands of exponentiate. Vectors read before a loop stay in registers; constants inside the loop would be built again in
 * each turn.
 */
const EXP_CONSTANTS: usize = memory.data<f64>([46.16624130844683, 6755399441055744, 0.02166084939249829, 1 / 24, 1 / 6, 0.5, 1], 16)

/** Bytes from the table's start to 2^0. */
const EXP2_OFFSET: usize = memory.data<i32>([2048 << 3])

/** e^x of each log return, in place; see exp in the plain form. */
export function exponentiate(count: usize): void {
  const end = GROSS + count * ROW
  const perLog2 = v128.load_splat<f64>(EXP_CONSTANTS)
  const toInteger = v128.load_splat<f64>(EXP_CONSTANTS, 8)
  const log2 = v128.load_splat<f64>(EXP_CONSTANTS, 16)
  const fourth = v128.load_splat<f64>(EXP_CONSTANTS, 24)
  const third = v128.load_splat<f64>(EXP_CONSTANTS, 32)
  const half = v128.load_splat<f64>(EXP_CONSTANTS, 40)
  const one = v128.load_splat<f64>(EXP_CONSTANTS, 48)
  const toOffset = v128.load32_splat(EXP2_OFFSET)
  for (let at = GROSS; at < end; at += 16) {
    const x = v128.load(at)
    const shifted = f64x2.add(f64x2.mul(x, perLog2), toInteger)
    const offsets = i32x4.add(i32x4.shl(shifted, 3), toOffset)
    const first = v128.load64_zero(i32x4.extract_lane(offsets, 0), EXP2)
    const power = v128.load_lane<f64>(i32x4.extract_lane(offsets, 2), first, 1, EXP2)
    const r = f64x2.sub(x, f64x2.mul(f64x2.sub(shifted, toInteger), log2))
    let p = f64x2.add(third, f64x2.mul(r, fourth))
    p = f64x2.add(half, f64x2.mul(r, p))
    p = f64x2.add(one, f64x2.mul(r, p))
    p = f64x2.add(one, f64x2.mul(r, p))
    v128.store(at, f64x2.mul(power, p))
  }
}
