import { cholesky } from '../cholesky.ts'
import { type Market, openStreams } from '../market.ts'
import { drawsToNormals, exponentiate, log1p, type SeedKey } from '../../numeric/index.ts'
import type { LognormalModel, Regime } from '../return-models.ts'
import { BLOCK_PATHS, correlate, fillDraws, padded, paddedToGroups, rowsOf } from '../stages.ts'

/** Parameters of one step of a lognormal model. Factors are the assets in their order, then inflation. */
export interface LognormalSteps {
  /** Mean log return of each factor. */
  drift: Float64Array
  /** Cholesky factor scaled by the log volatilities: [i][j] multiplies normal j in factor i. */
  loadings: number[][]
}

/**
 * For X lognormal with mean m and standard deviation s: Var[ln X] = ln(1 + (s/m)^2) and E[ln X] = ln m - Var[ln X] / 2.
 *
 * @throws RangeError if the correlation is indefinite, which validation rejects
 */
export function lognormalSteps(model: Regime, stepsPerYear: number): LognormalSteps {
  const factored = cholesky(model.correlation)
  if (factored.kind === 'indefinite') throw new RangeError('correlation is not positive semi-definite')
  const rates = [...model.assets.map(asset => ({ mean: asset.meanReturn, volatility: asset.volatility })), model.inflation]
  const logs = rates.map(({ mean, volatility }) => {
    const relative = volatility / (1 + mean)
    const variance = log1p(relative * relative)
    return { mean: log1p(mean) - variance / 2, volatility: Math.sqrt(variance) }
  })
  return {
    drift: Float64Array.from(logs, log => log.mean / stepsPerYear),
    loadings: factored.factor.map((row, i) => row.map(value => value * (logs[i]!.volatility / Math.sqrt(stepsPerYear)))),
  }
}

/** Correlated lognormal returns by the stages of stages.ts. */
export function createLognormalMarket(model: LognormalModel, stepsPerYear: number, key: SeedKey): Market {
  const { drift, loadings: rows } = lognormalSteps(model, stepsPerYear)
  const factors = drift.length
  const loadings = rows.map(padded)

  const states = new Int32Array(4 * BLOCK_PATHS)
  const draws = new Int32Array(factors * BLOCK_PATHS)
  const normals = new Float64Array(paddedToGroups(factors) * BLOCK_PATHS)
  const normalRows = rowsOf(normals)
  const gross = new Float64Array(factors * BLOCK_PATHS)
  const grossRows = rowsOf(gross)

  return {
    assetGrowth: grossRows.slice(0, -1),
    inflation: grossRows.at(-1)!,
    open: firstPath => openStreams(states, key, firstPath),
    step() {
      fillDraws(states, draws)
      drawsToNormals(draws, normals)
      correlate(drift, loadings, normalRows, grossRows)
      exponentiate(gross)
    },
  }
}
