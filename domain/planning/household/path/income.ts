import { annualBenefits } from '../../../longevity/index.ts'
import { createTaxResult } from '../../../us-tax/index.ts'
import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import type { PropertySale } from '../prepare/holdings.ts'
import { BOTH_ALIVE, FIRST_ALIVE, INCOME, SECOND_ALIVE } from '../prepare/income-streams.ts'
import { firstYearAlone, livesIn, ROTH_YEARS, type HouseholdPath } from './household-path.ts'
import { homeSaleExclusion, netSelfEmploymentEarnings, selfEmploymentTaxOf } from './taxes.ts'

/** Sets the first day of a plan year: ages, the persons alive, filing status, and whether everybody has retired. */
export function openYear(path: HouseholdPath, year: number): void {
  const { household, slots, flows, persons } = path
  path.year = year
  if (household.couple && path.alive === BOTH_ALIVE && year >= firstYearAlone(path)) {
    path.alive = path.lastYears[0]! >= year ? FIRST_ALIVE : SECOND_ALIVE
    path.widowed = true
    path.priceIndexAtDeath = path.priceIndex
    inherit(path, path.alive === FIRST_ALIVE ? 0 : 1)
    if (household.apart) Object.assign(path.taxResults[path.alive === FIRST_ALIVE ? 1 : 0]!, createTaxResult())
  }
  if (!path.retired) path.retired = isRetired(path)
  for (let i = 0; i < path.returns.length; i++) {
    const taxYear = path.returns[i]!
    taxYear.year = household.asOfYear + year
    taxYear.status = path.widowed ? household.survivorFiling : household.filing
    taxYear.priceIndex = path.priceIndex
    taxYear.wageIndex = path.priceIndex
    taxYear.magiTwoYearsAgo = path.magi[2 * i + (year % 2)]!
    taxYear.statusTwoYearsAgo = path.filings[2 * i + (year % 2)]!
  }
  for (let person = 0; person < household.people.length; person++) {
    const { openingAttainedAge, openingAge } = household.people[person]!
    const onReturn = livesIn(path, person)
    const taxPerson = persons[person]!
    taxPerson.onReturn = onReturn
    taxPerson.age = openingAttainedAge + year
    taxPerson.onMedicare = onReturn && openingAge + year >= 65
    taxPerson.rothConversions = 0
    taxPerson.taxDeferredWithdrawals = 0
  }
  let opening = 0
  for (let account = 0; account < slots.balance.length; account++) opening += slots.balance[account]!
  flows.opening = opening
  if (household.spec.rothConversion !== null) ageConversions(path)
}

/**
 * The survivor becomes the owner of the other's accounts. The basis of the other's taxable accounts becomes their value of that day (IRC
 * 1014), and the earlier start of the two persons' Roth accounts counts (26 CFR 1.408A-6, A-7).
 */
function inherit(path: HouseholdPath, survivor: number): void {
  const { household, slots, owners, rothSince } = path
  for (let account = 0; account < owners.length; account++) {
    if (owners[account] === survivor) continue
    owners[account] = survivor
    if (household.withdrawals.kinds[account] === ACCOUNT_KIND.taxable) slots.basis[account] = slots.balance[account]!
  }
  rothSince[survivor] = Math.min(rothSince[0]!, rothSince[1]!)
}

export function isRetired(path: HouseholdPath): boolean {
  const { people } = path.household
  for (let person = 0; person < people.length; person++) {
    if (livesIn(path, person) && path.year < people[person]!.retirementYear) return false
  }
  return true
}

/** Conversions of five years ago become contributions. Withdrawals take the oldest conversions first. Source: IRC 408A(d)(3)(F), (d)(4)(B). */
function ageConversions(path: HouseholdPath): void {
  const { slots, conversions, year } = path
  for (let account = 0; account < slots.balance.length; account++) {
    const first = account * ROTH_YEARS
    conversions[first + (year % ROTH_YEARS)] = 0
    let newer = 0
    for (let i = 0; i < ROTH_YEARS; i++) newer += conversions[first + i]!
    const aged = Math.max(0, slots.recentConversions[account]! - newer)
    slots.recentConversions[account] = slots.recentConversions[account]! - aged
    slots.basis[account] = slots.basis[account]! + aged
  }
}

/** Receives the year's income: streams, Social Security, property sales, dividends. Fills in the tax returns, except for withdrawals. */
export function receiveIncome(path: HouseholdPath): void {
  const { flows, returns, baseOtherIncome, baseLongTermGains } = path
  for (let i = 0; i < returns.length; i++) {
    returns[i]!.interest = 0
    returns[i]!.qualifiedDividends = 0
  }
  baseOtherIncome.fill(0)
  baseLongTermGains.fill(0)
  receiveStreams(path)
  receiveBenefits(path)
  flows.income += flows.socialSecurity
  sellProperties(path)
  receiveDividends(path)
  for (let i = 0; i < returns.length; i++) {
    const taxYear = returns[i]!
    taxYear.otherIncome = baseOtherIncome[i]!
    taxYear.longTermGains = baseLongTermGains[i]!
    taxYear.deductibleContributions = 0
    taxYear.penalizedWithdrawals = 0
    taxYear.penalizedHealthSavingsWithdrawals = 0
  }
}

