import * as z from 'zod'
import { uuid } from '../../runtime/schemas.ts'
import { allocation, key } from './shared.ts'

const probability = z.number().min(0).max(1)

/** Where the years of the past come from, and which of their series the portfolio holds. */
const historical = { datasetId: uuid, allocation, inflationSeries: key.default('cpi_inflation') }
const blockLength = z.number().min(1).max(50)

/** What returns are drawn from: the plan's own assumptions, or an imported dataset of the past. */
export const returnModel = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('lognormal') }),
    z.strictObject({
      kind: z.literal('student_t'),
      degreesOfFreedom: z.number().gt(2).max(1_000).describe('Fewer, heavier tails; means and volatilities stay those of the assumptions.'),
    }),
    z.strictObject({
      kind: z.literal('regime'),
      turbulent: z
        .strictObject({
          meanReturnShift: z.number().min(-0.5).max(0.5).describe('Added to every mean return while turbulence rules.'),
          volatilityFactor: z.number().gt(0).max(5),
        })
        .describe('Calm years are those of the plan’s assumptions; turbulent ones differ from them so.'),
      becomesTurbulent: probability.describe('Probability that a turbulent year follows a calm one.'),
      becomesCalm: probability,
    }),
    z.strictObject({ kind: z.literal('bootstrap'), ...historical }),
    z.strictObject({ kind: z.literal('block_bootstrap'), ...historical, blockLengthPeriods: blockLength.int() }),
    z.strictObject({ kind: z.literal('stationary_bootstrap'), ...historical, meanBlockLengthPeriods: blockLength }),
    z
      .strictObject({ kind: z.literal('historical_replay'), ...historical })
      .describe('Every start year once: the number of paths follows from the dataset and the horizon.'),
  ])
  .default({ kind: 'lognormal' })
