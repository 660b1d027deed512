import * as z from 'zod'
import { byKind, kindOf, numberAbove, numberFrom, uuid, wholeNumberFrom } from '../../shared/index.ts'
import { degreesOfFreedom } from '../../simulation/index.ts'
import { share } from '../household/spec/ranges.ts'
import { allocation, assetKey } from './allocation.ts'

/** The dataset of past years, and the series of it that the portfolio holds. */
const history = {
  datasetId: uuid.describe('The imported dataset of historical returns.'),
  allocation: allocation.describe(
    'Share of each series of the dataset by its name; the shares add up to 1, and rounded shares are scaled.',
  ),
  inflationSeries: assetKey.default('cpi_inflation').describe('The series of the dataset that holds inflation.'),
}
const mostYears = 50

const turbulence = {
  turbulent: z
    .strictObject({
      meanReturnShift: numberFrom(-0.5, 0.5).describe(
        'Added to every mean return in turbulent years, as a fraction: -0.1 is ten percentage points less.',
      ),
      volatilityFactor: numberAbove(0, 5).describe('Multiplier of every volatility in turbulent years.'),
    })
    .describe('How turbulent years differ from calm ones. Calm years follow the assumption set of the plan.'),
  becomesTurbulent: share.describe('Probability that a turbulent year follows a calm one.'),
  becomesCalm: share.describe('Probability that a calm year follows a turbulent one.'),
}

/** The source of returns that a user chooses: the plan's assumption set, or an imported dataset of past years. */
export const requestedReturnModel = byKind([
  z.strictObject({ kind: kindOf('lognormal', 'Lognormal returns of the plan’s assumption set, independent from year to year.') }),
  z.strictObject({
    kind: kindOf('student_t', 'A Student t distribution: the same means and volatilities with heavier tails.'),
    degreesOfFreedom: degreesOfFreedom.describe('Degrees of freedom, above 2. Fewer give heavier tails.'),
  }),
  z.strictObject({ kind: kindOf('regime', 'Two regimes, calm and turbulent, that follow each other at random.'), ...turbulence }),
  z.strictObject({ kind: kindOf('bootstrap', 'Years of the past drawn one by one.'), ...history }),
  z.strictObject({
    kind: kindOf('block_bootstrap', 'Years of the past drawn in blocks of a fixed length.'),
    ...history,
    blockLengthPeriods: wholeNumberFrom(1, mostYears).describe('Years per block.'),
  }),
  z.strictObject({
    kind: kindOf('stationary_bootstrap', 'Years of the past drawn in blocks of random length.'),
    ...history,
    meanBlockLengthPeriods: numberFrom(1, mostYears).describe('Mean number of years per block.'),
  }),
  z.strictObject({
    kind: kindOf('historical_replay', 'Every start year once. The number of paths follows from the dataset and the horizon.'),
    ...history,
  }),
])
  .default({ kind: 'lognormal' })
  .describe('Source of returns: the assumption set of the plan, or an imported dataset of past years.')

export type RequestedReturnModel = z.output<typeof requestedReturnModel>
