import { annualTax, FILING } from '../../../us-tax/index.ts'
import { ACCOUNT_KIND, type WithdrawalIncome } from '../../withdrawals/index.ts'
import { firstYearAlone, type HouseholdPath } from './household-path.ts'

/** The whole tax of the year, given what withdrawals add to it. Leaves its parts in `path.taxResult`. */
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

/** The tax if nothing but required distributions were withdrawn. */
export function taxBeforeWithdrawals(path: HouseholdPath): number {
  const { tax } = path.household
  if (tax === null) return 0
  annualTax(tax, path.taxYear, path.taxResult)
  return path.taxResult.total + path.selfEmploymentTax
}

/** Net earnings from self-employment are this share of the profit: one less the employer's half of the rates. Source: IRC 1402(a)(12). */
const NET_EARNINGS_SHARE = 0.9235

/** Net earnings below it bear no tax; no index moves it. Source: IRC 1402(b)(2). */
const LEAST_NET_EARNINGS = 400

/** A person's net earnings from self-employment: what social insurance taxes fall on. Source: Schedule SE (Form 1040), lines 4c and 6. */
export function netSelfEmploymentEarnings(profit: number): number {
  const earnings = profit * NET_EARNINGS_SHARE
  return earnings < LEAST_NET_EARNINGS ? 0 : earnings
}

/**
 * Self-employment tax of one person: both halves of the social insurance rates on net earnings, Social Security up to what wages leave of
 * the wage base. Half of it is deductible. The additional Medicare tax is the return's, and not among it.
 * Source: IRC 164(f), 1401, 1402; Schedule SE (Form 1040).
 */
export function selfEmploymentTaxOf(path: HouseholdPath, netEarnings: number, wages: number): number {
  const { tax } = path.household
  if (tax === null || netEarnings === 0) return 0
  const { payrollRates, socialSecurityWageBase } = tax.table
  const room = Math.max(0, socialSecurityWageBase.amount * path.priceIndex - wages)
  return 2 * (payrollRates.socialSecurity * Math.min(netEarnings, room) + payrollRates.medicare * netEarnings)
}

/** Plan years begun within two years of a death on the last day before the first of them. */
const YEARS_WITH_JOINT_EXCLUSION = 2

/**
 * Gain on a home that is free of tax; no index moves it. A widow or widower has that of a couple for two years.
 * Source: IRC 121(b)(1)-(2), 121(b)(4).
 */
export function homeSaleExclusion(path: HouseholdPath): number {
  const { taxYear, widowed, year } = path
  const joint = widowed ? year - firstYearAlone(path) < YEARS_WITH_JOINT_EXCLUSION : taxYear.status === FILING.marriedFilingJointly
  return joint ? 500_000 : 250_000
}
