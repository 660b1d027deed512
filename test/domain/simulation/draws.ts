import { BLOCK_PATHS, createMarket, type ReturnModel } from '../../../domain/simulation/index.ts'

/** Gross returns of every factor, asset by asset and inflation last, at [factor][path][step]. */
export function drawn(model: ReturnModel, stepsPerYear: 1 | 12, paths: number, steps: number): number[][][] {
  const market = createMarket(model, stepsPerYear, '20260101')
  const rows = [...market.assetGrowth, market.inflation]
  const factors = rows.map(() => Array.from({ length: paths }, (): number[] => []))
  for (let first = 0; first < paths; first += BLOCK_PATHS) {
    market.open(first)
    for (let step = 0; step < steps; step++) {
      market.step()
      for (const [factor, row] of rows.entries()) {
        for (let lane = 0; lane < BLOCK_PATHS && first + lane < paths; lane++) factors[factor]![first + lane]!.push(row[lane]!)
      }
    }
  }
  return factors
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]): number => {
  const centre = mean(values)
  return Math.sqrt(mean(values.map(value => (value - centre) ** 2)))
}

/** Distance between the mean of a sample, or of a statistic's batches, and the expected value, in standard errors. */
export const errorsFrom = (values: readonly number[], expected: number): number =>
  Math.abs(mean(values) - expected) / (deviation(values) / Math.sqrt(values.length))

export const inBatches = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.floor(values.length / size) }, (_, batch) => values.slice(batch * size, (batch + 1) * size))

export const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [mean(a), mean(b)]
  return mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB))) / (deviation(a) * deviation(b))
}

export const product = (values: readonly number[]): number => values.reduce((total, value) => total * value, 1)
