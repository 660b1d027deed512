import type { ByStatus } from '../../tax/index.ts'

interface Sourced {
  readonly source: string
}

/** Income over which something falls evenly from whole to nothing. */
export type PhaseOut = readonly [from: number, to: number]

/** Contribution limits of one year as published, in dollars of that year. */
export interface ContributionTable {
  readonly year: number
  /** 401(k), 403(b) and governmental 457(b) plans. */
  readonly electiveDeferral: Sourced & {
    readonly limit: number
    /** Further amount from 50 on, and instead of it from 60 to 63. */
    readonly catchUp: number
    readonly catchUp60To63: number
    /** Wages of the year before, with the same employer, above which catch-up contributions must be Roth; undefined before 2026. */
    readonly rothCatchUpWages: number | undefined
    /** All contributions to a defined contribution plan but catch-ups, section 415(c); it bounds SEP contributions too. */
    readonly annualAdditions: number
    /** Pay beyond it earns no employer contribution, section 401(a)(17). */
    readonly compensation: number
  }
  readonly simple: Sourced & { readonly limit: number; readonly catchUp: number; readonly catchUp60To63: number }
  readonly ira: Sourced & {
    /** For traditional and Roth accounts together. */
    readonly limit: number
    readonly catchUp: number
    readonly rothPhaseOut: ByStatus<PhaseOut>
    /** Of the deduction, for a person covered by a plan at work. */
    readonly coveredPhaseOut: ByStatus<PhaseOut>
    /** Of the deduction, for a person not covered whose spouse is. */
    readonly spouseCoveredPhaseOut: PhaseOut
  }
  readonly hsa: Sourced & { readonly self: number; readonly family: number; readonly catchUp55: number }
  /** What may be given to each beneficiary of a 529 account without using the giver's lifetime exclusion; five years of it at once. */
  readonly gift: Sourced & { readonly annualExclusion: number }
}
