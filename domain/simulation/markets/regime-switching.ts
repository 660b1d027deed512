import { type Market, openStreams } from '../market.ts'
import { drawsToNormals, exp, exponentiate, isBelow, log, type SeedKey } from '../../numeric/index.ts'
import type { RegimeModel } from '../return-models.ts'
import { BLOCK_PATHS, correlate, fillDraws, padded, paddedToGroups, rowsOf } from '../stages.ts'
import { lognormalSteps } from './lognormal.ts'

/**
 * Probabilities of the second regime in the first step, and after each regime. A chain of two regimes has the eigenvalues 1 and
 * lambda = 1 - p01 - p10, so the monthly chain has lambda^(1/12) and the same stationary distribution.
 */
export function secondRegimeProbabilities(model: RegimeModel, stepsPerYear: number): { atStart: number; after: [number, number] } {
  const [[, toSecond], [toFirst]] = model.transition as [[number, number], [number, number]]
  const lambda = 1 - toSecond - toFirst
  const stepLambda = stepsPerYear === 1 ? lambda : lambda > 0 ? exp(log(lambda) / stepsPerYear) : 0
  const share = lambda === 1 ? 0 : (1 - stepLambda) / (1 - lambda)
  return { atStart: model.start[1]!, after: [toSecond * share, 1 - toFirst * share] }
}

/** A path draws each step's regime first, then the normals, which both regimes share. All draws are from its market stream. */
export function createRegimeMarket(model: RegimeModel, stepsPerYear: number, key: SeedKey): Market {
  const { atStart, after } = secondRegimeProbabilities(model, stepsPerYear)
  const factors = model.assets.length + 1
  const regimes = model.regimes.map(regime => {
    const { drift, loadings } = lognormalSteps(regime, stepsPerYear)
    return { drift, loadings: loadings.map(padded), rows: rowsOf(new Float64Array(factors * BLOCK_PATHS)) }
  })

  const states = new Int32Array(4 * BLOCK_PATHS)
  const draws = new Int32Array((1 + factors) * BLOCK_PATHS)
  const normals = new Float64Array(paddedToGroups(factors) * BLOCK_PATHS)
  const normalRows = rowsOf(normals)
  const gross = new Float64Array(factors * BLOCK_PATHS)
  const grossRows = rowsOf(gross)
  const regimeOf = new Uint8Array(BLOCK_PATHS)
  let atFirstStep = true

  return {
    assetGrowth: grossRows.slice(0, -1),
    inflation: grossRows.at(-1)!,
    open(firstPath) {
      openStreams(states, key, firstPath)
      atFirstStep = true
    },
    step() {
      fillDraws(states, draws)
      for (let lane = 0; lane < BLOCK_PATHS; lane++) {
        regimeOf[lane] = isBelow(draws[lane]!, atFirstStep ? atStart : after[regimeOf[lane]!]!) ? 1 : 0
      }
      atFirstStep = false
      drawsToNormals(draws.subarray(BLOCK_PATHS), normals)
      for (const { drift, loadings, rows } of regimes) correlate(drift, loadings, normalRows, rows)
      for (const [factor, row] of grossRows.entries()) select(regimeOf, regimes[0]!.rows[factor]!, regimes[1]!.rows[factor]!, row)
      exponentiate(gross)
    },
  }
}

/** out = second where `chosen` is 1, else first. */
function select(chosen: Uint8Array, first: Float64Array, second: Float64Array, out: Float64Array): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) out[lane] = chosen[lane] === 1 ? second[lane]! : first[lane]!
}
