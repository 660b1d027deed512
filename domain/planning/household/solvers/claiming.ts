import { compareOutcomes, type PathOutcomes, pathOutcomes, type ScenarioComparison } from '../compare.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { sampleQuantiles } from '../sample-quantiles.ts'
import type { HouseholdSpec } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { assertValidHousehold } from '../validate.ts'

export interface ClaimingAges {
  /** Claiming age in months of each person with a claim. */
  ages: { key: string; claimingAgeMonths: number }[]
  success: number
  medianEndingReal: number
}

export interface BestClaimingAges {
  best: ClaimingAges
  /** All combinations that were tried. */
  grid: ClaimingAges[]
  /** The best combination compared with the plan's own ages. */
  againstPlan: ScenarioComparison
}

/**
 * Finds the best combination of claiming ages from 62, or the person's current age, to 70. Tries all on the same random numbers. The best has
 * the highest success rate and, among equal rates, the highest median real ending wealth. A person who has claimed already keeps their age.
 *
 * @param stepMonths months between the ages that are tried, a divisor of 96
 * @throws InvalidSpecError
 */
export function bestClaimingAges(spec: HouseholdSpec, stepMonths = 12): BestClaimingAges {
  assertValidHousehold(spec)
  const choices = claimingAgeChoices(spec, stepMonths)
  let best: { entry: ClaimingAges; outcomes: PathOutcomes } | undefined
  const grid: ClaimingAges[] = []
  for (const first of choices[0]!) {
    for (const second of choices[1] ?? [null]) {
      const scenario = claimingAt(spec, [first, second])
      const outcomes = pathOutcomes(scenario)
      const entry = describe(scenario, outcomes)
      grid.push(entry)
      if (best === undefined || isBetter(entry, best.entry)) best = { entry, outcomes }
    }
  }
  return { best: best!.entry, grid, againstPlan: compareOutcomes(pathOutcomes(spec), best!.outcomes) }
}

/** The claiming ages to try for each person; null leaves a person as they are. */
export const claimingAgeChoices = (spec: HouseholdSpec, stepMonths: number): (number | null)[][] =>
  spec.people.map(person => {
    if (person.socialSecurity === null) return [null]
    const { openingAgeMonths } = personTimeline(person, spec.asOfDate)
    const claimed = person.socialSecurity.claimingAgeMonths
    return claimed <= openingAgeMonths ? [claimed] : agesFrom(openingAgeMonths, stepMonths)
  })

function agesFrom(openingAgeMonths: number, stepMonths: number): number[] {
  const { minimum, maximum } = HOUSEHOLD_LIMITS.claimingAgeMonths
  const ages: number[] = []
  for (let months = minimum; months <= maximum; months += stepMonths) if (months >= openingAgeMonths) ages.push(months)
  return ages
}

/** The same household with other claiming ages; null leaves a person as they are. */
function claimingAt(spec: HouseholdSpec, ages: readonly (number | null)[]): HouseholdSpec {
  return {
    ...spec,
    people: spec.people.map((person, index) => {
      const claimingAgeMonths = ages[index] ?? null
      if (person.socialSecurity === null || claimingAgeMonths === null) return person
      return { ...person, socialSecurity: { ...person.socialSecurity, claimingAgeMonths } }
    }),
  }
}

function describe(spec: HouseholdSpec, { succeeded, endingReal }: PathOutcomes): ClaimingAges {
  return {
    ages: spec.people.flatMap(({ key, socialSecurity }) =>
      socialSecurity === null ? [] : [{ key, claimingAgeMonths: socialSecurity.claimingAgeMonths }],
    ),
    success: succeeded.reduce((total, one) => total + one, 0) / spec.paths,
    medianEndingReal: sampleQuantiles(endingReal, [0.5])[0]!,
  }
}

const isBetter = (a: ClaimingAges, b: ClaimingAges): boolean =>
  a.success === b.success ? a.medianEndingReal > b.medianEndingReal : a.success > b.success
