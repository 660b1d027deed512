import * as z from 'zod'
import { byKind, listFrom, numberFrom, numberOf, numbersFrom, wholeNumberFrom } from '../shared/index.ts'
import type { Regime, ReturnModel } from './return-models.ts'
import { SPEC_LIMITS } from './spec.ts'

const weightedAsset = z.object({
  key: z.string().min(1, 'must not be empty'),
  weight: numberFrom(0, 1),
})
const moments = z.object({
  meanReturn: numberFrom(SPEC_LIMITS.meanReturn.minimum, SPEC_LIMITS.meanReturn.maximum),
  volatility: numberFrom(0, SPEC_LIMITS.volatility),
})
const inflationMoments = z.object({
  mean: numberFrom(SPEC_LIMITS.meanInflation.minimum, SPEC_LIMITS.meanInflation.maximum),
  volatility: numberFrom(0, SPEC_LIMITS.inflationVolatility),
})
const assetsOf = <Asset extends z.ZodType>(asset: Asset) => listFrom(asset, 1, SPEC_LIMITS.assets)
const correlation = z.array(numbersFrom(-1, 1))
const correlated = { assets: assetsOf(weightedAsset.extend(moments.shape)), inflation: inflationMoments, correlation }

const fewDegrees = `must be a number above ${SPEC_LIMITS.degreesOfFreedom.above}, at most ${SPEC_LIMITS.degreesOfFreedom.maximum}: with ${SPEC_LIMITS.degreesOfFreedom.above} or fewer there is no variance`
/** Degrees of freedom of a Student t distribution. */
export const degreesOfFreedom = z
  .number(fewDegrees)
  .gt(SPEC_LIMITS.degreesOfFreedom.above, fewDegrees)
  .max(SPEC_LIMITS.degreesOfFreedom.maximum, fewDegrees)

const regime = z.object({ assets: z.array(moments), inflation: inflationMoments, correlation }) satisfies z.ZodType<Regime>
const probabilities = numbersFrom(0, 1)

const { historicalInflation, historicalReturn, historicalYears } = SPEC_LIMITS
const history = {
  periodsPerYear: numberOf([1, 12]).optional(),
  years: numbersFrom(SPEC_LIMITS.calendarYear.minimum, SPEC_LIMITS.calendarYear.maximum),
  assets: assetsOf(weightedAsset.extend({ returns: numbersFrom(-1, historicalReturn) })),
  inflation: numbersFrom(historicalInflation.minimum, historicalInflation.maximum),
}
const mostPeriods = 12 * historicalYears

/** A return model, each member by itself; `returnRules` checks its members against each other. */
export const returnModelSchema = byKind([
  z.object({ kind: z.literal('lognormal'), ...correlated }),
  z.object({ kind: z.literal('student_t'), degreesOfFreedom, ...correlated }),
  z.object({
    kind: z.literal('regime'),
    assets: assetsOf(weightedAsset),
    regimes: z.array(regime).length(2, 'must have two entries') as unknown as z.ZodType<[Regime, Regime]>,
    transition: z.array(probabilities),
    start: probabilities,
  }),
  z.object({ kind: z.literal('bootstrap'), ...history }),
  z.object({ kind: z.literal('block_bootstrap'), ...history, blockLengthPeriods: wholeNumberFrom(1, mostPeriods) }),
  z.object({ kind: z.literal('stationary_bootstrap'), ...history, meanBlockLengthPeriods: numberFrom(1, mostPeriods) }),
  z.object({ kind: z.literal('historical_replay'), ...history }),
]) satisfies z.ZodType<ReturnModel>
