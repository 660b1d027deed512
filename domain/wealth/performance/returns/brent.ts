const MAX_STEPS = 200

/**
 * A root of a continuous function between two places where it has different signs: Brent's method, which is inverse quadratic interpolation and secant
 * steps guarded by bisection. R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.
 * @param tolerance how far the result may be from the root
 */
export const findRoot = (valueAt: (x: number) => number, low: number, high: number, tolerance: number): number => {
  let [a, b] = [low, high]
  let [valueA, valueB] = [valueAt(a), valueAt(b)]
  let [c, valueC] = [a, valueA]
  let step = b - a
  let lastStep = step
  for (let count = 0; count < MAX_STEPS; count += 1) {
    if (valueB > 0 === valueC > 0) {
      ;[c, valueC] = [a, valueA]
      step = b - a
      lastStep = step
    }
    if (Math.abs(valueC) < Math.abs(valueB)) [a, b, c, valueA, valueB, valueC] = [b, c, b, valueB, valueC, valueB]
    const half = (c - b) / 2
    if (valueB === 0 || Math.abs(half) <= tolerance) return b
    const interpolated =
      Math.abs(lastStep) >= tolerance && Math.abs(valueA) > Math.abs(valueB) ? interpolate(a, b, c, valueA, valueB, valueC) : undefined
    const isGood =
      interpolated !== undefined &&
      interpolated * half > 0 &&
      Math.abs(interpolated) < Math.min(1.5 * Math.abs(half) - Math.abs(tolerance) / 2, Math.abs(lastStep) / 2)
    lastStep = isGood ? step : half
    step = isGood ? interpolated : half
    ;[a, valueA] = [b, valueB]
    b += Math.abs(step) > tolerance ? step : Math.sign(half) * tolerance
    valueB = valueAt(b)
  }
  return b
}

const interpolate = (a: number, b: number, c: number, valueA: number, valueB: number, valueC: number): number => {
  const s = valueB / valueA
  if (a === c) return ((c - b) * s) / (s - 1)
  const q = valueA / valueC
  const r = valueB / valueC
  const top = s * ((c - b) * q * (q - r) - (b - a) * (r - 1))
  return -top / ((q - 1) * (r - 1) * (s - 1))
}
