import { EXP2 } from './memory'

/*
 * Sums and ranges continue from the given values, in the order of the sample, so that a sample can be passed in parts.
 */

export function addAll(total: f64, values: usize, count: usize): f64 {
  for (let at = values; at < values + (count << 3); at += 8) total += load<f64>(at)
  return total
}

export function addSquaredDeviations(total: f64, values: usize, count: usize, mean: f64): f64 {
  for (let at = values; at < values + (count << 3); at += 8) {
    const deviation = load<f64>(at) - mean
    total += deviation * deviation
  }
  return total
}

export function leastOf(least: f64, values: usize, count: usize): f64 {
  for (let at = values; at < values + (count << 3); at += 8) least = min(least, load<f64>(at))
  return least
}

export function greatestOf(greatest: f64, values: usize, count: usize): f64 {
  for (let at = values; at < values + (count << 3); at += 8) greatest = max(greatest, load<f64>(at))
  return greatest
}

/** out[i] = numerators[i] / denominators[i]. */
export function divide(numerators: usize, denominators: usize, out: usize, count: usize): void {
  for (let offset: usize = 0; offset < count << 3; offset += 8) {
    store<f64>(out + offset, load<f64>(numerators + offset) / load<f64>(denominators + offset))
  }
}

const LN2: f64 = 0.6931471805599453
const SQRT_HALF: f64 = 0.7071067811865476
const TWO_TO_54: f64 = 18014398509481984

/** Reciprocals of the odd numbers from 27 down to 3. */
const RECIPROCALS: usize = memory.data<f64>(
  [1 / 27, 1 / 25, 1 / 23, 1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3],
  16,
)

/** `total` plus, in their order, the annual returns that compound to the given gross returns over `years`: see the plain form. */
export function addAnnualised(total: f64, growth: usize, count: usize, years: f64): f64 {
  for (let at = growth; at < growth + (count << 3); at += 8) {
    const gross = load<f64>(at)
    total += gross == 0 ? -1 : exp(log(gross) / years) - 1
  }
  return total
}

function exp(x: f64): f64 {
  const shifted = x * 46.16624130844683 + 6755399441055744
  const k = shifted - 6755399441055744
  const r = x - k * 0.02166084939249829
  const power = load<f64>(EXP2 + ((<usize>(<i32>k + 2048)) << 3))
  return power * (1 + r * (1 + r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24)))))
}

/** The plain form's logarithm; its halvings and doublings are exact, so that the exponent can be read instead. */
function log(x: f64): f64 {
  const scaled = x < f64.MIN_NORMAL_VALUE ? x * TWO_TO_54 : x
  const bits = reinterpret<u64>(scaled)
  let exponent = <i32>(bits >> 52) - 1023 - (x < f64.MIN_NORMAL_VALUE ? 54 : 0)
  let mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000)
  if (mantissa >= 2 * SQRT_HALF) {
    mantissa *= 0.5
    exponent++
  }
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum: f64 = 0
  for (let term = RECIPROCALS; term < RECIPROCALS + 13 * 8; term += 8) sum = square * (sum + load<f64>(term))
  return <f64>exponent * LN2 + (2 * s + 2 * s * sum)
}
