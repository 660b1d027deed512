import { cholesky } from './cholesky.ts'
import { type Market, normalisedWeights, openStreams } from './market.ts'
import { exponentiate, log1p } from './numeric/elementary.ts'
import { drawsToNormals } from './numeric/normal.ts'
import type { SeedKey } from './numeric/streams.ts'
import type { LognormalModel } from './spec.ts'
import { BLOCK_PATHS, correlate, fillDraws, growDrifting, growRebalanced, paddedToGroups } from './stages.ts'

/** A lognormal model's parameters of one step. Factors are the assets in their order, then inflation. */
export interface LognormalSteps {
  weights: Float64Array
  /** Mean log return of each factor. */
  drift: Float64Array
  /** Cholesky factor scaled by the log volatilities: [i][j] multiplies normal j in factor i. */
  loadings: number[][]
}

/**
 * For X lognormal with mean m and standard deviation s: Var[ln X] = ln(1 + (s/m)^2) and E[ln X] = ln m - Var[ln X] / 2.
 *
 * @throws RangeError if the correlation is indefinite, which validation refuses
 */
export function lognormalSteps(model: LognormalModel, stepsPerYear: number): LognormalSteps {
  const factored = cholesky(model.correlation)
  if (factored.kind === 'indefinite') throw new RangeError('correlation is not positive semi-definite')
  const rates = [...model.assets.map(asset => ({ mean: asset.meanReturn, volatility: asset.volatility })), model.inflation]
  const logs = rates.map(({ mean, volatility }) => {
    const relative = volatility / (1 + mean)
    const variance = log1p(relative * relative)
    return { mean: log1p(mean) - variance / 2, volatility: Math.sqrt(variance) }
  })
  return {
    weights: normalisedWeights(model.assets),
    drift: Float64Array.from(logs, log => log.mean / stepsPerYear),
    loadings: factored.factor.map((row, i) => row.map(value => value * (logs[i]!.volatility / Math.sqrt(stepsPerYear)))),
  }
}

/** Correlated lognormal returns by the stages of stages.ts. */
export function createLognormalMarket(model: LognormalModel, stepsPerYear: number, key: SeedKey): Market {
  const { weights, drift, loadings } = lognormalSteps(model, stepsPerYear)
  const factors = drift.length
  const width = paddedToGroups(factors)
  const paddedLoadings = new Float64Array(factors * width)
  for (const [i, row] of loadings.entries()) paddedLoadings.set(row, i * width)

  const paddedWeights = new Float64Array(paddedToGroups(weights.length))
  paddedWeights.set(weights)

  const states = new Int32Array(4 * BLOCK_PATHS)
  const draws = new Int32Array(factors * BLOCK_PATHS)
  const normals = new Float64Array(width * BLOCK_PATHS)
  const gross = new Float64Array(width * BLOCK_PATHS)
  const factorGross = gross.subarray(0, factors * BLOCK_PATHS)
  const grossInflation = gross.subarray(weights.length * BLOCK_PATHS, factors * BLOCK_PATHS)
  const holdings = new Float64Array(weights.length * BLOCK_PATHS)
  const value = new Float64Array(BLOCK_PATHS)

  return {
    open: firstPath => openStreams(states, key, firstPath),
    step(stepOfYear, growth, inflation) {
      fillDraws(states, draws)
      drawsToNormals(draws, normals)
      correlate(drift, paddedLoadings, normals, gross)
      exponentiate(factorGross)
      inflation.set(grossInflation)
      if (stepsPerYear === 1) return growRebalanced(paddedWeights, gross, growth)
      if (stepOfYear === 0) {
        for (const [asset, weight] of weights.entries()) holdings.fill(weight, asset * BLOCK_PATHS, (asset + 1) * BLOCK_PATHS)
        value.fill(1)
      }
      growDrifting(holdings, value, gross, growth)
    },
  }
}
