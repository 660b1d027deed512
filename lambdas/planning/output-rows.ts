import type { Run } from '../../db/queries/planning/runs.ts'
import type { planOutputs } from '../../db/schema/planning/runs.ts'
import type { RunResult } from '../../domain/planning/index.ts'

type OutputRow = typeof planOutputs.$inferInsert

/** The main figures of a result, with their uncertainty. */
export const outputFigures = ({ endingWealth, paths, success }: RunResult) => {
  // A normal interval of the mean, because the sample is large. Readers want to see the standard error.
  const mean = (figures: typeof endingWealth.real) => {
    const halfWidth = (1.959964 * figures.standardDeviation) / Math.sqrt(paths)
    return {
      outputValue: figures.mean,
      confidenceIntervalLower: (figures.mean - halfWidth).toFixed(2),
      confidenceIntervalUpper: (figures.mean + halfWidth).toFixed(2),
      standardDeviation: figures.standardDeviation.toFixed(2),
    }
  }
  return [
    {
      outputName: 'success_probability',
      outputValue: success.probability,
      confidenceIntervalLower: success.interval.lower.toFixed(6),
      confidenceIntervalUpper: success.interval.upper.toFixed(6),
      standardDeviation: Math.sqrt(success.probability * (1 - success.probability)).toFixed(6),
    },
    { outputName: 'ending_wealth_mean_nominal', ...mean(endingWealth.nominal) },
    { outputName: 'ending_wealth_mean_real', ...mean(endingWealth.real) },
  ]
}

/** The main figures as rows of a run, with the inputs that they depend on. */
export const outputRows = (run: Run, result: RunResult, inputIds: readonly string[]): OutputRow[] =>
  outputFigures(result).map(figure => ({
    ...figure,
    householdId: run.householdId,
    planId: run.planId,
    runId: run.id,
    outputType: 'simulation',
    computationTimeMs: run.computationTimeMs,
    algorithmVersion: run.engineVersion,
    dependsOnInputs: [...inputIds],
  }))
