import { FILING, annualTax } from '../../tax/index.ts'
import { ACCOUNT_KIND, type WithdrawalIncome } from '../../withdrawals/index.ts'
import type { HouseholdPath } from './household-path.ts'

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
    person.taxDeferredWithdrawals += withdrawals.amounts[account]!
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

/**
 * Self-employment tax of one person: both halves of the social insurance rates on net earnings, Social Security up to what wages leave of
 * the wage base. Half of it is deductible. The additional Medicare tax on self-employment is not modelled.
 * Source: IRC 1401, 1402; Schedule SE (Form 1040).
 */
export function selfEmploymentTaxOf(path: HouseholdPath, profit: number, wages: number): number {
  const { tax } = path.household
  if (tax === null || profit === 0) return 0
  const { payrollRates, socialSecurityWageBase } = tax.table
  const earnings = profit * NET_EARNINGS_SHARE
  const room = Math.max(0, socialSecurityWageBase.amount * path.priceIndex - wages)
  return 2 * (payrollRates.socialSecurity * Math.min(earnings, room) + payrollRates.medicare * earnings)
}

/** Gain on a home that is free of tax, by filing status; no index moves it. Source: IRC 121(b). */
export function homeSaleExclusion(filing: number): number {
  return filing === FILING.marriedFilingJointly ? 500_000 : 250_000
}
