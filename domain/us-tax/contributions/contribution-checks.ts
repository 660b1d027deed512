import { isOfYear } from './checks.ts'
import { additionsChecks, deferralChecks, isNewMoney } from './deferrals.ts'
import { giftChecks } from './gifts.ts'
import { hsaCheck } from './hsa.ts'
import { type IraDeposits, iraChecks } from './ira.ts'
import { sepCheck } from './sep.ts'
import type { ContributionFacts, Contributor, Deposit, LimitCheck, LimitedPlan } from './terms.ts'

const traditionalPlans: ReadonlySet<LimitedPlan> = new Set(['traditional_ira', 'rollover_ira', 'sep_ira'])

/** Whether a deposit is an employer contribution to a SEP: into a SEP account without another source, or from an employer into any IRA. */
const isSep = ({ account, source }: Deposit): boolean =>
  (account.plan === 'sep_ira' && source === null) ||
  (source === 'employer' && (traditionalPlans.has(account.plan) || account.plan === 'roth_ira'))

/** Whether a deposit is a regular contribution to an IRA. A SEP account takes them too, if the person says so with the source. */
const isIra = (deposit: Deposit): boolean =>
  !isSep(deposit) && (traditionalPlans.has(deposit.account.plan) || deposit.account.plan === 'roth_ira')

const personChecks = (facts: ContributionFacts, person: Contributor): readonly LimitCheck[] => {
  const depositsOf = ({ id }: Contributor) =>
    facts.deposits.filter(deposit => deposit.account.ownerId === id && isNewMoney(deposit) && isOfYear(deposit, facts.year))
  const deposits = depositsOf(person)
  const plans = new Set(facts.accounts.filter(({ ownerId }) => ownerId === person.id).map(({ plan }) => plan))
  const iraDeposits = (of: Contributor): IraDeposits => {
    const ira = depositsOf(of).filter(deposit => isIra(deposit))
    return {
      traditional: ira.filter(({ account }) => account.plan !== 'roth_ira'),
      roth: ira.filter(({ account }) => account.plan === 'roth_ira'),
    }
  }
  const has = {
    traditional: plans.has('traditional_ira') || plans.has('rollover_ira') || iraDeposits(person).traditional.length > 0,
    roth: plans.has('roth_ira'),
  }
  const sep = deposits.filter(deposit => isSep(deposit))
  const isCovered = person.hsaCoverage?.some(coverage => coverage !== 'none') ?? false
  return [
    ...deferralChecks(facts, person, plans, deposits),
    ...additionsChecks(facts, person, deposits),
    ...(plans.has('sep_ira') || sep.length > 0 ? [sepCheck(facts, person, sep)] : []),
    ...(has.traditional || has.roth ? iraChecks(facts, person, iraDeposits, has) : []),
    ...(plans.has('hsa') || isCovered
      ? [hsaCheck(facts, person, of => depositsOf(of).filter(({ account }) => account.plan === 'hsa'))]
      : []),
  ]
}

/**
 * Checks the deposits of a household of one tax year against the limits of its people: of each person with an account that has a limit, and of each giver
 * and beneficiary of 529 accounts. Excess of earlier years that counts for this year is not known.
 * @throws RangeError if there is no table for the year
 */
export const contributionChecks = (facts: ContributionFacts): readonly LimitCheck[] => [
  ...facts.people.flatMap(person => personChecks(facts, person)),
  ...giftChecks(facts),
]
