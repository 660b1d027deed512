import type { SimulationSpec } from '../../domain/simulation/index.ts'
import { SIX_ASSETS } from '../domain/simulation/specs.ts'

const YEARS = 40

/** Starts with 200,000; saves 20,000 per year for 15 years, then withdraws 26,000 per year for 25, in today's money; six assets. */
export function workload(stepsPerYear: 1 | 12, paths: number): SimulationSpec {
  return {
    years: YEARS,
    stepsPerYear,
    paths,
    seed: '20260101',
    openingBalance: 200_000,
    realFlows: Array.from({ length: YEARS }, (_, year) => (year < 15 ? 20_000 : -26_000)),
    nominalFlows: Array.from({ length: YEARS }, () => 0),
    flowTiming: 'begin',
    returns: SIX_ASSETS,
    percentiles: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95],
  }
}
