import type { HouseholdPath } from './path/household-path.ts'
import { TAX_KINDS } from './path/taxes.ts'
import { accountKind } from './spec/accounts.ts'

/** The flows of a year, by group. A total is the sum of the names before it in its group; names after it are not part of it. */
export const YEARLY_FLOWS = {
  income: ['wages', 'selfEmployment', 'socialSecurity', 'pensions', 'investmentIncome', 'otherIncome', 'untaxedIncome', 'total'],
  property: ['proceeds'],
  withdrawals: [...accountKind.options, 'total', 'required', 'charitable'],
  contributions: ['household', 'employer', 'total'],
  taxes: [...TAX_KINDS, 'total', 'paid'],
  spending: ['planned', 'essential', 'paid'],
  debts: ['planned', 'paid'],
  goals: ['planned', 'paid'],
  surplus: ['saved', 'spent'],
  conversions: ['roth'],
} as const

/** Means of each flow by plan year, as long as `surviving`. */
export type YearlyFlows = { [Group in keyof typeof YEARLY_FLOWS]: Record<(typeof YEARLY_FLOWS)[Group][number], number[]> }

/** Place of the first tax, in the order of YEARLY_FLOWS. */
export const FIRST_TAX = 20

/** Number of flows, totals included. */
export const FLOW_COUNT = Object.values(YEARLY_FLOWS).reduce((count, { length }) => count + length, 0)

/**
 * Adds a year's flows, in the order of YEARLY_FLOWS but for the totals, to `sums`, each multiplied by `scale` and rounded to whole numbers.
 *
 * @param rounder a number so large that numbers near it are whole, which rounds what is added to it and subtracted from it; 0 does not round
 */
export function addFlows(
  { flows, household, taxes, withdrawals }: HouseholdPath,
  sums: Float64Array,
  scale: number,
  rounder: number,
): void {
  sums[0]! += flows.wages * scale + rounder - rounder
  sums[1]! += flows.selfEmployment * scale + rounder - rounder
  sums[2]! += flows.socialSecurity * scale + rounder - rounder
  sums[3]! += flows.pensions * scale + rounder - rounder
  sums[4]! += flows.investmentIncome * scale + rounder - rounder
  sums[5]! += flows.otherIncome * scale + rounder - rounder
  sums[6]! += flows.untaxedIncome * scale + rounder - rounder
  sums[8]! += flows.propertyProceeds * scale + rounder - rounder
  const { kinds } = household.withdrawals
  for (let account = 0; account < kinds.length; account++) {
    sums[9 + kinds[account]!]! += withdrawals.amounts[account]! * scale + rounder - rounder
  }
  sums[15]! += flows.requiredDistributions * scale + rounder - rounder
  sums[16]! += flows.charitableDistributions * scale + rounder - rounder
  sums[17]! += flows.contributions * scale + rounder - rounder
  sums[18]! += flows.employerMatch * scale + rounder - rounder
  for (let kind = 0; kind < taxes.length; kind++) sums[FIRST_TAX + kind]! += taxes[kind]! * scale + rounder - rounder
  sums[28]! += flows.taxPaid * scale + rounder - rounder
  sums[29]! += flows.spending * scale + rounder - rounder
  sums[30]! += flows.essentialSpending * scale + rounder - rounder
  sums[31]! += flows.spendingPaid * scale + rounder - rounder
  sums[32]! += flows.debtPayment * scale + rounder - rounder
  sums[33]! += flows.debtPaid * scale + rounder - rounder
  sums[34]! += flows.goalsWanted * scale + rounder - rounder
  sums[35]! += flows.goalsPaid * scale + rounder - rounder
  sums[36]! += flows.surplusSaved * scale + rounder - rounder
  sums[37]! += flows.surplusSpent * scale + rounder - rounder
  sums[38]! += flows.rothConversion * scale + rounder - rounder
}
