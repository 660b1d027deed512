import { cholesky } from '../cholesky.ts'
import { type Market, openStreams } from '../market.ts'
import { drawsToNormals, exp, expm1, log1p, nextChiSquare, type SeedKey } from '../../numeric/index.ts'
import type { StudentTModel } from '../return-models.ts'
import { placeBounded } from './bounded-t.ts'
import { BLOCK_PATHS, correlate, fillDraws, padded, paddedToGroups, rowsOf } from '../stages.ts'

/** Parameters of one step of a Student t model. Factors are the assets in their order, then inflation. */
export interface StudentTSteps {
  /** Centre of the gross return of each factor: its mean, where the bounds do not move it. */
  mean: Float64Array
  /** Cholesky factor scaled by the volatilities before the bounds: [i][j] multiplies normal j in factor i. */
  loadings: number[][]
}

/**
 * Bounds of a step's gross return, because the distribution has none: a loss of at most 99 %, and at most ten times the value. A factor
 * of which the bounds move the mean or the volatility is placed so that it has them after the bounds.
 */
export const GROSS_BOUNDS = { least: 0.01, most: 10 } as const

/**
 * A year's gross return is the product of n independent steps: E[G] = E[g]^n and E[G^2] = E[g^2]^n give each step's mean and variance.
 *
 * @throws RangeError if the correlation is indefinite, which validation rejects
 */
export function studentTSteps(model: StudentTModel, stepsPerYear: number): StudentTSteps {
  const factored = cholesky(model.correlation)
  if (factored.kind === 'indefinite') throw new RangeError('correlation is not positive semi-definite')
  const rates = [...model.assets.map(asset => ({ mean: asset.meanReturn, volatility: asset.volatility })), model.inflation]
  const steps = rates.map(({ mean, volatility }) => {
    if (stepsPerYear === 1) return { mean: 1 + mean, volatility }
    const stepMean = exp(log1p(mean) / stepsPerYear)
    const relative = volatility / (1 + mean)
    return { mean: stepMean, volatility: stepMean * Math.sqrt(expm1(log1p(relative * relative) / stepsPerYear)) }
  })
  const placed = steps.map(step => placeBounded(step, model.degreesOfFreedom, GROSS_BOUNDS))
  return {
    mean: Float64Array.from(placed, factor => factor.centre),
    loadings: factored.factor.map((row, i) => row.map(value => value * placed[i]!.scale)),
  }
}

/** The factor of a step's normals for a chi-square variate: it keeps their variance at 1. */
export function tScale(degreesOfFreedom: number, chiSquare: number): number {
  return Math.sqrt((degreesOfFreedom - 2) / chiSquare)
}

/** A path draws a step's normals first, then its chi-square variate, all from its market stream. */
export function createStudentTMarket(model: StudentTModel, stepsPerYear: number, key: SeedKey): Market {
  const { mean, loadings: rows } = studentTSteps(model, stepsPerYear)
  const factors = mean.length
  const loadings = rows.map(padded)
  const noDrift = new Float64Array(factors)

  const states = new Int32Array(4 * BLOCK_PATHS)
  const draws = new Int32Array(factors * BLOCK_PATHS)
  const normals = new Float64Array(paddedToGroups(factors) * BLOCK_PATHS)
  const normalRows = rowsOf(normals)
  const grossRows = rowsOf(new Float64Array(factors * BLOCK_PATHS))
  const scale = new Float64Array(BLOCK_PATHS)

  return {
    assetGrowth: grossRows.slice(0, -1),
    inflation: grossRows.at(-1)!,
    open: firstPath => openStreams(states, key, firstPath),
    step() {
      fillDraws(states, draws)
      drawsToNormals(draws, normals)
      for (let lane = 0; lane < BLOCK_PATHS; lane++) {
        scale[lane] = tScale(model.degreesOfFreedom, nextChiSquare(states, 4 * lane, model.degreesOfFreedom))
      }
      correlate(noDrift, loadings, normalRows, grossRows)
      for (const [factor, row] of grossRows.entries()) shiftAndScale(mean[factor]!, scale, row)
    },
  }
}

function shiftAndScale(mean: number, scale: Float64Array, row: Float64Array): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) row[lane] = boundedGross(mean + scale[lane]! * row[lane]!)
}

export const boundedGross = (gross: number): number => Math.min(Math.max(gross, GROSS_BOUNDS.least), GROSS_BOUNDS.most)
