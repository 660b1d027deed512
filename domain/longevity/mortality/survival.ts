/* A survival curve holds the probability of being alive k years from now at index k: of a person, or of a couple. */

/** Complete life expectancy in years. Deaths are in the middle of their year, as in the tables of the Social Security Administration. */
export function lifeExpectancy(survival: Float64Array): number {
  let years = 0.5
  for (let k = 1; k < survival.length; k++) years += survival[k]!
  return years
}

/** Number of whole years that are survived with at least this probability, in (0, 1]. */
export function yearsSurvived(survival: Float64Array, probability: number): number {
  let years = 0
  while (years + 1 < survival.length && survival[years + 1]! >= probability) years++
  return years
}

/** Probability that both, or that either, of two people with independent lifetimes is alive. */
export function jointSurvival(first: Float64Array, second: Float64Array, alive: 'both' | 'either'): Float64Array {
  return Float64Array.from({ length: Math.max(first.length, second.length) }, (_, years) => {
    const a = first[years] ?? 0
    const b = second[years] ?? 0
    return alive === 'both' ? a * b : 1 - (1 - a) * (1 - b)
  })
}
