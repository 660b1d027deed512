import type { HouseholdSpec } from './household/spec.ts'
import { isHousehold, type Specification } from './engines.ts'

const earnedKinds: ReadonlySet<string> = new Set<HouseholdSpec['incomes'][number]['kind']>([
  'wages',
  'self_employment',
  'pension',
  'annuity',
])

/** What is probably missing from a specification that can be simulated, in sentences for its author. */
export const missingIncomeWarnings = (specification: Specification): string[] => {
  if (!isHousehold(specification)) return []
  const { incomes, people } = specification
  const hasIncome = incomes.some(({ kind }) => earnedKinds.has(kind)) || people.some(({ socialSecurity }) => socialSecurity !== null)
  return hasIncome ? [] : ['Nobody in the plan has wages, a pension or Social Security. Add them if there are any.']
}
