import { EXP2_THIRTY_SECONDS } from './tables.generated.ts'

/*
 * Math.exp and Math.log are implementation-approximated in ECMAScript and differ between processors; these use only + - * / and tables,
 * which IEEE 754 fixes to the bit.
 */

const LN2 = 0.6931471805599453
const LN2_OVER_32 = 0.02166084939249829
const THIRTY_TWO_OVER_LN2 = 46.16624130844683
const SQRT_HALF = 0.7071067811865476

const EXP2_HALF_RANGE = 2048

/** 2^((i - 2048) / 32): the table of one octave times powers of two, which is exact. */
const EXP2 = exp2Table()

/** The table. It is a function because the JIT compiler does not treat an exported constant as constant. */
export const powersOfTwo = (): Float64Array => EXP2

function exp2Table(): Float64Array {
  const table = new Float64Array(2 * EXP2_HALF_RANGE)
  table.set(EXP2_THIRTY_SECONDS, EXP2_HALF_RANGE)
  for (let i = EXP2_HALF_RANGE + 32; i < table.length; i++) table[i] = table[i - 32]! * 2
  for (let i = EXP2_HALF_RANGE - 1; i >= 0; i--) table[i] = table[i + 32]! * 0.5
  return table
}

/** 1.5 x 2^52: adding and then subtracting it rounds a double below 2^51 to the nearest integer. */
const ROUND_TO_INTEGER = 6755399441055744

/**
 * e^x for |x| <= 44, NaN beyond; within SPEC_LIMITS a step's log return stays far inside. Relative error below 1.5e-12; exactly 1 at 0.
 * x = k ln2/32 + r with |r| <= ln2/64: 2^(k/32) from a table times Taylor's polynomial of degree 4 in r.
 */
export function exp(x: number): number {
  const k = x * THIRTY_TWO_OVER_LN2 + ROUND_TO_INTEGER - ROUND_TO_INTEGER
  const r = x - k * LN2_OVER_32
  return EXP2[(k | 0) + EXP2_HALF_RANGE]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24)))))
}

/** e^x of each value, in place. */
export function exponentiate(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = exp(values[i]!)
}

/** Natural logarithm of a positive double: relative or absolute error, whichever is smaller, below 5e-16. */
export function log(x: number): number {
  let mantissa = x
  let exponent = 0
  while (mantissa >= 2 * SQRT_HALF) {
    mantissa *= 0.5
    exponent++
  }
  while (mantissa < SQRT_HALF) {
    mantissa *= 2
    exponent--
  }
  return exponent * LN2 + logFromRatio((mantissa - 1) / (mantissa + 1))
}

/** ln(1 + x) for x > -1: relative error below 6e-16 up to x = 4, near 0 too. */
export function log1p(x: number): number {
  return x > -0.25 && x < 0.4 ? logFromRatio(x / (2 + x)) : log(1 + x)
}

/** e^x - 1 for |x| <= 0.5, by Taylor's series: relative error below 1e-15. */
export function expm1(x: number): number {
  let sum = 1
  for (let term = 16; term >= 2; term--) sum = 1 + (x / term) * sum
  return x * sum
}

const SERIES_TERMS = 13

/** 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...) = ln((1 + s) / (1 - s)), for |s| < 0.172. */
function logFromRatio(s: number): number {
  const square = s * s
  let sum = 0
  for (let term = SERIES_TERMS; term >= 1; term--) sum = square * (sum + 1 / (2 * term + 1))
  return 2 * s + 2 * s * sum
}
