import { exp, expm1 } from '../../numeric/index.ts'
import { type Outcome, unknown } from './outcome.ts'

/** Beyond this the exponential is not computed. */
const LARGEST = 44

/** e^x - 1 without a loss of digits near zero, for |x| up to 44. */
export const growthLessOne = (x: number): number => (Math.abs(x) < 0.5 ? expm1(x) : exp(x) - 1)

/** The return of a growth that is given by its logarithm. */
export const compounded = (logGrowth: number): Outcome => {
  if (Number.isNaN(logGrowth) || logGrowth > LARGEST) return unknown('not_finite')
  return { value: logGrowth < -LARGEST ? -1 : growthLessOne(logGrowth) }
}
