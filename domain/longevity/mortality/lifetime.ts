import type { LifeTable, Sex } from './life-table.ts'

/** How long a person lives: to a fixed age, or drawn from a life table. Plain JSON. */
export type MortalitySpec =
  | {
      kind: 'fixed'
      /** Age at the last birthday. */
      deathAge: number
    }
  | {
      kind: 'drawn'
      sex: Sex
      /** Fraction by which the probability of death at each age falls from one calendar year to the next; 0 for the table as it is. */
      improvementAnnual: number
    }

/** The lifetime of one person from now on. */
export interface Lifetime {
  /** Whole years. */
  currentAge: number
  /** Probability of being alive k years from now: 1 at k = 0, falling, 0 at the end. */
  survival: Float64Array
}

/**
 * @param spec a specification that validateMortality accepts for this age
 * @param currentAge whole years
 * @param asOfYear the current calendar year, not before the table's; mortality improves from the table's year on
 */
export function prepareLifetime(spec: MortalitySpec, table: LifeTable, currentAge: number, asOfYear: number): Lifetime {
  if (spec.kind === 'fixed') {
    const survival = new Float64Array(spec.deathAge - currentAge + 2).fill(1)
    survival[survival.length - 1] = 0
    return { currentAge, survival }
  }
  const probabilities = table.deathProbabilities[spec.sex]
  const survival = new Float64Array(probabilities.length - currentAge + 1)
  const kept = 1 - spec.improvementAnnual
  let improvement = 1
  for (let year = table.year; year < asOfYear; year++) improvement *= kept
  survival[0] = 1
  for (let years = 1; years < survival.length - 1; years++) {
    survival[years] = survival[years - 1]! * (1 - probabilities[currentAge + years - 1]! * improvement)
    improvement *= kept
  }
  return { currentAge, survival }
}

/**
 * Age at the last birthday before death. A larger draw never shortens the life,
 * so the same draw gives the same age in every scenario with the same mortality, and the same or a higher age with a lower mortality.
 *
 * @param uniform32 the 32 bits of one draw, signed or not
 */
export function drawLifetime({ currentAge, survival }: Lifetime, uniform32: number): number {
  const outlived = 1 - ((uniform32 >>> 0) + 0.5) / 0x100000000
  let years = 0
  while (survival[years + 1]! >= outlived) years++
  return currentAge + years
}
