import type { HouseholdSpec } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { assertSuccessRate, findBorder, retiringAsPlanned, successRate } from './search.ts'

export interface RequiredSaving {
  /** Additional saving per year until everybody has retired, in money of the as-of date. */
  annualAmount: number
  success: number
  evaluations: number
}

/** The meaning of the solver's figures, for its answer. */
export const REQUIRED_SAVING_DEFINITIONS = {
  annualAmount:
    'Further saving per year until everybody has retired, in money of the as-of date. It comes on top of the contributions that the plan has; 0 means that the plan needs none.',
  success: 'Share of paths that succeed with the further saving.',
} as const

const SAVING_RANGE = { first: 1000, most: 1e8, tolerance: 10 }

/**
 * The additional saving per year, until everybody has retired, with which the plan reaches the wanted success rate. Exact to ten dollars, or a thousandth of itself if that is more,
 * on the same random numbers. The saving comes from consumption outside the plan, so it is not taxed. It goes into the first taxable account,
 * even where income does not cover planned contributions, and whatever the plan does with other surplus. Ignores milestones. Null where no
 * saving helps: everybody is retired already, or paths fail before retirement.
 *
 * @throws InvalidSpecError
 */
export function requiredSaving(spec: HouseholdSpec, wanted: number): RequiredSaving | null {
  assertSuccessRate(wanted)
  const planned = retiringAsPlanned(spec)
  const found = findBorder(amount => successRate(savingMore(planned, amount)), wanted, false, SAVING_RANGE)
  return found === null ? null : { annualAmount: found.value, success: found.success, evaluations: found.evaluations }
}

/** The same household with an additional amount saved each year until everybody has retired. */
function savingMore(spec: HouseholdSpec, annualAmount: number): HouseholdSpec {
  const retirement = Math.max(...spec.people.map(person => personTimeline(person, spec.asOfDate).retirementYear))
  const years = { startYear: 0, endYear: Math.min(retirement, spec.years) }
  return {
    ...spec,
    incomes: [
      ...spec.incomes,
      {
        key: 'further saving',
        person: spec.people[0]!.key,
        kind: 'other',
        annualAmount,
        ...years,
        indexedToInflation: true,
        growthRate: 0,
        taxableShare: 0,
        survivorShare: 1,
      },
    ],
    contributions: [
      ...spec.contributions,
      {
        key: 'further saving',
        account: spec.accounts.find(account => account.kind === 'taxable')!.key,
        amount: { kind: 'fixed', annualAmount, indexedToInflation: true },
        employerMatch: null,
        ...years,
        enforceLimits: false,
      },
    ],
  }
}
