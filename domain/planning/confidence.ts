import { exp, wilsonInterval } from '../numeric/index.ts'

const INVERSE_ROOT_TWO_PI = 0.3989422804014327

/** Standard normal distribution function for z from 0 to 8, by its series (Abramowitz and Stegun, 26.2.11); absolute error below 1e-12. */
const normalDistribution = (z: number): number => {
  let term = z
  let sum = z
  for (let k = 1; term > 1e-18 * sum; k += 1) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return 0.5 + INVERSE_ROOT_TWO_PI * exp((-z * z) / 2) * sum
}

/** Standard normal quantile of a probability from 0.5 up, by bisection. */
export const normalQuantile = (probability: number): number => {
  let low = 0
  let high = 8
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (normalDistribution(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Wilson interval of a share of paths, at a confidence level between 0 and 1. */
export const successInterval = (count: number, paths: number, level: number) => ({
  level,
  ...wilsonInterval(count, paths, normalQuantile((1 + level) / 2)),
})
