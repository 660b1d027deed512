import type { HouseholdYear } from './household-year.ts'
import type { PreparedStatus, PreparedTax } from './prepare.ts'

/**
 * Employee's social insurance taxes: Social Security on each person's wages up to the wage base (which follows wages), Medicare on all
 * of them, and the additional Medicare tax on the return's wages above a threshold that no index moves.
 * Source: IRC 3101; Form 8959. Self-employment tax is not modelled.
 */
export function payrollTax(prepared: PreparedTax, status: PreparedStatus, household: HouseholdYear): number {
  const { socialSecurity, medicare, additionalMedicare } = prepared.table.payrollRates
  const wageBase = prepared.table.socialSecurityWageBase.amount * household.wageIndex
  let wages = 0
  let covered = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    wages += person.wages
    covered += Math.min(person.wages, wageBase)
  }
  return socialSecurity * covered + medicare * wages + additionalMedicare * Math.max(0, wages - status.additionalMedicareThreshold)
}
