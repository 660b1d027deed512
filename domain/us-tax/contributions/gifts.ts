import { Decimal, yearOf } from '../../shared/index.ts'
import { checkOf, lacking, type Missing, sumOf, tableOf, usedOf, zero } from './checks.ts'
import type { ContributionFacts, Deposit, LimitCheck } from './terms.ts'

const SPREAD_YEARS = 5

const giverOf = ({ account, contributorId }: Deposit): string | null => contributorId ?? account.ownerId

/** Whether a deposit is a gift to somebody else: not to oneself, and not to a spouse (IRC 2523). */
const isGift = ({ people }: ContributionFacts, giver: string, beneficiary: string | null): boolean => {
  const relations = new Set(people.filter(({ id }) => id === giver || id === beneficiary).map(({ relationship }) => relationship))
  return giver !== beneficiary && !(relations.has('self') && relations.has('spouse'))
}

/** What an earlier year's election carries into the year: a fifth of the gifts that it covers. */
const carriedFrom = (facts: ContributionFacts, year: number, gifts: readonly Deposit[]): Decimal | undefined => {
  const exclusion = facts.tables.find(table => table.year === year)?.gift.annualExclusion
  if (exclusion === undefined) return undefined
  return Decimal.min(usedOf(gifts), SPREAD_YEARS * exclusion)
    .dividedBy(SPREAD_YEARS)
    .toDecimalPlaces(2)
}

/**
 * Gifts of a person to the 529 accounts of one beneficiary, against the annual exclusion, or five years of it at once if the person elects that. Other
 * gifts to the beneficiary use the exclusion too, and are not known here. Source: IRC 529(c)(2), 2503(b).
 */
const giftCheck = (facts: ContributionFacts, personId: string, beneficiaryId: string | null, gifts: readonly Deposit[]): LimitCheck => {
  const { year } = facts
  const exclusion = new Decimal(tableOf(facts).gift.annualExclusion)
  const elected = facts.elections.filter(each => each.personId === personId && each.beneficiaryId === beneficiaryId).map(each => each.year)
  const madeIn = (wanted: number) => gifts.filter(({ date }) => yearOf(date) === wanted)
  const earlier = elected.filter(each => each < year && each > year - SPREAD_YEARS)
  const carried = earlier.map(each => carriedFrom(facts, each, madeIn(each)))
  const missing: Missing[] = [
    ...(beneficiaryId === null ? [lacking('beneficiary', null)] : []),
    ...(carried.includes(undefined) ? [lacking('earlier_limits', null)] : []),
  ]
  const spread = sumOf(carried.map(each => each ?? zero))
  const more = elected.includes(year) ? Decimal.max(0, exclusion.minus(spread)).times(SPREAD_YEARS - 1) : zero
  const made = madeIn(year)
  return checkOf({
    kind: 'gift_529',
    personId,
    beneficiaryId,
    parts: [
      { kind: 'base', amount: exclusion },
      { kind: 'five_years', amount: more },
    ],
    used: usedOf(made).plus(spread),
    deposits: [...earlier.flatMap(each => madeIn(each)), ...made],
    missing,
  })
}

/** Checks of gifts to 529 accounts, one per giver and beneficiary. */
export const giftChecks = (facts: ContributionFacts): readonly LimitCheck[] => {
  const gifts = facts.deposits.filter(
    ({ account, amount, source }) => account.plan === '529' && amount.greaterThan(0) && source !== 'rollover',
  )
  const pairs = Map.groupBy(
    gifts.filter(gift => giverOf(gift) !== null),
    gift => JSON.stringify([giverOf(gift), gift.account.designatedBeneficiaryId]),
  )
  return [...pairs.values()].flatMap(group => {
    const giver = giverOf(group[0]!)!
    const beneficiary = group[0]!.account.designatedBeneficiaryId
    const check = isGift(facts, giver, beneficiary) ? giftCheck(facts, giver, beneficiary, group) : undefined
    return check && check.deposits.length > 0 ? [check] : []
  })
}
