import * as z from 'zod'
import {
  byKind,
  calendarDate,
  kindOf,
  label,
  listFrom,
  numberAbove,
  numberFrom,
  numberOf,
  textOf,
  uuid,
  wholeNumberFrom,
} from '../../shared/index.ts'
import { seed, SPEC_LIMITS, stepsPerYear } from '../../simulation/index.ts'
import { HOUSEHOLD_LIMITS, SENSITIVITY_INPUTS } from '../household/index.ts'
import { planYear, share } from '../household/spec/ranges.ts'
import { PLAN_LIMITS } from '../limits.ts'
import { planInputBody } from './plan-input.ts'
import { confidenceLevel, planningHorizonYears } from './plan-terms.ts'
import { requestedReturnModel } from './return-model.ts'

const pathsFrom = (minimum: number, maximum: number) => wholeNumberFrom(minimum, maximum).describe('Number of paths of each simulation.')

/** Simulation settings of an analysis. It has fewer paths than a run, since it simulates many times. */
const analysisFields = {
  iterations: pathsFrom(100, 5_000).default(1_000),
  randomSeed: seed
    .optional()
    .describe('Seed of the random numbers, the same for every simulation of the analysis. When left out, the seed of the plan.'),
  returnModel: requestedReturnModel,
}

export const comparisonRequest = z.strictObject({
  ...analysisFields,
  iterations: pathsFrom(100, 20_000).default(5_000),
  otherPlanId: uuid.describe('The plan to compare with this one, for example a branch of it.'),
})

/** Terms of a plan that its figures depend on, to preview. The seed and the iterations are those of the request, for both plans. */
const previewedTerms = z
  .strictObject({
    cmaId: uuid.describe('The assumption set.'),
    portfolioModelId: uuid.describe('The portfolio model, which gives the allocation.'),
    planningHorizonYears: planningHorizonYears.describe('Number of years that are simulated.'),
    asOfDate: calendarDate.describe('First day of the plan.'),
    stepsPerYear: stepsPerYear.describe('1 for annual steps, 12 for monthly steps.'),
    confidenceLevel: confidenceLevel.describe('Level of the success interval, as a fraction.'),
  })
  .partial()

const inputId = uuid.describe('An input of the plan.')
const changesOf = <Entry extends z.ZodType>(entry: Entry) => listFrom(entry, 0, PLAN_LIMITS.inputs).default([])

export const previewRequest = z.strictObject({
  ...analysisFields,
  /** 2,000 paths of a couple’s plan are simulated twice in about 0.2 s. */
  iterations: pathsFrom(100, 10_000).default(2_000),
  terms: previewedTerms.default({}).describe('The terms that change. All others stay.'),
  inputs: z
    .strictObject({
      add: changesOf(planInputBody).describe('Inputs that the plan does not have.'),
      replace: changesOf(z.strictObject({ inputId, input: planInputBody.describe('The whole new input.') })).describe(
        'Inputs that change.',
      ),
      remove: changesOf(inputId).describe('Inputs that the plan would no longer have.'),
    })
    .prefault({})
    .describe('The inputs that change. All others stay.'),
})

const solve = <const Kind extends string>(kind: Kind) => z.literal(kind).describe('What the solver finds.')
const successRate = numberAbove(0, 1).default(0.9).describe('Share of paths that must succeed, as a fraction: 0.9 is 90 %.')
/** Paths of a search over a grid. */
const gridPaths = pathsFrom(100, 1_000).default(300)

export const solutionRequest = z.discriminatedUnion('solve', [
  z.strictObject({ ...analysisFields, solve: solve('sustainable_spending'), successRate }),
  z.strictObject({
    ...analysisFields,
    solve: solve('earliest_retirement'),
    successRate,
    people: listFrom(label, 1, 2).optional().describe('Names of the persons who retire together. When left out, everybody in the plan.'),
  }),
  z.strictObject({ ...analysisFields, solve: solve('required_saving'), successRate }),
  z.strictObject({
    ...analysisFields,
    iterations: gridPaths,
    solve: solve('claiming_ages'),
    stepMonths: numberOf([12, 24, 48, 96]).default(24).describe('Months between the claiming ages that are tried.'),
  }),
  z
    .strictObject({
      ...analysisFields,
      iterations: gridPaths,
      solve: solve('roth_conversions'),
      startYear: planYear.default(0).describe('First plan year of the conversions to try.'),
      endYear: planYear.optional().describe('First plan year without conversions. When left out, the plan’s horizon.'),
      taxRateAtEnd: share
        .default(0.22)
        .describe('Tax rate, as a fraction, on the final balances of traditional and health savings accounts.'),
    })
    .refine(({ endYear, startYear }) => endYear === undefined || endYear > startYear, {
      error: 'must be after startYear',
      path: ['endYear'],
    }),
])

export const sensitivityInput = textOf(SENSITIVITY_INPUTS)
export const sensitivityInputs = listFrom(sensitivityInput, 1, SENSITIVITY_INPUTS.length)

/** Most paths per simulation of a heat map: the request waits for 25 simulations. */
const heatMapPaths = 2000

export const sensitivityRequest = z
  .strictObject({
    ...analysisFields,
    inputs: sensitivityInputs.optional().describe('The inputs to move, one at a time. When left out, all.'),
    heatMap: z
      .strictObject({
        rows: sensitivityInput.describe('The input that changes from row to row.'),
        columns: sensitivityInput.describe('The input that changes from column to column.'),
      })
      .optional()
      .describe('Two inputs to move together, each by up to two steps down and up.'),
  })
  .refine(({ heatMap, iterations }) => heatMap === undefined || iterations <= heatMapPaths, {
    error: `must be at most ${heatMapPaths} for a heat map`,
    path: ['iterations'],
  })

const name = label.describe('Name of the stress in the answer.')
const series = z.string().max(64)
const stressYears = wholeNumberFrom(1, 50)
const ageAtDeath = wholeNumberFrom(0, HOUSEHOLD_LIMITS.age - 1)
const { meanInflation } = SPEC_LIMITS

const stressSchema = byKind([
  z.strictObject({
    kind: kindOf('sequence', 'A sequence of past years at the beginning of the plan.'),
    name,
    datasetId: uuid.describe('The imported dataset of historical returns.'),
    fromYear: wholeNumberFrom(1600, 2200).describe('First calendar year of the sequence.'),
    years: stressYears.describe('Number of years of the sequence.'),
    series: z.record(z.string().max(64), series).describe('The series of the dataset for each asset class of the plan, by its key.'),
    inflationSeries: series.default('cpi_inflation').describe('The series of the dataset that holds inflation.'),
  }),
  z.strictObject({
    kind: kindOf('inflation_shock', 'High inflation in the first years of the plan.'),
    name,
    rate: numberFrom(meanInflation.minimum, meanInflation.maximum).describe('Inflation per year as a fraction: 0.09 is 9 %.'),
    years: stressYears.describe('Number of years of this inflation.'),
  }),
  z.strictObject({
    kind: kindOf('early_death', 'One person dies early.'),
    name,
    person: label.describe('The name of the person.'),
    age: ageAtDeath.describe('Age in completed years in the last year of life.'),
  }),
  z.strictObject({
    kind: kindOf('long_life', 'Everybody lives long.'),
    name,
    age: ageAtDeath.describe('Age in completed years in the last year of life.'),
  }),
])

export const stressRequest = z.strictObject({
  ...analysisFields,
  stresses: listFrom(stressSchema, 1, 20).describe('The stresses. Each is simulated by itself.'),
})
