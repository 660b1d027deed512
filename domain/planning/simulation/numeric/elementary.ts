import { EXP2_THIRTY_SECONDS, LN2, LN2_OVER_32, SQRT_HALF, THIRTY_TWO_OVER_LN2 } from './tables.generated.ts'

/*
 * Math.exp and Math.log are implementation-approximated in ECMAScript and differ between processors; these use only + - * / and tables,
 * which IEEE 754 fixes to the bit.
 */

const SMALLEST_EXPONENT = -1022
const LARGEST_EXPONENT = 1023

/** 2^(i - 1022): the normal powers of two, each exact. */
const POWERS_OF_TWO = powersOfTwo()

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(LARGEST_EXPONENT - SMALLEST_EXPONENT + 1)
  powers[-SMALLEST_EXPONENT] = 1
  for (let i = -SMALLEST_EXPONENT + 1; i < powers.length; i++) powers[i] = powers[i - 1]! * 2
  for (let i = -SMALLEST_EXPONENT - 1; i >= 0; i--) powers[i] = powers[i + 1]! * 0.5
  return powers
}

/**
 * e^x for |x| <= 700, relative error below 1.5e-12; exactly 1 at 0.
 * x = k ln2/32 + r with |r| <= ln2/64: 2^(k/32) from a table times Taylor's polynomial of degree 4 in r.
 */
export function exp(x: number): number {
  const k = Math.floor(x * THIRTY_TWO_OVER_LN2 + 0.5) | 0
  const r = x - k * LN2_OVER_32
  const polynomial = 1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24))))
  return EXP2_THIRTY_SECONDS[k & 31]! * polynomial * POWERS_OF_TWO[(k >> 5) - SMALLEST_EXPONENT]!
}

/** Natural logarithm of a positive normal double, error below 2 units in the last place of the result away from 1. */
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

/** ln(1 + x) for x > -1, accurate near 0 too. */
export function log1p(x: number): number {
  return x > -0.25 && x < 0.4 ? logFromRatio(x / (2 + x)) : log(1 + x)
}

const SERIES_TERMS = 13

/** 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...) = ln((1 + s) / (1 - s)), for |s| < 0.172. */
function logFromRatio(s: number): number {
  const square = s * s
  let sum = 0
  for (let term = SERIES_TERMS; term >= 1; term--) sum = square * (sum + 1 / (2 * term + 1))
  return 2 * s + 2 * s * sum
}
