import * as z from 'zod'
import { sensitivityInput } from '../../../domain/planning/index.ts'
import { nameSchemas } from '../../runtime/schemas.ts'
import { scenarioComparison, sensitivity } from './comparisons.ts'
import { simulationResult } from './results.ts'
import { successInterval } from './runs.ts'

const warnings = z.array(z.string()).describe('What makes the compared figures different in meaning, such as different horizons.')

export const planComparison = scenarioComparison.extend({ warnings })

const previewedPlan = z.strictObject({
  result: simulationResult.describe('As that of a run, without sample paths.'),
  successInterval,
  warnings: z.array(z.string()).describe('What the plan probably lacks. It has been simulated without it.'),
})

export const planPreview = z.strictObject({
  plan: previewedPlan.describe('The plan as it is stored.'),
  changed: previewedPlan.describe('The plan with the changes.'),
  difference: planComparison.describe('The changed plan minus the stored one.'),
})

nameSchemas({
  ComparedPlans: planComparison,
  PlanPreview: planPreview,
  PreviewedPlan: previewedPlan,
})

const evaluations = z.int().describe('Number of simulations.')
export const claimingAges = z.strictObject({
  ages: z.array(z.strictObject({ key: z.string(), claimingAgeMonths: z.int() })),
  success: z.number(),
  medianEndingReal: z.number(),
})

export const conversionChoice = z.strictObject({
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
  medianEndingReal: z.number().describe('After the tax that is still due on the remaining wealth.'),
  meanTaxesReal: z.number(),
})

/** `found` is null when there is no solution. */
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
    found: z
      .strictObject({
        annualAmount: z.number().describe('Further saving per year, on top of the contributions of the plan.'),
        success: z.number(),
        evaluations,
      })
      .nullable(),
    definitions: z.record(z.string(), z.string()).describe('The meaning of the figures.'),
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
  sensitivities: z.array(sensitivity),
  heatMap: z
    .strictObject({
      rows: sensitivityInput,
      columns: sensitivityInput,
      steps: z.array(z.int()),
      success: z
        .array(z.array(z.strictObject({ rate: z.number(), lower: z.number(), upper: z.number() }).nullable()))
        .describe('By row and column, with 95 % intervals. Null where the combination is not possible.'),
    })
    .optional(),
})

export const stressResult = z.strictObject({
  stresses: z.array(z.strictObject({ name: z.string(), againstPlan: scenarioComparison, warnings })),
})
