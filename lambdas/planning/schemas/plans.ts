import * as z from 'zod'
import { planStatuses } from '../../../db/schema/planning/plans.ts'
import { planChanges } from '../../../db/schema/planning/versions.ts'
import { amount, confidenceLevel, iterations, planningHorizonYears } from '../../../domain/planning/index.ts'
import { seed, stepsPerYear } from '../../../domain/simulation/index.ts'
import { calendarDate, instant, jsonDifference, label, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'

const planStatus = z.enum(planStatuses).meta({ id: 'PlanStatus', description: 'Stage of a plan.' })

const followsMeaning =
  'Whether the plan is rolled forward with the real balances of its linked accounts, and simulated again, at the end of each month.'

export const planFields = {
  householdId: uuid.describe('The household of the plan.'),
  name: label.describe('Name of the plan.'),
  description: prose.nullable().optional().describe('What the plan is for.'),
  cmaId: uuid.optional().describe('The assumption set. By default the newest published one.'),
  portfolioModelId: uuid.describe('The portfolio model, which gives the allocation.'),
  planningHorizonYears: planningHorizonYears.describe('Number of years that are simulated.'),
  asOfDate: calendarDate.optional().describe('First day of the plan. By default today in the household’s timezone.'),
  monteCarloIterations: iterations.default(10_000).describe('Number of paths that are simulated.'),
  randomSeed: seed.optional().describe('Seed of the random numbers. By default a random one, which is stored.'),
  stepsPerYear: stepsPerYear.default(1).describe('1 for annual steps, 12 for monthly steps.'),
  confidenceLevel: confidenceLevel.default(0.95).describe('Level of confidence intervals, as a fraction.'),
  tags: z.array(label.max(50)).max(20).default([]).describe('Tags of your choice.'),
  category: label.max(100).nullable().optional().describe('A category of your choice.'),
  parentPlanId: uuid.nullable().optional().describe('The plan of which this one is a scenario.'),
  followsAccounts: z.boolean().default(false).describe(followsMeaning),
}

export const planPatchFields = {
  name: planFields.name,
  description: prose.nullable().describe('What the plan is for.'),
  status: planStatus,
  cmaId: uuid.describe('The assumption set.'),
  portfolioModelId: planFields.portfolioModelId,
  planningHorizonYears: planFields.planningHorizonYears,
  asOfDate: calendarDate.describe('First day of the plan.'),
  monteCarloIterations: iterations.describe('Number of paths that are simulated.'),
  randomSeed: seed,
  stepsPerYear: stepsPerYear.describe('1 for annual steps, 12 for monthly steps.'),
  confidenceLevel: confidenceLevel.describe('Level of confidence intervals, as a fraction.'),
  tags: planFields.tags.unwrap().describe('Tags of your choice.'),
  category: label.max(100).nullable().describe('A category of your choice.'),
  followsAccounts: z.boolean().describe(followsMeaning),
}

export const rollForward = z.strictObject({
  date: calendarDate.optional().describe('The new as-of date: the day of the balances. By default today in the household’s timezone.'),
  balances: z
    .array(
      z.strictObject({
        linkedAccountId: uuid.describe('The real account, debt or property that an input is linked to.'),
        balance: amount('Its balance or value on that day.'),
        basis: amount('Its cost basis on that day. By default the basis in the plan.').optional(),
        basisAsOf: calendarDate
          .optional()
          .describe('The day on which the basis was taken from the tax lots of the account. When left out, a given basis was entered.'),
      }),
    )
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Balances that are not to be read: those of the other linked accounts, debts and properties are read from the household’s accounts. When left out, all are read, and every account of the plan must be linked.',
    ),
  priceChange: z
    .union([z.number().min(-0.5).max(1), z.literal('assumed')])
    .default(0)
    .describe(
      'Change of prices since the plan’s as-of date, as a fraction. Amounts that follow inflation are adjusted by it. `assumed`: by the mean inflation of the plan’s assumption set.',
    ),
})

export const plan = z.strictObject({
  id: uuid,
  householdId: uuid,
  name: z.string(),
  description: z.string().nullable(),
  status: planStatus,
  version: z.int(),
  parentPlanId: uuid.nullable(),
  cmaId: uuid,
  portfolioModelId: uuid,
  monteCarloIterations: z.int(),
  randomSeed: seed,
  planningHorizonYears: z.int(),
  stepsPerYear,
  asOfDate: calendarDate,
  confidenceLevel: z.number(),
  lastRunAt: instant.nullable(),
  latestRun: z
    .strictObject({ id: uuid, successProbability: z.number(), createdAt: instant })
    .nullable()
    .describe('The newest run that has succeeded. Null for a plan that was never simulated.'),
  completedAt: instant.nullable(),
  tags: z.array(z.string()),
  category: z.string().nullable(),
  followsAccounts: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
})

export const planVersionSummary = z.strictObject({
  version: z.int(),
  change: z.enum(planChanges),
  fromVersion: z.int().nullable(),
  createdAt: instant,
  createdBy: uuid.nullable(),
})

export const planVersion = planVersionSummary.extend({
  plan: plan.omit({
    id: true,
    householdId: true,
    version: true,
    lastRunAt: true,
    latestRun: true,
    completedAt: true,
    createdAt: true,
    updatedAt: true,
  }),
  inputs: z.array(
    z.strictObject({
      inputType: z.string(),
      inputName: z.string(),
      inputValue: z.json(),
      dataSource: z.string(),
      confidenceScore: z.number().nullable(),
    }),
  ),
})

export const planComparison = z.strictObject({
  from: planVersionSummary,
  to: planVersionSummary,
  differences: z.array(jsonDifference),
})

nameSchemas({ Plan: plan, PlanComparison: planComparison, PlanVersion: planVersion, PlanVersionSummary: planVersionSummary })
