import type { HouseholdYear } from './household-year.ts'
import type { PreparedStatus, PreparedTax } from './prepare.ts'

/**
 * Employee's social insurance taxes: Social Security on each person's wages up to the wage base (which follows wages), Medicare on all
 * wages, and the additional Medicare tax on the return's wages and net earnings from self-employment above a threshold that is not
 * indexed: together, the two parts of Form 8959 tax their sum. The caller adds the self-employment tax itself.
 * Source: IRC 1401(b)(2), 3101; Form 8959.
 */
export function payrollTax(prepared: PreparedTax, status: PreparedStatus, household: HouseholdYear): number {
  const { socialSecurity, medicare, additionalMedicare } = prepared.table.payrollRates
  const wageBase = prepared.table.socialSecurityWageBase.amount * household.wageIndex
  let wages = 0
  let selfEmployment = 0
  let covered = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    wages += person.wages
    selfEmployment += person.selfEmploymentEarnings
    covered += Math.min(person.wages, wageBase)
  }
  const above = Math.max(0, wages + selfEmployment - status.additionalMedicareThreshold)
  return socialSecurity * covered + medicare * wages + additionalMedicare * above
}
