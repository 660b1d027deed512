import {
  type AnalysisResult,
  analysisSteps,
  type RepeatedAnalysis,
  simulatedSteps,
  type Specification,
} from '../../domain/planning/index.ts'
import { fieldProblem } from '../runtime/problem.ts'
import { analyseWarm } from './simulate-warm.ts'

/** The steps (`simulatedSteps`) that a function does in about half the time of a request, with the processors that its route declares. */
export const requestSteps = { run: 10_000_000, analysis: 8_000_000 } as const

/** Whether a run is too long for a request. */
export const isLarge = (specification: Specification): boolean => simulatedSteps(specification) > requestSteps.run

/** Does an analysis that fits the time of a request. Throws a 422 that names the largest number of iterations that does. */
export const analyseInRequest = async <Kind extends RepeatedAnalysis['kind']>(
  analysis: Extract<RepeatedAnalysis, { kind: Kind }>,
  iterations: number,
): Promise<AnalysisResult<Kind>> => {
  const steps = analysisSteps(analysis)
  if (steps > requestSteps.analysis) {
    const times = (steps / requestSteps.analysis).toFixed(1)
    const most = Math.floor((iterations * requestSteps.analysis) / steps)
    const message = `must be at most ${most} for this plan: the analysis can be ${times} times as long as a request allows`
    throw fieldProblem('analysis-too-large', [{ path: 'body.iterations', message }])
  }
  return analyseWarm<Kind>(analysis)
}
