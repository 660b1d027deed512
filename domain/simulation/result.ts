import { contentHash } from '../shared/index.ts'
import type { definitionsOf } from './definitions.ts'

/** Names the engine whose bits a result has: raised with any change that moves a bit or a word of any result, which golden hashes watch. */
export const ENGINE_VERSION = 'nestegg-simulation-1'

/** What a simulation found. Every amount is an estimate. `definitions` says what the words mean. */
export interface SimulationResult {
  engineVersion: string
  definitions: ReturnType<typeof definitionsOf>
  paths: number
  success: {
    count: number
    probability: number
    interval: { level: 0.95; method: 'wilson'; lower: number; upper: number }
  }
  /** Balances at [percentile][year], year 0 (the start) to the horizon. */
  bands: { percentiles: number[]; nominal: number[][]; real: number[][] }
  endingWealth: { nominal: EndingWealth; real: EndingWealth }
  /** Number of paths depleted in each year, from the first. */
  depletion: number[]
  portfolioReturn: { nominal: PortfolioReturn; real: PortfolioReturn }
}

export interface EndingWealth {
  mean: number
  standardDeviation: number
  minimum: number
  maximum: number
  /** In the order of the specification's percentiles. */
  percentiles: number[]
}

/** Fractions a year. */
export interface PortfolioReturn {
  arithmeticMean: number
  meanAnnualised: number
}

/** SHA-256 of the result's canonical JSON. */
export function outputHash(result: SimulationResult): string {
  return contentHash(result)
}
