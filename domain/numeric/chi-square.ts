import { log } from './elementary.ts'
import { normalFromDraw } from './normal.ts'
import { nextWord } from './streams.ts'

/**
 * Chi-square variate from the generator with its state at `state[at..at + 3]`: twice a gamma variate of half the degrees of freedom.
 * Each attempt uses two words; more than 95 % of attempts succeed.
 * Source: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000.
 *
 * @param degreesOfFreedom at least 2
 */
export function nextChiSquare(state: Int32Array, at: number, degreesOfFreedom: number): number {
  const d = degreesOfFreedom / 2 - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalFromDraw(nextWord(state, at))
    const uniform = ((nextWord(state, at) >>> 0) + 0.5) / 0x100000000
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    const xx = x * x
    if (uniform < 1 - 0.0331 * xx * xx || log(uniform) < xx / 2 + d - d * v + d * log(v)) return 2 * d * v
  }
}
