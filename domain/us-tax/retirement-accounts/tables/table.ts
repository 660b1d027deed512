import type { ByStatus } from '../../tax/index.ts'

interface Sourced {
  readonly source: string
}

/** Income range over which a figure falls linearly to zero. */
export type PhaseOut = readonly [from: number, to: number]

/** Contribution limits of one year as published, in dollars of that year. */
export interface ContributionTable {
  readonly year: number
  /** 401(k), 403(b) and governmental 457(b) plans. */
  readonly electiveDeferral: Sourced & {
    readonly limit: number
    /** Additional amount from age 50, and the amount that replaces it from 60 to 63: the same before 2025 (SECURE 2.0 Act, section 109). */
    readonly catchUp: number
    readonly catchUp60To63: number
    /** Wages of the year before, with the same employer, above which catch-up contributions must be Roth; undefined before 2026. */
    readonly rothCatchUpWages: number | undefined
    /** Limit of all contributions to a defined contribution plan except catch-ups, section 415(c); it also limits SEP contributions. */
    readonly annualAdditions: number
    /** Pay above it brings no employer contribution, section 401(a)(17). */
    readonly compensation: number
  }
  readonly simple: Sourced & { readonly limit: number; readonly catchUp: number; readonly catchUp60To63: number }
  readonly ira: Sourced & {
    /** For traditional and Roth accounts together. */
    readonly limit: number
    readonly catchUp: number
    readonly rothPhaseOut: ByStatus<PhaseOut>
    /** Phase-out of the deduction for a person covered by a plan at work. */
    readonly coveredPhaseOut: ByStatus<PhaseOut>
    /** Phase-out of the deduction for a person who is not covered but has a covered spouse. */
    readonly spouseCoveredPhaseOut: PhaseOut
  }
  readonly hsa: Sourced & { readonly self: number; readonly family: number; readonly catchUp55: number }
  /** Gift to one beneficiary of a 529 account that does not use the giver's lifetime exclusion; five years of it may be given at once. */
  readonly gift: Sourced & { readonly annualExclusion: number }
}
