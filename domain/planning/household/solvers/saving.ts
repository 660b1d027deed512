import type { HouseholdSpec } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { assertSuccessRate, findBorder, retiringAsPlanned, successRate } from './search.ts'

export interface RequiredSaving {
  /** Further saving of each year until everybody has retired, in money of the as-of date. */
  annualAmount: number
  success: number
  evaluations: number
}

const RANGE = { first: 1000, most: 1e8, tolerance: 10 }

/**
 * What must be saved beside the plan, every year until everybody has retired, for it to succeed at a wanted rate; to ten dollars, on the
 * same random numbers. It comes out of consumption that the plan does not list, so no tax falls on it; it is contributed to the first
 * taxable account, beside planned contributions that income may fall short of, and whatever the plan does with other surplus.
 * Milestones end nobody's work here. Null where nothing helps: nobody works any more, or failures come before retirement.
 *
 * @throws InvalidSpecError
 */
export function requiredSaving(spec: HouseholdSpec, wanted: number): RequiredSaving | null {
  assertSuccessRate(wanted)
  const planned = retiringAsPlanned(spec)
  const found = findBorder(amount => successRate(savingMore(planned, amount)), wanted, false, RANGE)
  return found === null ? null : { annualAmount: found.value, success: found.success, evaluations: found.evaluations }
}

/** The same household with a further amount saved each year until everybody has retired. */
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
