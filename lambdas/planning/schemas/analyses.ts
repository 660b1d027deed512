import * as z from 'zod'
import { SENSITIVITY_INPUTS } from '../../../domain/planning/index.ts'
import { label, uuid } from '../../runtime/schemas.ts'
import { runRequest } from './runs.ts'
import { seed } from './shared.ts'

/** How an analysis simulates: fewer paths than a run, since it simulates many times. */
const analysisFields = {
  iterations: z.int().min(100).max(5_000).default(1_000),
  randomSeed: seed.optional().describe('The plan’s own seed when left out: every simulation of an analysis uses the same random numbers.'),
  returnModel: runRequest.shape.returnModel,
}

export const comparisonRequest = z.strictObject({
  ...analysisFields,
  iterations: z.int().min(100).max(20_000).default(5_000),
  otherPlanId: uuid.describe('The second scenario: a branch of this plan, say.'),
})

const planYear = z.int().min(0).max(100)

const successRate = z.number().gt(0).max(1).default(0.9)

export const solutionRequest = z.discriminatedUnion('solve', [
  z.strictObject({ ...analysisFields, solve: z.literal('sustainable_spending'), successRate }),
  z.strictObject({
    ...analysisFields,
    solve: z.literal('earliest_retirement'),
    successRate,
    people: z.array(label).min(1).max(2).optional().describe('Those who retire together; everybody when left out.'),
  }),
  z.strictObject({ ...analysisFields, solve: z.literal('required_saving'), successRate }),
  z.strictObject({
    ...analysisFields,
    iterations: z.int().min(100).max(1_000).default(300),
    solve: z.literal('claiming_ages'),
    stepMonths: z.union([12, 24, 48, 96].map(months => z.literal(months))).default(24),
  }),
  z
    .strictObject({
      ...analysisFields,
      iterations: z.int().min(100).max(1_000).default(300),
      solve: z.literal('roth_conversions'),
      startYear: planYear.default(0).describe('First plan year of the conversions that are tried.'),
      endYear: planYear.optional().describe('Plan year from which nothing is converted any more; the horizon when left out.'),
      taxRateAtEnd: z
        .number()
        .min(0)
        .max(1)
        .default(0.22)
        .describe('Rate at which what is left in traditional and health savings accounts is counted as taxed.'),
    })
    .refine(({ endYear, startYear }) => endYear === undefined || endYear > startYear, {
      error: 'must be after startYear',
      path: ['endYear'],
    }),
])

const sensitivityInput = z.enum(SENSITIVITY_INPUTS)

/** Paths of each of the 25 simulations of a heat map, which a request has to wait for. */
const heatMapPaths = 2000

export const sensitivityRequest = z
  .strictObject({
    ...analysisFields,
    inputs: z.array(sensitivityInput).min(1).max(SENSITIVITY_INPUTS.length).optional().describe('All when left out.'),
    heatMap: z
      .strictObject({ rows: sensitivityInput, columns: sensitivityInput })
      .optional()
      .describe('Two inputs to move together, besides, each by up to two steps down and up.'),
  })
  .refine(({ heatMap, iterations }) => heatMap === undefined || iterations <= heatMapPaths, {
    error: `must be at most ${heatMapPaths} for a heat map`,
    path: ['iterations'],
  })

export const stressRequest = z.strictObject({
  ...analysisFields,
  stresses: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('sequence'),
          name: label,
          datasetId: uuid,
          fromYear: z.int().min(1600).max(2200),
          years: z.int().min(1).max(50),
          series: z
            .record(z.string().max(64), z.string().max(64))
            .describe('The dataset’s series for each asset class of the plan, by its key.'),
          inflationSeries: z.string().max(64).default('cpi_inflation'),
        }),
        z.strictObject({
          kind: z.literal('inflation_shock'),
          name: label,
          rate: z.number().min(-0.2).max(1),
          years: z.int().min(1).max(50),
        }),
        z.strictObject({ kind: z.literal('early_death'), name: label, person: label, age: z.int().min(0).max(119) }),
        z.strictObject({ kind: z.literal('long_life'), name: label, age: z.int().min(0).max(119) }),
      ]),
    )
    .min(1)
    .max(20),
})

const estimate = z.strictObject({ estimate: z.number(), lower: z.number(), upper: z.number() })

/** Second less first, path by path on common random numbers, each difference with its 95 % interval. */
export const scenarioComparison = z.strictObject({
  paths: z.int(),
  success: z.strictObject({
    first: z.number(),
    second: z.number(),
    difference: estimate,
    onlyFirst: z.int().describe('Paths that succeed in the first alone.'),
    onlySecond: z.int(),
  }),
  endingWealthReal: z.strictObject({ meanDifference: estimate, medianDifference: estimate }),
})

const evaluations = z.int().describe('Simulations that were run.')
const claimingAges = z.strictObject({
  ages: z.array(z.strictObject({ key: z.string(), claimingAgeMonths: z.int() })),
  success: z.number(),
  medianEndingReal: z.number(),
})

const conversionChoice = z.strictObject({
  conversion: z
    .strictObject({
      amount: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('fixed'), annualAmount: z.number(), indexedToInflation: z.boolean() }),
        z.strictObject({ kind: z.literal('fill_bracket'), ordinaryRate: z.number() }),
        z.strictObject({ kind: z.literal('fill_irmaa_tier'), tier: z.int() }),
      ]),
      startYear: z.int(),
      endYear: z.int(),
    })
    .nullable(),
  success: z.number(),
  medianEndingReal: z.number().describe('After the tax that is still due on what is left.'),
  meanTaxesReal: z.number(),
})

/** `found` is null where no answer exists. */
export const solution = z.discriminatedUnion('solve', [
  z.strictObject({
    solve: z.literal('sustainable_spending'),
    found: z.strictObject({ multiplier: z.number(), annualAmount: z.number(), success: z.number(), evaluations }).nullable(),
  }),
  z.strictObject({
    solve: z.literal('earliest_retirement'),
    found: z
      .strictObject({ year: z.int(), ages: z.array(z.strictObject({ key: z.string(), age: z.int() })), success: z.number(), evaluations })
      .nullable(),
  }),
  z.strictObject({
    solve: z.literal('required_saving'),
    found: z.strictObject({ annualAmount: z.number(), success: z.number(), evaluations }).nullable(),
  }),
  z.strictObject({
    solve: z.literal('claiming_ages'),
    found: z.strictObject({ best: claimingAges, grid: z.array(claimingAges), againstPlan: scenarioComparison }),
  }),
  z.strictObject({
    solve: z.literal('roth_conversions'),
    found: z.strictObject({ best: conversionChoice, grid: z.array(conversionChoice), againstPlan: scenarioComparison }),
  }),
])

export const sensitivityResult = z.strictObject({
  sensitivities: z.array(z.strictObject({ input: sensitivityInput, low: scenarioComparison, high: scenarioComparison, swing: z.number() })),
  heatMap: z
    .strictObject({
      rows: sensitivityInput,
      columns: sensitivityInput,
      steps: z.array(z.int()),
      success: z
        .array(z.array(z.strictObject({ rate: z.number(), lower: z.number(), upper: z.number() }).nullable()))
        .describe('By row and column, with 95 % intervals; null where the household could not be.'),
    })
    .optional(),
})

export const stressResult = z.strictObject({
  stresses: z.array(z.strictObject({ name: z.string(), againstPlan: scenarioComparison })),
})
