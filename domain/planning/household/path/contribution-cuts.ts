import { allowedIraContributions, allowedWorkplaceContributions, type ContributionYear } from '../../../us-tax/index.ts'
import { LIMIT } from '../prepare/contributions.ts'
import { deduct, matchAt } from './contribution-effects.ts'
import { type HouseholdPath, livesIn } from './household-path.ts'
import { taxBeforeWithdrawals } from './taxes.ts'

/** Cuts deferrals, matches and health savings to the legal limits, and sets their deductible parts. */
export function cutWorkplaceContributions(path: HouseholdPath): void {
  const { household, contributed, deductible, employerShare, contributionYear: wanted, allowed } = path
  const { limit, limited, person: owner } = household.contributions
  const { table } = household.contributionLimits
  wanted.spouseHealthSavings = 0
  for (let person = 0; person < household.people.length; person++) {
    if (!livesIn(path, person)) continue
    setContributionYear(path, person)
    allowedWorkplaceContributions(table, wanted, allowed)
    if (household.married) wanted.spouseHealthSavings = Math.max(0, allowed.healthSavings - (wanted.age >= 55 ? table.hsa.catchUp55 : 0))
    let match = 0
    for (let i = 0; i < contributed.length; i++) {
      if (owner[i] !== person || limit[i] === LIMIT.traditionalIra || limit[i] === LIMIT.rothIra) continue
      if (limited[i] === 1) {
        contributed[i] = contributed[i]! * allowedShare(path, limit[i]!)
        match += matchAt(path, i, 1)
      }
      if (limit[i] === LIMIT.preTaxDeferral || limit[i] === LIMIT.healthSavings) deductible[i] = contributed[i]!
    }
    if (match <= allowed.employer) continue
    for (let i = 0; i < contributed.length; i++) if (owner[i] === person && limited[i] === 1) employerShare[i] = allowed.employer / match
  }
}

/**
 * The same for IRAs. Their limits and deductions depend on the income after the other contributions. Spouses share their earnings on a joint
 * return (IRC 219(c)); profits count less the deductible half of the self-employment tax (IRC 219(f)(1), 401(c)(2)).
 */
export function cutIraContributions(path: HouseholdPath): void {
  const { household, contributed, deductible, contributionYear: wanted, allowed, taxResults, earned, selfEmploymentTax, returnOf } = path
  const { limit, limited, person: owner } = household.contributions
  deduct(path, 1)
  taxBeforeWithdrawals(path)
  let contributedToIras = 0
  for (let person = 0; person < household.people.length; person++) {
    if (!livesIn(path, person)) continue
    setContributionYear(path, person)
    wanted.modifiedAdjustedGrossIncome = taxResults[returnOf[person]!]!.modifiedAdjustedGrossIncome
    const jointly = earned[0]! + earned[1]! - (selfEmploymentTax[0]! + selfEmploymentTax[1]!) / 2 - contributedToIras
    wanted.compensation = Math.max(0, household.apart ? earned[person]! - selfEmploymentTax[person]! / 2 : jointly)
    allowedIraContributions(household.contributionLimits, wanted, allowed)
    const deducted = allowed.traditionalIra > 0 ? allowed.deductibleIra / allowed.traditionalIra : 0
    for (let i = 0; i < contributed.length; i++) {
      if (owner[i] !== person || (limit[i] !== LIMIT.traditionalIra && limit[i] !== LIMIT.rothIra)) continue
      if (limited[i] === 1) contributed[i] = contributed[i]! * allowedShare(path, limit[i]!)
      if (limit[i] === LIMIT.traditionalIra) deductible[i] = contributed[i]! * (limited[i] === 1 ? deducted : 1)
      contributedToIras += contributed[i]!
    }
  }
}

function setContributionYear(path: HouseholdPath, person: number): void {
  const { household, contributed, contributionYear: wanted, earned, earnedBefore } = path
  const { limit, limited, person: owner } = household.contributions
  wanted.age = household.people[person]!.openingTaxAge + path.year
  wanted.status = path.returns[path.returnOf[person]!]!.status
  wanted.priceIndex = path.priceIndex
  wanted.wages = earned[person]!
  wanted.wagesYearBefore = path.year === 0 ? earned[person]! : earnedBefore[person]!
  wanted.healthCoverage = healthCoverage(path, person)
  wanted.wantedPreTaxDeferral = 0
  wanted.wantedRothDeferral = 0
  wanted.wantedTraditionalIra = 0
  wanted.wantedRothIra = 0
  wanted.wantedHealthSavings = 0
  wanted.employer = Number.POSITIVE_INFINITY
  wanted.covered = false
  wanted.spouseCovered = false
  for (let i = 0; i < contributed.length; i++) {
    const inPlan = (limit[i] === LIMIT.preTaxDeferral || limit[i] === LIMIT.rothDeferral) && contributed[i]! > 0
    if (owner[i] !== person) {
      wanted.spouseCovered ||= inPlan && household.married
      continue
    }
    wanted.covered ||= inPlan
    if (limited[i] === 0) continue
    if (limit[i] === LIMIT.preTaxDeferral) wanted.wantedPreTaxDeferral += contributed[i]!
    else if (limit[i] === LIMIT.rothDeferral) wanted.wantedRothDeferral += contributed[i]!
    else if (limit[i] === LIMIT.traditionalIra) wanted.wantedTraditionalIra += contributed[i]!
    else if (limit[i] === LIMIT.rothIra) wanted.wantedRothIra += contributed[i]!
    else if (limit[i] === LIMIT.healthSavings) wanted.wantedHealthSavings += contributed[i]!
  }
}

/** Health savings end with Medicare. A family plan covers both persons of a couple: IRC 223(b)(5). */
function healthCoverage(path: HouseholdPath, person: number): ContributionYear['healthCoverage'] {
  const { contributions, married } = path.household
  const { familyCoverage, person: owner } = contributions
  if (path.persons[person === 0 ? 0 : 1].onMedicare) return 'none'
  for (let i = 0; i < familyCoverage.length; i++) {
    if (familyCoverage[i] === 1 && path.contributed[i]! > 0 && (married || owner[i] === person)) return 'family'
  }
  return 'self'
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
