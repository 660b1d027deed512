import type { Run } from '../../db/queries/planning/runs.ts'
import type { planOutputs } from '../../db/schema/planning.ts'

type OutputRow = typeof planOutputs.$inferInsert

/** The headline figures of a run, one row each, with their uncertainty and the inputs they depend on. */
export const outputRows = (run: Run, inputIds: readonly string[]): OutputRow[] => {
  const { endingWealth, paths, success } = run.result
  const shared = {
    userId: run.userId,
    planId: run.planId,
    runId: run.id,
    outputType: 'simulation',
    computationTimeMs: run.computationTimeMs,
    algorithmVersion: run.engineVersion,
    dependsOnInputs: [...inputIds],
  }
  // Normal interval of a mean: the sample is large, and the standard error is what a reader wants to see.
  const mean = (figures: typeof endingWealth.real) => {
    const halfWidth = (1.959964 * figures.standardDeviation) / Math.sqrt(paths)
    return {
      confidenceIntervalLower: (figures.mean - halfWidth).toFixed(2),
      confidenceIntervalUpper: (figures.mean + halfWidth).toFixed(2),
      standardDeviation: figures.standardDeviation.toFixed(2),
    }
  }
  return [
    {
      ...shared,
      outputName: 'success_probability',
      outputValue: success.probability,
      confidenceIntervalLower: success.interval.lower.toFixed(6),
      confidenceIntervalUpper: success.interval.upper.toFixed(6),
      standardDeviation: Math.sqrt(success.probability * (1 - success.probability)).toFixed(6),
    },
    { ...shared, outputName: 'ending_wealth_mean_nominal', outputValue: endingWealth.nominal.mean, ...mean(endingWealth.nominal) },
    { ...shared, outputName: 'ending_wealth_mean_real', outputValue: endingWealth.real.mean, ...mean(endingWealth.real) },
  ]
}
