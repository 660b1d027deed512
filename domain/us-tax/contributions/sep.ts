import { Decimal } from '../../shared/index.ts'
import { checkOf, lacking, type Missing, tableOf } from './checks.ts'
import type { ContributionFacts, Contributor, Deposit, LimitCheck, SepBasis } from './terms.ts'

const EMPLOYEE_RATE = new Decimal('0.25')
/** 25 % of what is left after the contribution itself: 0.25 / 1.25. */
const OWN_BUSINESS_RATE = new Decimal('0.2')

const isAbove = (amount: Decimal | null): boolean => amount !== null && amount.greaterThan(0)

/** The income that the contribution is based on; undefined if the person must say it. */
const basisOf = ({ selfEmployment, sepBasis, wages }: Contributor): SepBasis | undefined => {
  if (sepBasis !== null) return sepBasis
  if (isAbove(wages)) return isAbove(selfEmployment) ? undefined : 'wages'
  return selfEmployment === null ? 'wages' : 'self_employment'
}

/**
 * Employer contributions to SEP accounts: 25 % of the wages up to the limit of IRC 401(a)(17), or 20 % of the net earnings of one's own business, and at
 * most the limit of 415(c). There is no catch-up. Source: IRC 402(h)(2), 408(k); IRS Publication 560, chapter 2 and the Rate Table for Self-Employed.
 */
export const sepCheck = (facts: ContributionFacts, person: Contributor, deposits: readonly Deposit[]): LimitCheck => {
  const { annualAdditions, compensation } = tableOf(facts).electiveDeferral
  const most = new Decimal(annualAdditions)
  const basis = basisOf(person)
  const income = basis === undefined ? null : basis === 'wages' ? person.wages : person.selfEmployment
  const missing: Missing[] = income !== null ? [] : [lacking(basis === undefined ? 'sep_basis' : 'compensation', person.id)]
  const earned = Decimal.max(0, income ?? 0)
  const share = basis === 'wages' ? Decimal.min(earned, compensation).times(EMPLOYEE_RATE) : earned.times(OWN_BUSINESS_RATE)
  return checkOf({
    kind: 'sep',
    personId: person.id,
    parts: [
      { kind: 'base', amount: most },
      { kind: 'compensation', amount: Decimal.min(0, share.toDecimalPlaces(2).minus(most)) },
    ],
    deposits,
    missing,
  })
}
