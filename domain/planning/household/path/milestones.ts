import { prepareHousehold, type PreparedHousehold } from '../prepare/prepare.ts'
import { type HouseholdPath, livesIn } from './household-path.ts'
import { isRetired } from './income.ts'
import { spendablePortfolio } from './spending.ts'

/** Most prepared households with early retirements that are kept. Others are prepared again when needed. */
const MOST_KEPT = 256

/**
 * Retires the persons who reach their milestone: the accounts, except those for education, hold the multiple of the year's planned expenses.
 * From then on the path is that of a household that planned to stop work on that day.
 */
export function meetMilestones(path: HouseholdPath): void {
  const { people } = path.household.spec
  path.metMilestone = false
  for (let person = 0; person < people.length; person++) {
    const milestone = people[person]!.earlyRetirement
    const { openingAge, retirementYear } = path.household.people[person]!
    if (milestone === undefined || path.year >= retirementYear || !livesIn(path, person)) continue
    if (openingAge + path.year < milestone.fromAge) continue
    if (spendablePortfolio(path) < milestone.spendingMultiple * plannedExpenses(path)) continue
    path.household = retiringNow(path, person)
    path.metMilestone = true
  }
  if (path.metMilestone) path.retired = isRetired(path)
}

/** The year's planned expenses as after retirement, nominal. Debts are not included, because they end. */
function plannedExpenses({ household, priceIndex, widowed, year }: HouseholdPath): number {
  const { expenses, ageFactors } = household
  const at = widowed ? household.years + year : year
  const real = expenses.essentialReal[at]! + expenses.discretionaryReal[at]!
  return (real * priceIndex + expenses.essentialNominal[at]! + expenses.discretionaryNominal[at]!) * ageFactors[year]!
}

function retiringNow({ household, retirements, year }: HouseholdPath, person: number): PreparedHousehold {
  const stops = household.stops.map((stop, index) => (index === person ? year : stop))
  const key = stops.join()
  const known = retirements.get(key)
  if (known !== undefined) return known
  if (retirements.size >= MOST_KEPT) retirements.clear()
  const prepared = prepareHousehold(household.spec, stops)
  retirements.set(key, prepared)
  return prepared
}
