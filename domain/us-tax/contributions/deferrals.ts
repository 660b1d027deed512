import { Decimal } from '../../shared/index.ts'
import {
  ageInYear,
  catchUpPart,
  checkOf,
  compensationOf,
  lacking,
  needsBirthDate,
  sumOf,
  tableOf,
  usedOf,
  withinCompensation,
  zero,
} from './checks.ts'
import type { ContributionFacts, Contributor, Deposit, LimitCheck, LimitedPlan } from './terms.ts'

const moved: ReadonlySet<string> = new Set(['rollover', 'conversion'])

/** Whether a deposit is new money: rollovers and conversions count towards no limit. Source: IRC 402(c), 408(d)(3). */
export const isNewMoney = ({ source }: Deposit): boolean => source === null || !moved.has(source)

/** Deferrals from pay, before tax or Roth. */
const isDeferral = ({ source }: Deposit): boolean => source === null || source === 'employee_pre_tax' || source === 'employee_roth'

const ofPlans = (deposits: readonly Deposit[], ...plans: readonly LimitedPlan[]): readonly Deposit[] =>
  deposits.filter(({ account }) => plans.includes(account.plan))

/**
 * The limits of plans at work. Deferrals to all 401(k), 403(b) and SIMPLE plans share one limit per person (IRC 402(g)); those to a SIMPLE plan have a
 * lower one of their own too (408(p)), and a 457(b) plan a separate one that employer contributions count towards (457(b)(2)). From 2026 on, the
 * catch-up of a person with high wages must be Roth (414(v)(7)), which does not concern SIMPLE plans. The special catch-ups of the last three years
 * before retirement in a 457(b) plan and of 15 years of service in a 403(b) plan are not known here.
 */
export const deferralChecks = (
  facts: ContributionFacts,
  person: Contributor,
  plans: ReadonlySet<LimitedPlan>,
  deposits: readonly Deposit[],
): readonly LimitCheck[] => {
  const { electiveDeferral, simple } = tableOf(facts)
  const age = ageInYear(person, facts.year)
  const own = deposits.filter(deposit => isNewMoney(deposit))
  const deferrals = own.filter(deposit => isDeferral(deposit))
  const base = { kind: 'base', amount: new Decimal(electiveDeferral.limit) } as const
  const catchUp = catchUpPart(electiveDeferral, age)
  const missing = needsBirthDate(person)
  const personId = person.id
  const checks: LimitCheck[] = []
  const isInDeferralPlan = plans.has('401k') || plans.has('403b')
  if (isInDeferralPlan)
    checks.push(
      checkOf({
        kind: 'elective_deferral',
        personId,
        parts: [base, catchUp],
        deposits: ofPlans(deferrals, '401k', '403b', 'simple_ira'),
        missing,
      }),
    )
  const preTax = ofPlans(deferrals, '401k', '403b').filter(({ source }) => source !== 'employee_roth')
  const threshold = electiveDeferral.rothCatchUpWages
  if (isInDeferralPlan && threshold !== undefined && age !== undefined && age >= 50) {
    const { wagesYearBefore } = person
    // Within the limit without a catch-up, the wages of the year before decide nothing.
    const isDecided = wagesYearBefore !== null || usedOf(preTax).lessThanOrEqualTo(base.amount)
    const mustBeRoth = wagesYearBefore?.greaterThan(threshold) ?? false
    const whole = checks[0]!
    if (mustBeRoth || !isDecided)
      checks.push(
        checkOf({
          kind: 'pre_tax_deferral',
          personId,
          parts: [base],
          deposits: preTax,
          missing: isDecided ? [] : [lacking('wages_year_before', personId)],
          overElsewhere: whole.over ?? zero,
        }),
      )
  }
  if (plans.has('457b')) {
    const parts = [base, catchUp]
    const within = withinCompensation(sumOf(parts.map(({ amount }) => amount)), compensationOf(person), personId)
    checks.push(
      checkOf({
        kind: 'deferral_457b',
        personId,
        parts: [...parts, ...within.parts],
        deposits: ofPlans(own, '457b'),
        missing: [...missing, ...within.missing],
      }),
    )
  }
  if (plans.has('simple_ira'))
    checks.push(
      checkOf({
        kind: 'simple_deferral',
        personId,
        parts: [{ kind: 'base', amount: new Decimal(simple.limit) }, catchUpPart(simple, age)],
        deposits: ofPlans(deferrals, 'simple_ira'),
        missing,
      }),
    )
  return checks
}

/**
 * All additions to one 401(k) or 403(b) plan: deferrals, after-tax and employer contributions, at most the compensation. Catch-up contributions come
 * on top; where a person has several plans, the plan with the most additions has the catch-up first. Each account is taken as the plan of another
 * employer. Source: IRC 415(c), 414(v)(3)(A).
 */
export const additionsChecks = (facts: ContributionFacts, person: Contributor, deposits: readonly Deposit[]): readonly LimitCheck[] => {
  const { annualAdditions } = tableOf(facts).electiveDeferral
  const accounts = facts.accounts.filter(({ ownerId, plan }) => ownerId === person.id && (plan === '401k' || plan === '403b'))
  const byAccount = accounts
    .map(account => ({ account, made: deposits.filter(each => each.account.id === account.id && isNewMoney(each)) }))
    .toSorted((a, b) => usedOf(b.made).comparedTo(usedOf(a.made)))
  const base = { kind: 'base', amount: new Decimal(annualAdditions) } as const
  const within = withinCompensation(base.amount, compensationOf(person), person.id)
  const catchUp = catchUpPart(tableOf(facts).electiveDeferral, ageInYear(person, facts.year))
  let catchUpLeft = catchUp.amount
  return byAccount.map(({ account, made }) => {
    const most = Decimal.min(catchUpLeft, usedOf(made.filter(each => isDeferral(each))))
    const needed = Decimal.max(0, usedOf(made).minus(sumOf([base, ...within.parts].map(({ amount }) => amount))))
    catchUpLeft = catchUpLeft.minus(Decimal.min(most, needed))
    return checkOf({
      kind: 'annual_additions',
      personId: person.id,
      accountId: account.id,
      parts: [base, ...within.parts, { ...catchUp, amount: most }],
      deposits: made,
      missing: [...needsBirthDate(person), ...within.missing],
    })
  })
}
