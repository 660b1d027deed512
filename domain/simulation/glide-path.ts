import type { WeightPoint } from './spec.ts'

/** Target weights at [year * assets + asset]: linear between the given years, level outside them, scaled to sum to one. */
export function glidePath(allocation: readonly WeightPoint[], assetKeys: readonly string[], years: number): Float64Array {
  const targets = new Float64Array(years * assetKeys.length)
  for (let year = 0; year < years; year++) {
    const next = allocation.findIndex(point => point.year > year)
    const before = allocation.at(next === -1 ? -1 : Math.max(next - 1, 0))!
    const after = allocation[next] ?? before
    const passed = year <= before.year || after === before ? 0 : (year - before.year) / (after.year - before.year)
    const weights = assetKeys.map(key => {
      const from = before.weights[key] ?? 0
      return from + passed * ((after.weights[key] ?? 0) - from)
    })
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    targets.set(
      weights.map(weight => weight / total),
      year * assetKeys.length,
    )
  }
  return targets
}
