import type { Issue } from '../../shared/index.ts'
import type { MortalitySpec } from './lifetime.ts'

/** Highest age at the last birthday: everyone is dead at 120. */
const OLDEST_DEATH_AGE = 119

/** Every fault of a specification whose members have the declared types, for a person of this age; empty when it can be prepared. */
export function validateMortality(spec: MortalitySpec, currentAge: number): Issue[] {
  const issues: Issue[] = []
  const check = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  const age = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= OLDEST_DEATH_AGE
  check(age(currentAge), 'currentAge', `must be a whole number from 0 to ${OLDEST_DEATH_AGE}`)
  if (spec.kind === 'fixed') {
    const message = `must be a whole number from the current age of ${currentAge} to ${OLDEST_DEATH_AGE}`
    check(age(spec.deathAge) && spec.deathAge >= currentAge, 'deathAge', message)
  } else if (spec.kind === 'drawn') {
    check(spec.sex === 'male' || spec.sex === 'female', 'sex', 'must be male or female')
    check(spec.improvementAnnual >= 0 && spec.improvementAnnual <= 0.1, 'improvementAnnual', 'must be a number from 0 to 0.1')
  } else {
    check(false, 'kind', 'must be fixed or drawn')
  }
  return issues
}
