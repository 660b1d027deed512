import { lognormalSteps } from './markets/lognormal.ts'
import { secondRegimeProbabilities } from './markets/regime-switching.ts'
import { historicalGross, nextPeriodOf, type ResamplingModel } from './markets/resampling.ts'
import { boundedGross, studentTSteps, tScale } from './markets/student-t.ts'
import { exp, isBelow, MARKET_STREAM, nextChiSquare, nextWord, normalFromDraw, seedKey, streamState } from '../numeric/index.ts'
import type { LognormalModel, RegimeModel, ReturnModel, StudentTModel } from './return-models.ts'

/** Draws a path's next step: the assets' gross returns in their order, then gross inflation. */
type NextStep = () => number[]

/** The draws of one path alone. Written from the models' definitions, without the block stages, so that each implementation checks the other. */
export function marketStepsOf(model: ReturnModel, stepsPerYear: number, seed: string, path: number): NextStep {
  const state = Int32Array.from(streamState(seedKey(seed), MARKET_STREAM, path))
  switch (model.kind) {
    case 'lognormal':
      return lognormalPath(model, stepsPerYear, state)
    case 'student_t':
      return studentTPath(model, stepsPerYear, state)
    case 'regime':
      return regimePath(model, stepsPerYear, state)
    default:
      return resampledPath(model, state, path)
  }
}

function lognormalPath(model: LognormalModel, stepsPerYear: number, state: Int32Array): NextStep {
  const { drift, loadings } = lognormalSteps(model, stepsPerYear)
  return () => combine(drift, loadings, drawNormals(state, drift.length)).map(exp)
}

function studentTPath(model: StudentTModel, stepsPerYear: number, state: Int32Array): NextStep {
  const { mean, loadings } = studentTSteps(model, stepsPerYear)
  const noDrift = mean.map(() => 0)
  return () => {
    const normals = drawNormals(state, mean.length)
    const scale = tScale(model.degreesOfFreedom, nextChiSquare(state, 0, model.degreesOfFreedom))
    return combine(noDrift, loadings, normals).map((deviation, factor) => boundedGross(mean[factor]! + scale * deviation))
  }
}

function regimePath(model: RegimeModel, stepsPerYear: number, state: Int32Array): NextStep {
  const { atStart, after } = secondRegimeProbabilities(model, stepsPerYear)
  const regimes = model.regimes.map(regime => lognormalSteps(regime, stepsPerYear))
  let probability = atStart
  return () => {
    const regime = isBelow(nextWord(state, 0), probability) ? 1 : 0
    probability = after[regime]
    const { drift, loadings } = regimes[regime]!
    return combine(drift, loadings, drawNormals(state, drift.length)).map(exp)
  }
}

function resampledPath(model: ResamplingModel, state: Int32Array, path: number): NextStep {
  const history = historicalGross(model)
  const nextPeriod = nextPeriodOf(model)
  let period = 0
  let step = 0
  return () => {
    period = nextPeriod(state, 0, path, period, step++)
    return history.map(gross => gross[period]!)
  }
}

const drawNormals = (state: Int32Array, count: number): number[] => Array.from({ length: count }, () => normalFromDraw(nextWord(state, 0)))

/** start[i] + sum over j <= i of loadings[i][j] normals[j], added in the order of j. */
function combine(start: Float64Array, loadings: readonly (readonly number[])[], normals: readonly number[]): number[] {
  return loadings.map((row, i) => normals.slice(0, i + 1).reduce((total, z, j) => total + row[j]! * z, start[i]!))
}
