import { allowedContributions } from '../../retirement-accounts/index.ts'
import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import { LIMIT } from '../prepare/contributions.ts'
import type { HouseholdPath } from './household-path.ts'
import { livesIn } from './income.ts'
import { taxBeforeWithdrawals } from './taxes.ts'

/**
 * Decides the year's contributions: what is planned, cut to the legal limits, then all alike to what income and required distributions
 * leave after tax, spending and debts. Nothing is withdrawn from one account to contribute to another.
 */
export function decideContributions(path: HouseholdPath): void {
  const { flows, contributed, matched, taxYear, household } = path
  flows.contributions = 0
  flows.employerMatch = 0
  if (!planContributions(path)) return
  for (let person = 0; person < household.people.length; person++) if (livesIn(path, person)) cutToLimits(path, person)
  let total = 0
  for (let i = 0; i < contributed.length; i++) total += contributed[i]!
  const cash = flows.income + flows.requiredDistributions - flows.spending - flows.debtPayment - taxBeforeWithdrawals(path)
  const share = total > 0 ? Math.max(0, Math.min(1, cash / total)) : 0
  taxYear.deductibleContributions *= share
  for (let i = 0; i < contributed.length; i++) {
    contributed[i] = contributed[i]! * share
    matched[i] = matched[i]! * share
    flows.contributions += contributed[i]!
    flows.employerMatch += matched[i]!
    // An employer's match into a Roth account is income of the employee: IRC 402A(a)(2).
    if (kindOf(path, i) === ACCOUNT_KIND.roth) path.baseOtherIncome += matched[i]!
  }
}

/** Puts what was decided into the accounts, after the year's withdrawals. */
export function contribute(path: HouseholdPath): void {
  const { household, contributed, matched, slots, flows } = path
  if (flows.contributions === 0) return
  const { account } = household.contributions
  for (let i = 0; i < contributed.length; i++) {
    const into = account[i]!
    const added = contributed[i]! + matched[i]!
    slots.balance[into] = slots.balance[into]! + added
    if (kindOf(path, i) === ACCOUNT_KIND.taxable || kindOf(path, i) === ACCOUNT_KIND.roth) slots.basis[into] = slots.basis[into]! + added
  }
}

function kindOf(path: HouseholdPath, contribution: number): number {
  return path.household.withdrawals.kinds[path.household.contributions.account[contribution]!]!
}

/** Sets the contributions and matches that are planned, and deducts those before tax. @returns whether there are any */
function planContributions(path: HouseholdPath): boolean {
  const { household, contributed, matched, priceIndex, taxYear } = path
  const streams = household.contributions
  let any = false
  let deferrals = 0
  for (let i = 0; i < contributed.length; i++) {
    const at = i * household.years + path.year
    const paid = livesIn(path, streams.person[i]!) && livesIn(path, streams.earner[i]!)
    const amount = paid ? streams.real[at]! * priceIndex + streams.nominal[at]! : 0
    contributed[i] = amount
    matched[i] = matchOf(path, i)
    if (streams.limit[i] === LIMIT.preTaxDeferral) deferrals += amount
    if (amount > 0) any = true
  }
  taxYear.deductibleContributions = deferrals
  return any
}

/** Employer's match of what is contributed. */
function matchOf(path: HouseholdPath, contribution: number): number {
  const { household, contributed, priceIndex } = path
  const { matchRate, matchedReal, matchedNominal } = household.contributions
  const at = contribution * household.years + path.year
  return matchRate[contribution]! * Math.min(contributed[contribution]!, matchedReal[at]! * priceIndex + matchedNominal[at]!)
}

