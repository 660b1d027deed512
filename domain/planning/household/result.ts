import { contentHash } from '../../shared/index.ts'
import type { EndingWealth } from '../../simulation/index.ts'
import type { householdDefinitionsOf } from './definitions.ts'
import type { TaxKind } from './path/taxes.ts'
import type { HouseholdSpec } from './spec.ts'
import type { YearlyFlows } from './yearly-flows.ts'

/** The version of the engine. Any change of a bit or a word of a result needs a new version; golden hashes check this. */
export const HOUSEHOLD_ENGINE_VERSION = 'nestegg-household-6'

/**
 * Why a path fails, by the most essential payment that it misses: each cause is the last in this order that is not paid in full. Goals are cut
 * before any of them, and a missed goal is no failure.
 */
export const FAILURE_CAUSES = ['discretionarySpending', 'essentialSpending', 'debts', 'taxes'] as const

export type FailureCause = (typeof FAILURE_CAUSES)[number]

export interface Proportion {
  count: number
  probability: number
  interval: { level: 0.95; method: 'wilson'; lower: number; upper: number }
}

/** The result of a household simulation. Every amount is an estimate. `definitions` explains the terms. */
export interface HouseholdResult {
  engineVersion: string
  definitions: ReturnType<typeof householdDefinitionsOf>
  paths: number
  success: Proportion & { criterion: HouseholdSpec['successCriterion'] }
  /** Paths with somebody alive at the start of each year. It ends with the last year that has such a path, like the bands. */
  surviving: number[]
  /** Wealth at [percentile][year], year 0 (the start) to the last. */
  bands: { percentiles: readonly number[]; nominal: number[][]; real: number[][] }
  /** Real spending that was paid, without goals and debts, at [percentile][year]. */
  spending: { percentiles: readonly number[]; real: number[][] }
  /** Paths that first failed in each year, in all and by cause, with the age that the older person has, or would have, at its start. */
  depletion: { year: number; age: number; paths: number; causes: Record<FailureCause, number> }[]
  endingWealth: { nominal: EndingWealth; real: EndingWealth }
  /** Taxes over the whole life, in money of the as-of date. */
  taxes: { lifetimeReal: EndingWealth; meanByKind: Record<TaxKind, number> }
  goals: GoalResult[]
  /** Mean flows of each year, in money of the as-of date. */
  yearly: { real: YearlyFlows }
  samplePaths: SamplePath[]
}

/** A goal counts as fully funded from this share on, because withdrawals are exact to a tenth of a cent only. */
export const FULLY_FUNDED = 1 - 1e-6

export interface GoalResult {
  key: string
  /** Plan year of the goal. */
  year: number
  /** Paths with somebody alive in the goal's year. */
  reached: number
  /** Those of them that do not pay it in full. */
  missed: number
  /** Null where no path reached it. */
  funded: Proportion | null
  meanFundedShare: number | null
}

export interface SamplePath {
  path: number
  success: boolean
  /** Real wealth, year 0 (the start) to the path's end. */
  wealthReal: number[]
  spendingReal: number[]
}

/** SHA-256 of the specification's canonical JSON. */
export function householdInputHash(spec: HouseholdSpec): string {
  return contentHash(spec)
}

/** SHA-256 of the result's canonical JSON. */
export function householdOutputHash(result: HouseholdResult): string {
  return contentHash(result)
}
