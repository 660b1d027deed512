import type { FilingStatus } from './filing-status.ts'
import { prepareSchedule, type Schedule } from './schedule.ts'
import type { ByIncome, IncomePoints, Reduction, StateTable } from './tables/states/state-table.ts'

/** A figure that depends on income, for one filing status. */
export interface PreparedByIncome {
  readonly federal: boolean
  readonly points: IncomePoints
}

/** A reduction for each dollar above an income, for one filing status. */
export interface PreparedReduction {
  readonly federal: boolean
  readonly from: number
  readonly rate: number
}

/** A state's figures for one filing status, in money of its table's year. */
export interface PreparedStateStatus {
  /** Which kinds of rule this state has: most states lack some, and the hot path skips those. */
  readonly taxes: boolean
  readonly excludesGains: boolean
  readonly excludesRetirementIncome: boolean
  readonly deductsFurther: boolean
  readonly schedule: Schedule
  readonly longTermGains: Schedule | undefined
  readonly deduction: number
  readonly agedDeduction: number
  readonly deductionLeft: PreparedByIncome | undefined
  readonly deductionCreditReduction: PreparedReduction | undefined
  readonly exemption: number
  readonly exemptionLeft: PreparedByIncome | undefined
  readonly agedExemptionReduction: PreparedReduction | undefined
  readonly federalTaxShare: PreparedByIncome | undefined
  readonly federalTaxCap: number
  readonly federalTaxCapLeft: PreparedByIncome | undefined
  readonly socialSecurityLeftOut: PreparedByIncome | undefined
  readonly socialSecurityReduction: PreparedReduction | undefined
  readonly retirementExclusionLeft: PreparedByIncome | undefined
  readonly retirementExclusionLimit: number
  readonly addedTax: PreparedByIncome | undefined
  readonly taxCredited: PreparedByIncome | undefined
  readonly agedCredit: number
  readonly creditLeft: PreparedByIncome | undefined
}

/** Prepares the figures of a state's table for a filing status. */
export function prepareStateStatus(status: FilingStatus, state: StateTable): PreparedStateStatus {
  const byIncome = (rule: ByIncome | null | undefined): PreparedByIncome | undefined =>
    rule ? { federal: rule.income === 'federal', points: rule.points[status] } : undefined
  const reduction = (rule: Reduction | null): PreparedReduction | undefined =>
    rule ? { federal: rule.income === 'federal', from: rule.from[status], rate: rule.rate } : undefined
  const { federalTaxDeduction, longTermGains } = state
  return {
    taxes: state.brackets.rates.some(rate => rate > 0),
    excludesGains:
      state.longTermGainsExcluded + state.shortTermGainsExcluded + state.qualifiedDividendsExcluded + state.longTermGainsExemptUpTo > 0,
    excludesRetirementIncome: state.exemptsPensions || state.retirementExclusions.length > 0,
    deductsFurther: state.exemption[status] + state.agedExemption > 0 || state.federalDeduction !== 'none' || federalTaxDeduction !== null,
    schedule: prepareSchedule(state.brackets.from[status], state.brackets.rates),
    longTermGains: longTermGains ? prepareSchedule(longTermGains.from[status], longTermGains.rates) : undefined,
    deduction: state.deduction[status],
    agedDeduction: state.agedDeduction[status],
    deductionLeft: byIncome(state.deductionLeft),
    deductionCreditReduction: reduction(state.deductionCredit),
    exemption: state.exemption[status],
    exemptionLeft: byIncome(state.exemptionLeft),
    agedExemptionReduction: reduction(state.agedExemptionReduction),
    federalTaxShare: byIncome(federalTaxDeduction?.share),
    federalTaxCap: federalTaxDeduction?.cap[status] ?? 0,
    federalTaxCapLeft: byIncome(federalTaxDeduction?.capLeft),
    socialSecurityLeftOut: byIncome(state.socialSecurityLeftOut),
    socialSecurityReduction: reduction(state.socialSecurityReduction),
    retirementExclusionLeft: byIncome(state.retirementExclusionLeft),
    retirementExclusionLimit: state.retirementExclusionLimit[status],
    addedTax: byIncome(state.addedTax),
    taxCredited: byIncome(state.taxCredited),
    agedCredit: state.agedCredit[status],
    creditLeft: byIncome(state.creditLeft),
  }
}
