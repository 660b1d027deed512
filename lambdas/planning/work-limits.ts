import {
  type AnalysisResult,
  analysisSteps,
  isHousehold,
  type RepeatedAnalysis,
  simulatedSteps,
  type Specification,
} from '../../domain/planning/index.ts'
import { fieldProblem } from '../runtime/problem.ts'
import type { PathEnds } from '../../domain/simulation/index.ts'
import { analyseWarm, pathEndsWarm } from './simulate-warm.ts'

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

/** The ends of all paths of a run. Throws a 422 that names the largest number of paths that fits the time of a request. */
export const pathEndsInRequest = async (specification: Specification): Promise<PathEnds> => {
  const { paths } = specification
  const steps = isHousehold(specification) ? simulatedSteps({ ...specification, sensitivities: [] }) : simulatedSteps(specification)
  if (steps > requestSteps.run) {
    const most = Math.floor((paths * requestSteps.run) / steps)
    const message = `has ${paths} paths, more than a request can rank: simulate this plan with at most ${most} iterations to rank its paths`
    throw fieldProblem('analysis-too-large', [{ path: 'path.runId', message }])
  }
  return pathEndsWarm(specification)
}
