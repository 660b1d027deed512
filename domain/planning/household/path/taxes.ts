import { annualTax, FILING } from '../../../us-tax/index.ts'
import { ACCOUNT_KIND, type WithdrawalIncome } from '../../withdrawals/index.ts'
import { firstYearAlone, type HouseholdPath } from './household-path.ts'

/** The total tax of the year, given the amounts that withdrawals add. Writes its parts into `path.taxResult`. */
export function householdTax(path: HouseholdPath, income: Readonly<WithdrawalIncome>): number {
  const { household, taxYear, owners, withdrawals } = path
  const { tax } = household
  const { kinds } = household.withdrawals
  if (tax === null) return 0
  const first = taxYear.people[0]
  const second = taxYear.people[1]
  first.taxDeferredWithdrawals = 0
  second.taxDeferredWithdrawals = 0
  for (let account = 0; account < kinds.length; account++) {
    if (kinds[account] !== ACCOUNT_KIND.taxDeferred) continue
    const person = owners[account] === 0 ? first : second
    person.taxDeferredWithdrawals += withdrawals.amounts[account]! - withdrawals.qualified[account]!
  }
  taxYear.otherIncome = path.baseOtherIncome + (income.ordinary - first.taxDeferredWithdrawals - second.taxDeferredWithdrawals)
  taxYear.longTermGains = path.baseLongTermGains + income.gain
  taxYear.penalizedWithdrawals = income.early
  taxYear.penalizedHealthSavingsWithdrawals = income.earlyHsa
  annualTax(tax, taxYear, path.taxResult)
  return path.taxResult.total + path.selfEmploymentTax
}

/** The tax if only required distributions were withdrawn. */
export function taxBeforeWithdrawals(path: HouseholdPath): number {
  const { tax } = path.household
  if (tax === null) return 0
  annualTax(tax, path.taxYear, path.taxResult)
  return path.taxResult.total + path.selfEmploymentTax
}

/** Net earnings from self-employment as a share of the profit: one minus the employer's half of the rates. Source: IRC 1402(a)(12). */
const NET_EARNINGS_SHARE = 0.9235

/** Lower net earnings are not taxed. The amount is not indexed. Source: IRC 1402(b)(2). */
const LEAST_NET_EARNINGS = 400

/** A person's net earnings from self-employment, the base of social insurance taxes. Source: Schedule SE (Form 1040), lines 4c and 6. */
export function netSelfEmploymentEarnings(profit: number): number {
  const earnings = profit * NET_EARNINGS_SHARE
  return earnings < LEAST_NET_EARNINGS ? 0 : earnings
}

/**
 * Self-employment tax of one person: both halves of the social insurance rates on net earnings. Social Security applies up to the wage base
 * less wages. Half of the tax is deductible. The additional Medicare tax belongs to the tax return and is not included.
 * Source: IRC 164(f), 1401, 1402; Schedule SE (Form 1040).
 */
export function selfEmploymentTaxOf(path: HouseholdPath, netEarnings: number, wages: number): number {
  const { tax } = path.household
  if (tax === null || netEarnings === 0) return 0
  const { payrollRates, socialSecurityWageBase } = tax.table
  const room = Math.max(0, socialSecurityWageBase.amount * path.priceIndex - wages)
  return 2 * (payrollRates.socialSecurity * Math.min(netEarnings, room) + payrollRates.medicare * netEarnings)
}

/** Number of plan years that begin within two years of a death, which is on the last day before the first of them. */
const YEARS_WITH_JOINT_EXCLUSION = 2

/**
 * The gain on a home that is free of tax. It is not indexed. A widow or widower keeps a couple's exclusion for two years.
 * Source: IRC 121(b)(1)-(2), 121(b)(4).
 */
export function homeSaleExclusion(path: HouseholdPath): number {
  const { taxYear, widowed, year } = path
  const joint = widowed ? year - firstYearAlone(path) < YEARS_WITH_JOINT_EXCLUSION : taxYear.status === FILING.marriedFilingJointly
  return joint ? 500_000 : 250_000
}