/** Cuts one person's contributions and matches to the law's limits; deducts what is deductible of them. */
function cutToLimits(path: HouseholdPath, person: number): void {
  const { household, contributed, matched, contributionYear: wanted, allowed, taxYear } = path
  const { limit, limited, person: owner } = household.contributions
  setContributionYear(path, person)
  allowedContributions(household.contributionLimits, wanted, allowed)
  const employer = wanted.employer > 0 ? allowed.employer / wanted.employer : 0
  const deductibleIra = allowed.traditionalIra > 0 ? allowed.deductibleIra / allowed.traditionalIra : 0
  for (let i = 0; i < contributed.length; i++) {
    if (owner[i] !== person || contributed[i] === 0) continue
    const before = contributed[i]!
    const cut = limited[i] === 1
    if (cut) {
      contributed[i] = before * allowedShare(path, limit[i]!)
      matched[i] = matchOf(path, i) * employer
    }
    if (limit[i] === LIMIT.preTaxDeferral) taxYear.deductibleContributions += contributed[i]! - before
    else if (limit[i] === LIMIT.healthSavings) taxYear.deductibleContributions += contributed[i]!
    else if (limit[i] === LIMIT.traditionalIra) taxYear.deductibleContributions += contributed[i]! * (cut ? deductibleIra : 1)
    if (limit[i] === LIMIT.traditionalIra || limit[i] === LIMIT.rothIra) path.iraContributions += contributed[i]!
  }
}

function setContributionYear(path: HouseholdPath, person: number): void {
  const { household, contributed, matched, contributionYear: wanted, taxYear, earned, earnedBefore, taxResult } = path
  const { limit, limited, person: owner } = household.contributions
  if (person === 0 || !livesIn(path, 0)) {
    path.iraContributions = 0
    taxBeforeWithdrawals(path)
  }
  wanted.age = taxYear.people[person === 0 ? 0 : 1].age
  wanted.status = taxYear.status
  wanted.priceIndex = path.priceIndex
  wanted.modifiedAdjustedGrossIncome = taxResult.modifiedAdjustedGrossIncome
  wanted.compensation = Math.max(0, earned[0]! + earned[1]! - path.iraContributions)
  wanted.wages = earned[person]!
  wanted.wagesYearBefore = path.year === 0 ? earned[person]! : earnedBefore[person]!
  wanted.healthCoverage = healthCoverage(path, person)
  wanted.wantedPreTaxDeferral = 0
  wanted.wantedRothDeferral = 0
  wanted.wantedTraditionalIra = 0
  wanted.wantedRothIra = 0
  wanted.wantedHealthSavings = 0
  wanted.employer = 0
  wanted.covered = false
  wanted.spouseCovered = false
  for (let i = 0; i < contributed.length; i++) {
    const inPlan = (limit[i] === LIMIT.preTaxDeferral || limit[i] === LIMIT.rothDeferral) && contributed[i]! > 0
    if (owner[i] !== person) {
      wanted.spouseCovered ||= inPlan
      continue
    }
    wanted.covered ||= inPlan
    if (limited[i] === 0) continue
    wanted.employer += matched[i]!
    if (limit[i] === LIMIT.preTaxDeferral) wanted.wantedPreTaxDeferral += contributed[i]!
    else if (limit[i] === LIMIT.rothDeferral) wanted.wantedRothDeferral += contributed[i]!
    else if (limit[i] === LIMIT.traditionalIra) wanted.wantedTraditionalIra += contributed[i]!
    else if (limit[i] === LIMIT.rothIra) wanted.wantedRothIra += contributed[i]!
    else if (limit[i] === LIMIT.healthSavings) wanted.wantedHealthSavings += contributed[i]!
  }
}

/** The limit of coverage for oneself holds for each person with an account of their own, until Medicare. */
function healthCoverage(path: HouseholdPath, person: number): 'none' | 'self' {
  return path.taxYear.people[person === 0 ? 0 : 1].onMedicare ? 'none' : 'self'
}

function allowedShare(path: HouseholdPath, limit: number): number {
  const { contributionYear: wanted, allowed } = path
  switch (limit) {
    case LIMIT.preTaxDeferral:
      return shareOf(allowed.preTaxDeferral, wanted.wantedPreTaxDeferral)
    case LIMIT.rothDeferral:
      return shareOf(allowed.rothDeferral, wanted.wantedRothDeferral)
    case LIMIT.traditionalIra:
      return shareOf(allowed.traditionalIra, wanted.wantedTraditionalIra)
    case LIMIT.rothIra:
      return shareOf(allowed.rothIra, wanted.wantedRothIra)
    case LIMIT.healthSavings:
      return shareOf(allowed.healthSavings, wanted.wantedHealthSavings)
    default:
      return 1
  }
}

function shareOf(allowed: number, wanted: number): number {
  return wanted > 0 ? Math.max(0, allowed) / wanted : 0
}
