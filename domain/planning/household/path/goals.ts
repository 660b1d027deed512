import type { HouseholdPath } from './household-path.ts'

/** Sums the amounts of the year's goals. */
export function wantGoals(path: HouseholdPath): void {
  const { household, flows, withdrawalYear } = path
  const { goals } = household.spec
  flows.goalsWanted = 0
  withdrawalYear.educationNeed = 0
  for (let place = household.goalsFrom[path.year]!; place < household.goalsFrom[path.year + 1]!; place++) {
    const goal = household.goalOrder[place]!
    const amount = goalAmount(path, goal)
    flows.goalsWanted += amount
    if (goals[goal]!.education) withdrawalYear.educationNeed += amount
  }
}

/**
 * Takes the unpaid amount from the year's goals, the last in order first, but never the part that 529 plans paid. Records the funded shares.
 *
 * @returns the amount that is still unpaid
 */
export function cutGoals(path: HouseholdPath, unpaid: number): number {
  const { household, flows, withdrawals } = path
  const { goals } = household.spec
  const first = household.goalsFrom[path.year]!
  const end = household.goalsFrom[path.year + 1]!
  flows.goalsPaid = flows.goalsWanted
  let reserved = withdrawals.educationPaid
  for (let place = first; place < end; place++) {
    const goal = household.goalOrder[place]!
    const paid = goals[goal]!.education ? Math.min(reserved, goalAmount(path, goal)) : 0
    path.goalShares[goal] = paid
    reserved -= paid
  }
  let left = unpaid
  for (let place = end - 1; place >= first; place--) {
    const goal = household.goalOrder[place]!
    const amount = goalAmount(path, goal)
    const cut = Math.min(left, amount - path.goalShares[goal]!)
    path.goalShares[goal] = amount === 0 ? 1 : (amount - cut) / amount
    flows.goalsPaid -= cut
    left -= cut
  }
  return left
}

function goalAmount(path: HouseholdPath, goal: number): number {
  const { amount, indexedToInflation } = path.household.spec.goals[goal]!
  return indexedToInflation ? amount * path.priceIndex : amount
}
