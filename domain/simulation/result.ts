import { contentHash } from '../shared/index.ts'
import type { definitionsOf } from './definitions.ts'

/** The engine version of a result. Any change to a bit or a word of any result needs a new version; golden hashes in the tests detect such changes. */
export const ENGINE_VERSION = 'nestegg-simulation-2'

/** The result of a simulation. Every amount is an estimate. `definitions` explains the words. */
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

/** Fractions per year. */
export interface PortfolioReturn {
  arithmeticMean: number
  meanAnnualised: number
}

/** SHA-256 of the result's canonical JSON. */
export function outputHash(result: SimulationResult): string {
  return contentHash(result)
}
