import type { HouseholdPath } from './path/household-path.ts'
import { TAX_KINDS } from './result.ts'
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

/** Number of flows, totals included. */
export const FLOW_COUNT = Object.values(YEARLY_FLOWS).reduce((count, { length }) => count + length, 0)

/** Writes a year's flows in the order of YEARLY_FLOWS, in dollars of that year. Totals are left as they are. */
export function writeFlows({ flows, household, taxes, withdrawals }: HouseholdPath, out: Float64Array): void {
  out[0] = flows.wages
  out[1] = flows.selfEmployment
  out[2] = flows.socialSecurity
  out[3] = flows.pensions
  out[4] = flows.investmentIncome
  out[5] = flows.otherIncome
  out[6] = flows.untaxedIncome
  out[8] = flows.propertyProceeds
  const { kinds } = household.withdrawals
  out.fill(0, 9, 14)
  for (let account = 0; account < kinds.length; account++) out[9 + kinds[account]!]! += withdrawals.amounts[account]!
  out[15] = flows.requiredDistributions
  out[16] = flows.charitableDistributions
  out[17] = flows.contributions
  out[18] = flows.employerMatch
  for (let kind = 0; kind < taxes.length; kind++) out[20 + kind] = taxes[kind]!
  out[28] = flows.taxPaid
  out[29] = flows.spending
  out[30] = flows.essentialSpending
  out[31] = flows.spendingPaid
  out[32] = flows.debtPayment
  out[33] = flows.debtPaid
  out[34] = flows.goalsWanted
  out[35] = flows.goalsPaid
  out[36] = flows.surplusSaved
  out[37] = flows.surplusSpent
  out[38] = flows.rothConversion
}
