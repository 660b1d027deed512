/** Ages on the date of the withdrawal, in months. */
const AGE_FREE_OF_PENALTY = 59 * 12 + 6
const HEALTH_SAVINGS_AGE_FREE_OF_PENALTY = 65 * 12

export type PenalizedAccount = 'ira' | 'workplacePlan' | 'healthSavingsAccount'

/**
 * Whether the additional tax of early withdrawal is due on a withdrawal from an account: before 59 1/2 (65 for a health savings account,
 * other than for medical expenses), unless it comes from an employer's plan and the person left that employer in or after the year of turning 55.
 * `separatedAtAge` is the age reached in the year of leaving that employer; infinite while still employed there.
 * Not modelled: equal periodic payments, disability, first homes, higher education, public safety employees (50), 457(b) plans.
 * Source: IRC 72(t)(2)(A), 223(f)(4).
 */
export const isPenalized = (account: PenalizedAccount, ageMonths: number, separatedAtAge: number): boolean => {
  if (account === 'healthSavingsAccount') return ageMonths < HEALTH_SAVINGS_AGE_FREE_OF_PENALTY
  if (ageMonths >= AGE_FREE_OF_PENALTY) return false
  return !(account === 'workplacePlan' && separatedAtAge >= 55 && separatedAtAge !== Number.POSITIVE_INFINITY)
}

/** Whether a person is 59 1/2 or older. */
export const isFreeOfPenalty = (ageMonths: number): boolean => ageMonths >= AGE_FREE_OF_PENALTY