function receiveStreams(path: HouseholdPath): void {
  const { household, flows, persons, priceIndex } = path
  const { real, nominal } = household.incomes
  const at = (path.alive * household.years + path.year) * INCOME.count
  flows.wages = 0
  flows.selfEmployment = 0
  flows.pensions = 0
  flows.investmentIncome = 0
  flows.otherIncome = 0
  path.earnedBefore.set(path.earned)
  for (let person = 0; person < household.people.length; person++) {
    const wages = real[at + INCOME.wages + person]! * priceIndex + nominal[at + INCOME.wages + person]!
    const profit = real[at + INCOME.selfEmployment + person]! * priceIndex + nominal[at + INCOME.selfEmployment + person]!
    const pension = real[at + INCOME.pension + person]! * priceIndex + nominal[at + INCOME.pension + person]!
    const investment = real[at + INCOME.investment + person]! * priceIndex + nominal[at + INCOME.investment + person]!
    const other = real[at + INCOME.other + person]! * priceIndex + nominal[at + INCOME.other + person]!
    const taxPerson = persons[person]!
    taxPerson.wages = wages
    taxPerson.pension = pension
    taxPerson.selfEmploymentEarnings = netSelfEmploymentEarnings(profit)
    const selfEmploymentTax = selfEmploymentTaxOf(path, taxPerson.selfEmploymentEarnings, wages)
    path.selfEmploymentTax[person] = selfEmploymentTax
    path.earned[person] = wages + profit
    flows.wages += wages
    flows.selfEmployment += profit
    flows.pensions += pension
    flows.investmentIncome += investment
    flows.otherIncome += other
    const own = path.returnOf[person]!
    path.returns[own]!.interest += investment
    path.baseOtherIncome[own] = path.baseOtherIncome[own]! + other + profit - selfEmploymentTax / 2
  }
  flows.untaxedIncome = real[at + INCOME.untaxed]! * priceIndex + nominal[at + INCOME.untaxed]!
  const earned = flows.wages + flows.selfEmployment
  flows.income = earned + flows.pensions + flows.investmentIncome + flows.otherIncome + flows.untaxedIncome
}

function receiveBenefits(path: HouseholdPath): void {
  const { household, benefitsYear, benefits, flows, persons } = path
  flows.socialSecurity = 0
  persons[0].socialSecurity = 0
  persons[1].socialSecurity = 0
  if (household.benefits === null) return
  const { firstMonth, prepared, workEnd } = household.benefits
  const { lastYears } = path
  benefitsYear.year = household.asOfYear + path.year
  benefitsYear.priceIndex = path.priceIndex
  benefitsYear.wageIndex = path.priceIndex
  for (let person = 0; person < lastYears.length; person++) {
    benefitsYear.deathMonth[person] = firstMonth + 12 * (lastYears[person]! + 1)
    benefitsYear.earnings[person] = path.earned[person]!
    benefitsYear.workEnd[person] = workEnd[person]!
  }
  annualBenefits(prepared, benefitsYear, benefits)
  const { withheldMonths, withheldSurvivorMonths } = benefitsYear
  for (let person = 0; person < lastYears.length; person++) {
    withheldMonths[person] = withheldMonths[person]! + benefits.withheldMonths[person]!
    withheldSurvivorMonths[person] = withheldSurvivorMonths[person]! + benefits.withheldSurvivorMonths[person]!
    persons[person]!.socialSecurity = benefits.paid[person]!
    flows.socialSecurity += benefits.paid[person]!
  }
}

function sellProperties(path: HouseholdPath): void {
  const { household, flows } = path
  flows.propertyProceeds = 0
  const { sales } = household.properties
  for (let i = 0; i < sales.length; i++) {
    const sale = sales[i]!
    if (sale.year !== path.year) continue
    const proceeds = sale.proceedsReal * path.priceIndex
    const gain = proceeds - basisOf(path, sale)
    flows.propertyProceeds += proceeds
    taxGain(path, sale.primaryResidence ? Math.max(0, gain - homeSaleExclusion(path)) : gain)
  }
}

/** Two persons own half of a property each. */
function taxGain({ alive, baseLongTermGains, returnOf }: HouseholdPath, gain: number): void {
  const first = returnOf[alive === SECOND_ALIVE ? 1 : 0]!
  const second = returnOf[alive === FIRST_ALIVE ? 0 : 1]!
  baseLongTermGains[first] = baseLongTermGains[first]! + gain / 2
  baseLongTermGains[second] = baseLongTermGains[second]! + gain / 2
}

/** Each person of a couple owns half of a property. The basis of the deceased's half is its value at the death. Source: IRC 1014(a), 2040(b). */
function basisOf(path: HouseholdPath, sale: PropertySale): number {
  if (!path.widowed) return sale.basis
  return (sale.basis + sale.valueReal[firstYearAlone(path)]! * path.priceIndexAtDeath) / 2
}

function receiveDividends(path: HouseholdPath): void {
  const { slots, flows, household, owners, returnOf, returns } = path
  const { dividendYield } = household.accounts
  let dividends = 0
  for (let account = 0; account < slots.balance.length; account++) {
    if (dividendYield[account] === 0) continue
    const paid = dividendYield[account]! * slots.balance[account]!
    slots.basis[account] = slots.basis[account]! + paid
    returns[returnOf[owners[account]!]!]!.qualifiedDividends += paid
    dividends += paid
  }
  flows.dividends = dividends
}
