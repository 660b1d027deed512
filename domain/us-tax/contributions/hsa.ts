import { Decimal } from '../../shared/index.ts'
import { ageInYear, checkOf, lacking, type Missing, needsBirthDate, spouseOf, sumOf, tableOf, usedOf, zero } from './checks.ts'
import type { ContributionFacts, Contributor, Deposit, HsaCoverage, LimitCheck, LimitPart } from './terms.ts'

const CATCH_UP_AGE = 55
const MONTHS = 12

type Coverage = readonly HsaCoverage[]

/** Coverage by month, none from the first month on Medicare: IRC 223(b)(7). Null if it is not stated. */
const statedCoverage = ({ hsaCoverage, medicareFromMonth }: Contributor): Coverage | null =>
  hsaCoverage && hsaCoverage.map((each, month) => (medicareFromMonth !== null && month + 1 >= medicareFromMonth ? 'none' : each))

/** If one of two eligible spouses has family coverage, both are treated as having it. Source: IRC 223(b)(5)(A). */
const asCouple = (own: Coverage, spouse: Coverage | null): Coverage =>
  own.map((each, month) => (each === 'self' && spouse?.[month] === 'family' ? 'family' : each))

const count = (coverage: Coverage, kind: HsaCoverage): number => coverage.filter(each => each === kind).length
const monthly = (yearly: number, months: number): Decimal => new Decimal(yearly).times(months).dividedBy(MONTHS).toDecimalPlaces(2)

/** The limit of a person alone: self-only and family months, and the catch-up of the months that count. */
const partsOf = (facts: ContributionFacts, person: Contributor, coverage: Coverage): readonly LimitPart[] => {
  const { catchUp55, family, self } = tableOf(facts).hsa
  const selfMonths = count(coverage, 'self')
  const familyMonths = count(coverage, 'family')
  const isOlder = (ageInYear(person, facts.year) ?? 0) >= CATCH_UP_AGE
  return [
    { kind: 'self_months', amount: monthly(self, selfMonths), months: selfMonths },
    { kind: 'family_months', amount: monthly(family, familyMonths), months: familyMonths },
    { kind: 'catch_up_55', amount: isOlder ? monthly(catchUp55, selfMonths + familyMonths) : zero, months: selfMonths + familyMonths },
  ]
}

const totalOf = (parts: readonly LimitPart[]): Decimal => sumOf(parts.map(({ amount }) => amount))

/**
 * The months that count. A person who is eligible on 1 December may count the whole year with the coverage of December, if that is more: the last-month
 * rule. Source: IRC 223(b)(8); IRS Publication 969.
 */
const countedMonths = (facts: ContributionFacts, person: Contributor, coverage: Coverage) => {
  const parts = partsOf(facts, person, coverage)
  const december = coverage.at(-1)!
  const whole: Coverage = coverage.map(() => december)
  const gained = december === 'none' ? zero : totalOf(partsOf(facts, person, whole)).minus(totalOf(parts))
  return gained.greaterThan(0)
    ? { coverage: whole, parts: [...parts, { kind: 'last_month_rule', amount: gained } as const] }
    : { coverage, parts }
}

/** What a person deposited above their own catch-up and months without shared family coverage: it uses the shared limit. */
const fromShared = (facts: ContributionFacts, person: Contributor, coverage: Coverage, shared: number, deposits: readonly Deposit[]) => {
  const all = partsOf(facts, person, coverage)
  return Decimal.max(
    0,
    usedOf(deposits)
      .minus(totalOf(all))
      .plus(monthly(tableOf(facts).hsa.family, shared)),
  )
}

/**
 * The limit of health savings accounts of one person. Contributions of employers count. Spouses share the family limit: by half, or as they have
 * contributed; each has the catch-up alone. Source: IRC 223(b), 4973(g); IRS Publication 969.
 * @param of the deposits of a person of the household
 */
export const hsaCheck = (facts: ContributionFacts, person: Contributor, of: (person: Contributor) => readonly Deposit[]): LimitCheck => {
  const deposits = of(person)
  const spouse = spouseOf(facts, person)
  const own = statedCoverage(person)
  const theirs = spouse ? statedCoverage(spouse) : null
  const missing: Missing[] = [...needsBirthDate(person)]
  if (own === null) missing.push(lacking('hsa_coverage', person.id))
  if (spouse && theirs === null && of(spouse).length > 0) missing.push(lacking('hsa_coverage', spouse.id))
  if (own === null || missing.length > 0) return checkOf({ kind: 'hsa', personId: person.id, parts: [], deposits, missing })
  const mine = countedMonths(facts, person, asCouple(own, theirs))
  const other = spouse && theirs ? countedMonths(facts, spouse, asCouple(theirs, own)) : undefined
  const shared = mine.coverage.filter((each, month) => each === 'family' && other?.coverage[month] === 'family').length
  const isShared = spouse !== undefined && other !== undefined && shared > 0
  if (isShared && spouse.birthDate === null && of(spouse).length > 0)
    return checkOf({ kind: 'hsa', personId: person.id, parts: [], deposits, missing: needsBirthDate(spouse) })
  const family = monthly(tableOf(facts).hsa.family, shared)
  const taken = isShared ? fromShared(facts, spouse, other.coverage, shared, of(spouse)) : zero
  const mineOfShared = Decimal.max(family.dividedBy(2).toDecimalPlaces(2), family.minus(taken))
  return checkOf({
    kind: 'hsa',
    personId: person.id,
    sharedWithId: isShared ? spouse.id : null,
    parts: [...mine.parts, { kind: 'spouse', amount: mineOfShared.minus(family) }],
    deposits,
  })
}
