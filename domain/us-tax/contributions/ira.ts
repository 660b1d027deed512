import { Decimal } from '../../shared/index.ts'
import type { PhaseOut } from '../retirement-accounts/index.ts'
import type { FilingStatus } from '../tax/index.ts'
import {
  ageInYear,
  checkOf,
  compensationOf,
  lacking,
  type Missing,
  needsBirthDate,
  returnOf,
  spouseOf,
  sumOf,
  tableOf,
  usedOf,
  zero,
} from './checks.ts'
import type { ContributionFacts, Contributor, Deposit, LimitCheck, LimitPart } from './terms.ts'

/** The deposits of one person into traditional and Roth IRAs that are regular contributions. */
export interface IraDeposits {
  readonly traditional: readonly Deposit[]
  readonly roth: readonly Deposit[]
}

const totalOf = (parts: readonly LimitPart[]): Decimal => sumOf(parts.map(({ amount }) => amount))

/**
 * A limit at an income in a phase-out range: reduced in proportion, rounded up to 10 dollars, and at least 200 until it reaches zero.
 * Source: IRC 219(g)(2), 408A(c)(3)(A); IRS Publication 590-A, worksheets 1-2 and 2-2.
 */
export const phasedOut = (limit: Decimal, [from, to]: PhaseOut, income: Decimal): Decimal => {
  if (income.lessThanOrEqualTo(from)) return limit
  if (income.greaterThanOrEqualTo(to)) return zero
  const left = limit.times(income.minus(to).negated()).dividedBy(to - from)
  return Decimal.min(limit, Decimal.max(200, left.dividedBy(10).ceil().times(10)))
}

const dollarParts = (facts: ContributionFacts, person: Contributor): readonly LimitPart[] => {
  const { catchUp, limit } = tableOf(facts).ira
  const isOlder = (ageInYear(person, facts.year) ?? 0) >= 50
  return [
    { kind: 'base', amount: new Decimal(limit) },
    { kind: 'catch_up_50', amount: isOlder ? new Decimal(catchUp) : zero },
  ]
}

const all = ({ roth, traditional }: IraDeposits): readonly Deposit[] => [...traditional, ...roth]

/**
 * The limit that traditional and Roth IRAs share: at most the compensation. On a joint return, the spouse with less compensation may count that of the
 * other, less the other's contributions. Source: IRC 219(b)(1), 219(c); IRS Publication 590-A, "Spousal IRA limit".
 */
const sharedLimit = (facts: ContributionFacts, person: Contributor, of: (person: Contributor) => IraDeposits) => {
  const dollars = dollarParts(facts, person)
  const whole = totalOf(dollars)
  const own = compensationOf(person)
  const spouse = returnOf(facts, person).filingStatus === 'marriedFilingJointly' ? spouseOf(facts, person) : undefined
  const theirs = spouse && compensationOf(spouse)
  const given = spouse ? Decimal.min(usedOf(all(of(spouse))), totalOf(dollarParts(facts, spouse))) : zero
  const counted = theirs && theirs.greaterThan(own ?? 0) ? Decimal.max(0, theirs.minus(given)) : zero
  const available = (own ?? zero).plus(counted)
  const isEnough = available.greaterThanOrEqualTo(whole)
  const missing: Missing[] = [...needsBirthDate(person)]
  if (!isEnough && own === null) missing.push(lacking('compensation', person.id))
  if (!isEnough && spouse && theirs === null) missing.push(lacking('compensation', spouse.id))
  if (!isEnough && returnOf(facts, person).filingStatus === null && spouseOf(facts, person))
    missing.push(lacking('filing_status', person.id))
  const parts: readonly LimitPart[] = [...dollars, { kind: 'compensation', amount: Decimal.min(0, available.minus(whole)) }]
  return { parts, missing }
}

