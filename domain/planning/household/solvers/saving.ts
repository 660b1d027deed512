import type { HouseholdSpec } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { assertSuccessRate, findBorder, successRate } from './search.ts'

export interface RequiredSaving {
  /** Further saving of each year until everybody has retired, in money of the as-of date. */
  annualAmount: number
  success: number
  evaluations: number
}

const RANGE = { first: 1000, most: 1e8, tolerance: 10 }

/**
 * What must be saved beside the plan, every year until everybody has retired, for it to succeed at a wanted rate; to ten dollars, on the
 * same random numbers. It comes out of consumption that the plan does not list, so no tax falls on it; like any surplus it is saved in the
 * first taxable account, unless planned contributions that income fell short of take it.
 * Null where nothing helps: nobody works any more, or failures come before retirement.
 *
 * @throws InvalidHouseholdError
 */
export function requiredSaving(spec: HouseholdSpec, wanted: number): RequiredSaving | null {
  assertSuccessRate(wanted)
  const found = findBorder(amount => successRate(savingMore(spec, amount)), wanted, false, RANGE)
  return found === null ? null : { annualAmount: found.value, success: found.success, evaluations: found.evaluations }
}

/** The same household with a further amount saved each year until everybody has retired. */
function savingMore(spec: HouseholdSpec, annualAmount: number): HouseholdSpec {
  const retirement = Math.max(...spec.people.map(person => personTimeline(person, spec.asOfDate).retirementYear))
  return {
    ...spec,
    withdrawals: { ...spec.withdrawals, surplus: 'taxable' },
    incomes: [
      ...spec.incomes,
      {
        key: 'further saving',
        person: spec.people[0]!.key,
        kind: 'other',
        annualAmount,
        startYear: 0,
        endYear: Math.min(retirement, spec.years),
        indexedToInflation: true,
        growthRate: 0,
        taxableShare: 0,
        survivorShare: 1,
      },
    ],
  }
}
