import type { Issue } from '../../shared/index.ts'
import { InvalidSpecError, type ReturnModel, type SimulationSpec, SPEC_LIMITS, validateSpec } from '../../simulation/index.ts'
import { type Checklist, createChecklist } from './checklist.ts'
import { HOUSEHOLD_LIMITS, isCounted } from './limits.ts'
import type { EarlyRetirement, HouseholdSpec, Person } from './spec.ts'
import { isCalendarDate } from '../../shared/index.ts'
import { personTimeline } from './timeline.ts'
import { checkAccounts, checkContributions } from './validate-accounts.ts'
import { checkDebts, checkExpenses, checkGoals, checkIncomes, checkProperties } from './validate-cash-flows.ts'
import { checkConversion, checkSpending, checkTax, checkWithdrawals } from './validate-policies.ts'

/** @throws InvalidSpecError unless validateHousehold finds no fault */
export function assertValidHousehold(spec: HouseholdSpec): void {
  const issues = validateHousehold(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/** Every fault of a household whose members have the declared types; empty when it can be simulated. */
export function validateHousehold(spec: HouseholdSpec): Issue[] {
  const check = createChecklist()
  check.integer('years', spec.years, 1, HOUSEHOLD_LIMITS.years)
  check.integer('paths', spec.paths, 1, HOUSEHOLD_LIMITS.paths)
  check.that(
    spec.sensitivities === undefined || !isCounted(spec),
    'sensitivities',
    `must be left out of more than ${HOUSEHOLD_LIMITS.exactPaths} paths: they are compared path by path`,
  )
  check.that(isCalendarDate(spec.asOfDate), 'asOfDate', 'must be a day of the calendar as YYYY-MM-DD')
  checkPeople(check, spec)
  checkIncomes(check, spec)
  checkExpenses(check, spec)
  checkGoals(check, spec)
  checkAccounts(check, spec)
  checkContributions(check, spec)
  checkDebts(check, spec)
  checkProperties(check, spec)
  checkSpending(check, spec)
  checkWithdrawals(check, spec)
  checkConversion(check, spec)
  checkTax(check, spec)
  checkOpeningReturns(check, spec)
  check.issues.push(...simulationIssues(spec))
  return check.issues
}

/** Something must be left to go on with. */
const LEAST_RETURN = -0.99

/** Faults of what a household shares with a portfolio's specification. */
function simulationIssues(spec: HouseholdSpec): Issue[] {
  const years = isWithin(spec.years, HOUSEHOLD_LIMITS.years) ? spec.years : 1
  const paths = isWithin(spec.paths, HOUSEHOLD_LIMITS.paths) ? spec.paths : 1
  const nothing = Array.from({ length: years }, () => 0)
  const shared: SimulationSpec = {
    years,
    stepsPerYear: 1,
    paths,
    seed: spec.seed,
    openingBalance: 0,
    realFlows: nothing,
    nominalFlows: nothing,
    flowTiming: 'begin',
    returns: equallyWeighted(spec.returns),
    percentiles: [...spec.percentiles],
  }
  return validateSpec(shared).map(({ path, message }) =>
    path === 'stepsPerYear'
      ? { path: 'returns.periodsPerYear', message: 'must be 1: a household is simulated year by year' }
      : { path, message },
  )
}

const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most

/** The same model, its own weights, which no account reads, being as they should be. */
function equallyWeighted(returns: ReturnModel): ReturnModel {
  const assets = returns.assets.map(asset => ({ ...asset, weight: 1 / returns.assets.length }))
  return { ...returns, assets } as ReturnModel
}

function checkOpeningReturns(check: Checklist, { openingReturns, returns, years }: HouseholdSpec): void {
  if (openingReturns === undefined) return
  const { historicalReturn, historicalInflation } = SPEC_LIMITS
  const { assets, inflation } = openingReturns
  for (const [asset, rates] of Object.entries(assets)) {
    const path = `openingReturns.assets.${asset}`
    check.known(path, asset, returns.assets, 'an asset of the return model')
    check.that(rates.length <= years, path, `must have at most one entry for each of the ${years} years`)
    for (const [year, rate] of rates.entries()) check.number(`${path}.${year}`, rate, LEAST_RETURN, historicalReturn)
  }
  check.that(inflation.length <= years, 'openingReturns.inflation', `must have at most one entry for each of the ${years} years`)
  for (const [year, rate] of inflation.entries())
    check.number(`openingReturns.inflation.${year}`, rate, historicalInflation.minimum, historicalInflation.maximum)
}

function checkPeople(check: Checklist, spec: HouseholdSpec): void {
  check.that(spec.people.length === 1 || spec.people.length === 2, 'people', 'must be one person or a couple')
  check.keys('people', spec.people)
  checkHorizon(check, spec)
  for (const [index, person] of spec.people.entries()) checkPerson(check, spec, person, `people.${index}`)
  const joint = spec.filingStatus === 'married_joint'
  check.that(
    ['single', 'married_joint', 'married_separate', 'head_of_household'].includes(spec.filingStatus),
    'filingStatus',
    'must be single, married_joint, married_separate or head_of_household',
  )
  check.that(
    joint === (spec.people.length === 2),
    'filingStatus',
    joint ? 'is for a couple, and there is one person' : 'must be married_joint for a couple',
  )
}

/** The younger of a couple may go on when the older would be past all ages. */
function checkHorizon(check: Checklist, spec: HouseholdSpec): void {
  const born = spec.people.filter(person => isCalendarDate(person.birthDate))
  if (born.length === 0 || !isCalendarDate(spec.asOfDate)) return
  const youngest = Math.min(...born.map(person => personTimeline(person, spec.asOfDate).openingAge))
  const most = HOUSEHOLD_LIMITS.age - youngest
  check.that(spec.years <= most, 'years', `must be at most ${most}, which ends at the age of ${HOUSEHOLD_LIMITS.age}`)
}

function checkPerson(check: Checklist, spec: HouseholdSpec, person: Person, path: string): void {
  check.that(person.sex === 'female' || person.sex === 'male', `${path}.sex`, 'must be female or male')
  check.integer(`${path}.retirementAge`, person.retirementAge, 0, HOUSEHOLD_LIMITS.age)
  if (person.earlyRetirement !== undefined) checkEarlyRetirement(check, person.earlyRetirement, `${path}.earlyRetirement`)
  if (person.socialSecurity !== null) checkSocialSecurity(check, spec, person, `${path}.socialSecurity`)
  if (!isCalendarDate(person.birthDate)) {
    check.that(false, `${path}.birthDate`, 'must be a day of the calendar as YYYY-MM-DD')
    return
  }
  if (!isCalendarDate(spec.asOfDate)) return
  if (person.birthDate > spec.asOfDate) {
    check.that(false, `${path}.birthDate`, `must not be after the as-of date ${spec.asOfDate}`)
    return
  }
  const { openingAge } = personTimeline(person, spec.asOfDate)
  if (person.lifespan.kind === 'fixed') check.integer(`${path}.lifespan.age`, person.lifespan.age, openingAge, HOUSEHOLD_LIMITS.age - 1)
  else check.that(person.lifespan.kind === 'life_table', `${path}.lifespan.kind`, 'must be fixed or life_table')
}

function checkEarlyRetirement(check: Checklist, { fromAge, spendingMultiple }: EarlyRetirement, path: string): void {
  check.number(`${path}.spendingMultiple`, spendingMultiple, 1, 1000)
  check.integer(`${path}.fromAge`, fromAge, 0, HOUSEHOLD_LIMITS.age)
}

function checkSocialSecurity(check: Checklist, spec: HouseholdSpec, person: Person, path: string): void {
  const { benefit, claimingAgeMonths } = person.socialSecurity!
  const { minimum, maximum } = HOUSEHOLD_LIMITS.claimingAgeMonths
  check.integer(`${path}.claimingAgeMonths`, claimingAgeMonths, minimum, maximum)
  if (benefit.kind === 'pia') {
    check.number(`${path}.benefit.monthlyAmount`, benefit.monthlyAmount, 0, SPEC_LIMITS.money)
    return
  }
  check.that(benefit.kind === 'earnings', `${path}.benefit.kind`, 'must be pia or earnings')
  if (benefit.kind !== 'earnings') return
  const lastYear = Number(spec.asOfDate.slice(0, 4)) + HOUSEHOLD_LIMITS.years
  for (const [index, { year, amount }] of benefit.byYear.entries()) {
    const before = benefit.byYear[index - 1]
    check.integer(`${path}.benefit.byYear.${index}.year`, year, 1951, lastYear)
    check.that(before === undefined || year > before.year, `${path}.benefit.byYear.${index}.year`, 'must be above the one before it')
    check.number(`${path}.benefit.byYear.${index}.amount`, amount, 0, SPEC_LIMITS.money)
  }
}
