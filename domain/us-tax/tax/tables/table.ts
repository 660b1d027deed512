import type { ByStatus } from '../filing-status.ts'

/** Where a group of figures was published. */
interface Sourced {
  readonly source: string
}

/** Rates by bracket and, for each status, the income from which each applies; the first is 0. */
export interface Brackets {
  readonly rates: readonly number[]
  readonly from: ByStatus<readonly number[]>
}

/** Dollar figures that the law does not index, or changes by its own schedule. */
export interface StatutoryFigures {
  readonly seniorDeduction: Sourced & {
    readonly firstYear: number
    readonly lastYear: number
    /** For each person of 65 or more; none on a separate return. */
    readonly amount: ByStatus<number>
    /** Each person's amount falls by this share of the modified AGI above `phaseOutFrom`. */
    readonly phaseOutRate: number
    readonly phaseOutFrom: ByStatus<number>
  }
  readonly netInvestmentIncome: Sourced & { readonly rate: number; readonly threshold: ByStatus<number> }
  readonly socialSecurityTaxation: Sourced & {
    /** Provisional income above which the lower share of benefits is taxed. On separate returns: for spouses who lived apart all year. */
    readonly base: ByStatus<number>
    readonly adjustedBase: ByStatus<number>
    readonly lowerShare: number
    readonly upperShare: number
  }
  readonly payrollRates: Sourced & {
    /** The employee's half. */
    readonly socialSecurity: number
    readonly medicare: number
    readonly additionalMedicare: number
    readonly additionalMedicareThreshold: ByStatus<number>
  }
  readonly capitalLoss: Sourced & { readonly limit: ByStatus<number> }
  readonly stateAndLocalTaxes: Sourced & {
    /** Cap and start of its phase-down for joint returns, by year; the last row applies from its year on. Separate returns have half. */
    readonly schedule: readonly { readonly year: number; readonly cap: number; readonly phaseDownFrom: number }[]
    readonly phaseDownRate: number
    readonly floor: number
  }
  /** From `firstYear` on, itemized deductions are reduced by `share` of the smaller of the deductions and the income in the top bracket. */
  readonly itemizedLimitation: Sourced & { readonly firstYear: number; readonly share: number }
  readonly earlyWithdrawal: Sourced & {
    readonly retirementAccountRate: number
    readonly healthSavingsAccountRate: number
  }
}

/** Figures of one tax year as published, in dollars of that year. */
export interface TaxTable extends StatutoryFigures {
  readonly year: number
  readonly ordinary: Sourced & Brackets
  /** For long-term gains and qualified dividends, on taxable income. */
  readonly longTermGains: Sourced & Brackets
  readonly standardDeduction: Sourced & {
    readonly amount: ByStatus<number>
    /** For each person, once for age 65 or more and once for blindness. */
    readonly agedOrBlind: ByStatus<number>
  }
  readonly socialSecurityWageBase: Sourced & { readonly amount: number }
  readonly medicare: Sourced & {
    readonly partBMonthly: number
    /**
     * Modified AGI of two years before above which each tier applies; the last tier applies from its threshold on. Separate returns are those of spouses
     * who lived together: their first threshold leads to the last tier but one.
     */
    readonly tierFrom: ByStatus<readonly number[]>
    /** Monthly surcharges of a person, by tier. */
    readonly partBSurcharge: readonly number[]
    readonly partDSurcharge: readonly number[]
  }
}
