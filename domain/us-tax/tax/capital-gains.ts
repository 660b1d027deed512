import type { HouseholdYear } from './household-year.ts'
import type { PreparedStatus } from './prepare.ts'
import { scheduleTax } from './schedule.ts'
import type { TaxResult } from './tax-result.ts'

/**
 * Nets gains and losses of both terms with the losses carried over. Sets the net amount that enters income, and its part taxed at preferential
 * rates together with qualified dividends. A net loss is deducted up to a limit that is not indexed.
 * Source: IRC 1211(b); Schedule D (Form 1040), lines 7, 15, 16 and 21.
 */
export function netCapitalGains(status: PreparedStatus, household: HouseholdYear, out: TaxResult): void {
  const longTerm = household.longTermGains - household.longTermLossCarryover
  const net = household.shortTermGains - household.shortTermLossCarryover + longTerm
  out.netCapitalGains = Math.max(net, -status.capitalLossLimit)
  out.preferentialIncome = household.qualifiedDividends + Math.max(0, Math.min(longTerm, net))
}

/**
 * Sets the losses carried to the next year, by term, once `out` holds income and deduction: a loss counts as deducted, short-term first, as far
 * as there was taxable income for it to reduce.
 * Source: IRC 1212(b); Capital Loss Carryover Worksheet, Schedule D (Form 1040) instructions.
 */
export function carryLosses(household: HouseholdYear, out: TaxResult): void {
  out.shortTermLossCarryover = 0
  out.longTermLossCarryover = 0
  if (out.netCapitalGains >= 0) return
  const shortTerm = household.shortTermGains - household.shortTermLossCarryover
  const longTerm = household.longTermGains - household.longTermLossCarryover
  const allowed = -out.netCapitalGains
  const deducted = Math.min(allowed, Math.max(0, out.adjustedGrossIncome - out.deduction + allowed))
  const shortTermLoss = Math.max(0, -shortTerm - Math.max(longTerm, 0))
  const longTermLoss = Math.max(0, -longTerm - Math.max(shortTerm, 0))
  out.shortTermLossCarryover = Math.max(0, shortTermLoss - deducted)
  out.longTermLossCarryover = longTermLoss - Math.max(0, deducted - shortTermLoss)
}

/**
 * Tax on the preferential income at the top of a taxable income: the part of the gains schedule between ordinary and taxable income, or
 * the ordinary tax on it where that is lower. Amounts in money of the table's year.
 * Source: Qualified Dividends and Capital Gain Tax Worksheet, Form 1040 instructions.
 */
export const preferentialTax = (status: PreparedStatus, ordinaryIncome: number, taxableIncome: number, ordinaryTax: number): number =>
  Math.min(
    scheduleTax(status.longTermGains, taxableIncome) - scheduleTax(status.longTermGains, ordinaryIncome),
    scheduleTax(status.ordinary, taxableIncome) - ordinaryTax,
  )

/**
 * Net investment income tax: on net investment income, but at most on the modified AGI above a threshold that is not indexed.
 * Source: IRC 1411; Form 8960.
 */
export const netInvestmentIncomeTax = (
  rate: number,
  threshold: number,
  netInvestmentIncome: number,
  modifiedAdjustedGrossIncome: number,
): number => rate * Math.max(0, Math.min(netInvestmentIncome, modifiedAdjustedGrossIncome - threshold))
