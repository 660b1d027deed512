import { NORMAL_QUANTILE_C0, NORMAL_QUANTILE_C1, NORMAL_QUANTILE_C2, NORMAL_QUANTILE_C3 } from './tables.generated.ts'

// The JIT compiler treats constants of this module as constants, but not imports.
const C0 = NORMAL_QUANTILE_C0
const C1 = NORMAL_QUANTILE_C1
const C2 = NORMAL_QUANTILE_C2
const C3 = NORMAL_QUANTILE_C3

/**
 * Standard normal variates of 32-bit draws, by inversion: v = draw | 1 gives the tail probability p = v / 2^33 in (0, 1/2) exactly,
 * the low bit of the draw the sign (0 negative, 1 positive).
 * Segment = leading zeros of v and the five bits after its leading one; a cubic of the remaining 26 bits gives the quantile within 7.5e-10.
 * Monotone: of two draws with the same sign, the greater draw never has the greater |z|. |z| < 6.34.
 */
export function drawsToNormals(draws: Int32Array, normals: Float64Array): void {
  for (let i = 0; i < draws.length; i++) {
    const draw = draws[i]!
    const v = draw | 1
    const leadingZeros = Math.clz32(v)
    const normalised = v << leadingZeros
    const segment = (leadingZeros << 5) | ((normalised >>> 26) & 31)
    const n = normalised & 0x03ffffff
    const lowerQuantile = C0[segment]! + n * (C1[segment]! + n * (C2[segment]! + n * C3[segment]!))
    normals[i] = (1 - ((draw & 1) << 1)) * lowerQuantile
  }
}

const oneDraw = new Int32Array(1)
const oneNormal = new Float64Array(1)

/** The variate of one draw. */
export function normalFromDraw(draw: number): number {
  oneDraw[0] = draw
  drawsToNormals(oneDraw, oneNormal)
  return oneNormal[0]!
}