/** Filing status as the phase-outs count it: spouses who file separately and lived apart all year count as single. Source: IRC 219(g)(4). */
const phaseOutStatus = (
  facts: ContributionFacts,
  person: Contributor,
): { readonly status?: FilingStatus; readonly missing: readonly Missing[] } => {
  const { filingStatus } = returnOf(facts, person)
  if (filingStatus === null) return { missing: [lacking('filing_status', person.id)] }
  if (filingStatus !== 'marriedFilingSeparately') return { status: filingStatus, missing: [] }
  if (facts.livedApart === null) return { missing: [lacking('lived_apart', null)] }
  return { status: facts.livedApart ? 'single' : filingStatus, missing: [] }
}

const incomeOf = (facts: ContributionFacts, person: Contributor): { readonly income: Decimal; readonly missing: readonly Missing[] } => {
  const { modifiedAgi } = returnOf(facts, person)
  return { income: modifiedAgi ?? zero, missing: modifiedAgi === null ? [lacking('modified_agi', person.id)] : [] }
}

/** The phase-out of the deduction; none if nobody of the couple has a plan at work. Source: IRC 219(g)(1), (3), (7). */
const deductionRange = (facts: ContributionFacts, person: Contributor) => {
  const { coveredPhaseOut, spouseCoveredPhaseOut } = tableOf(facts).ira
  const { missing, status } = phaseOutStatus(facts, person)
  if (person.coveredAtWork === true) return { range: status && coveredPhaseOut[status], missing }
  const own = person.coveredAtWork === null ? [lacking('covered_at_work', person.id)] : []
  const spouse = spouseOf(facts, person)
  const isAlone = spouse === undefined || status === 'single'
  if (isAlone) return { range: undefined, missing: own }
  if (spouse.coveredAtWork === null) return { range: undefined, missing: [...own, ...missing, lacking('covered_at_work', spouse.id)] }
  if (!spouse.coveredAtWork) return { range: undefined, missing: own }
  const range = status === 'marriedFilingSeparately' ? coveredPhaseOut[status] : spouseCoveredPhaseOut
  return { range, missing: [...own, ...missing] }
}

/**
 * The limits of IRAs of one person: the shared one, the limit of Roth contributions by income, and what of the traditional ones can be deducted. Roth
 * contributions above the shared limit are named by the shared check only.
 * @param of the deposits of a person of the household
 */
export const iraChecks = (
  facts: ContributionFacts,
  person: Contributor,
  of: (person: Contributor) => IraDeposits,
  has: { readonly traditional: boolean; readonly roth: boolean },
): readonly LimitCheck[] => {
  const { roth, traditional } = of(person)
  const shared = sharedLimit(facts, person, of)
  const personId = person.id
  const check = checkOf({ kind: 'ira', personId, deposits: [...traditional, ...roth], ...shared })
  const checks = [check]
  const whole = totalOf(shared.parts)
  const money = incomeOf(facts, person)
  if (has.roth) {
    const { missing, status } = phaseOutStatus(facts, person)
    const reduced = status === undefined ? whole : phasedOut(whole, tableOf(facts).ira.rothPhaseOut[status], money.income)
    checks.push(
      checkOf({
        kind: 'roth_ira',
        personId,
        parts: [...shared.parts, { kind: 'phase_out', amount: reduced.minus(whole) }],
        deposits: roth,
        missing: [...shared.missing, ...missing, ...money.missing],
        overElsewhere: check.over ?? zero,
      }),
    )
  }
  if (has.traditional) {
    const { missing, range } = deductionRange(facts, person)
    const dollars = totalOf(dollarParts(facts, person))
    const deductible = range === undefined ? whole : Decimal.min(whole, phasedOut(dollars, range, money.income))
    checks.push(
      checkOf({
        kind: 'ira_deduction',
        personId,
        parts: [...shared.parts, { kind: 'phase_out', amount: deductible.minus(whole) }],
        deposits: traditional,
        missing: [...shared.missing, ...missing, ...(range === undefined ? [] : money.missing)],
        overElsewhere: check.over ?? zero,
      }),
    )
  }
  return checks
}
