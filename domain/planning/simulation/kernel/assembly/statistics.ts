import { EXP2 } from './memory'

const LN2: f64 = 0.6931471805599453
const SQRT_HALF: f64 = 0.7071067811865476

/** `total` and, in their order, the annual returns that come to the gross returns given over `years`: see the plain form. */
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

function log(x: f64): f64 {
  let mantissa = x
  let exponent: f64 = 0
  while (mantissa >= 2 * SQRT_HALF) {
    mantissa *= 0.5
    exponent++
  }
  while (mantissa < SQRT_HALF) {
    mantissa *= 2
    exponent--
  }
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum: f64 = 0
  for (let odd: f64 = 27; odd >= 3; odd -= 2) sum = square * (sum + 1 / odd)
  return exponent * LN2 + (2 * s + 2 * s * sum)
}
