export type Sex = 'male' | 'female'

/** A period life table: the mortality of one calendar year at all ages. */
export interface LifeTable {
  name: string
  /** The calendar year. */
  year: number
  /** Probability of death between one birthday and the next, by age from 0; the last is 1. */
  deathProbabilities: Record<Sex, readonly number[]>
}
