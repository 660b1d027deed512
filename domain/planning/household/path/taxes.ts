import { annualTax, type PreparedTax } from '../../../us-tax/index.ts'
import { ACCOUNT_KIND, assessIncome, type WithdrawalIncome } from '../../withdrawals/index.ts'
import { firstYearAlone, type HouseholdPath, isFiled } from './household-path.ts'

/** Kinds of tax, in the order of a path's taxes. */
export const TAX_KINDS = [
  'ordinaryIncome',
  'capitalGains',
  'netInvestmentIncome',
  'payroll',
  'earlyWithdrawal',
  'state',
  'medicareSurcharge',
] as const

export type TaxKind = (typeof TAX_KINDS)[number]

/** The total tax of the year, given the amounts that withdrawals add. Writes its parts into `path.taxResults`. */
export function householdTax(path: HouseholdPath, income: Readonly<WithdrawalIncome>): number {
  const { household, owners, persons, withdrawals } = path
  const { tax } = household
  const { kinds } = household.withdrawals
  if (tax === null) return 0
  const first = persons[0]
  const second = persons[1]
  first.taxDeferredWithdrawals = 0
  second.taxDeferredWithdrawals = 0
  for (let account = 0; account < kinds.length; account++) {
    if (kinds[account] !== ACCOUNT_KIND.taxDeferred) continue
    const person = owners[account] === 0 ? first : second
    person.taxDeferredWithdrawals += withdrawals.amounts[account]! - withdrawals.qualified[account]!
  }
  if (!household.apart) enterWithdrawals(path, 0, income, first.taxDeferredWithdrawals + second.taxDeferredWithdrawals)
  else {
    for (let person = 0; person < persons.length; person++) {
      assessIncome(household.withdrawals, path.slots, path.withdrawalYear, withdrawals, path.returnIncome, owners, person)
      enterWithdrawals(path, person, path.returnIncome, persons[person]!.taxDeferredWithdrawals)
    }
  }
  return taxOfReturns(path, tax)
}

/** Enters what withdrawals add on a return. Those of tax-deferred accounts are on the return already. */
function enterWithdrawals(path: HouseholdPath, index: number, income: Readonly<WithdrawalIncome>, taxDeferred: number): void {
  const taxYear = path.returns[index]!
  taxYear.otherIncome = path.baseOtherIncome[index]! + (income.ordinary - taxDeferred)
  taxYear.longTermGains = path.baseLongTermGains[index]! + income.gain
  taxYear.penalizedWithdrawals = income.early
  taxYear.penalizedHealthSavingsWithdrawals = income.earlyHsa
}

function taxOfReturns(path: HouseholdPath, tax: PreparedTax): number {
  let total = path.selfEmploymentTax[0]! + path.selfEmploymentTax[1]!
  for (let i = 0; i < path.returns.length; i++) {
    if (!isFiled(path, i)) continue
    annualTax(tax, path.returns[i]!, path.taxResults[i]!)
    total += path.taxResults[i]!.total
  }
  return total
}

/** Sets the year's taxes by kind, in the order of TAX_KINDS, from the tax returns. */
export function divideTaxes({ selfEmploymentTax, taxes, taxResults }: HouseholdPath): void {
  taxes.fill(0)
  taxes[3] = selfEmploymentTax[0]! + selfEmploymentTax[1]!
  for (let i = 0; i < taxResults.length; i++) {
    const taxResult = taxResults[i]!
    taxes[0]! += taxResult.ordinaryTax
    taxes[1]! += taxResult.capitalGainsTax
    taxes[2]! += taxResult.netInvestmentIncomeTax
    taxes[3] += taxResult.payrollTax
    taxes[4]! += taxResult.earlyWithdrawalTax
    taxes[5]! += taxResult.stateTax
    taxes[6]! += taxResult.medicareSurcharge
  }
}

/** The tax if only required distributions were withdrawn. */
export function taxBeforeWithdrawals(path: HouseholdPath): number {
  const { tax } = path.household
  return tax === null ? 0 : taxOfReturns(path, tax)
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
 * The gain on a home that is free of tax: 250,000 of each owner. It is not indexed. A widow or widower keeps a couple's exclusion for two years.
 * Source: IRC 121(b)(1)-(2), 121(b)(4).
 */
export function homeSaleExclusion(path: HouseholdPath): number {
  const { household, widowed, year } = path
  const wasMarried = household.married && year - firstYearAlone(path) < YEARS_WITH_JOINT_EXCLUSION
  return (widowed ? wasMarried : household.couple) ? 500_000 : 250_000
}
