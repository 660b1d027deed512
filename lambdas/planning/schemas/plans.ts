import * as z from 'zod'
import { planStatuses } from '../../../db/schema/planning/plans.ts'
import { planChanges } from '../../../db/schema/planning/versions.ts'
import { calendarDate, instant, label, nonNegativeMoney, prose, uuid } from '../../runtime/schemas.ts'
import { seed, iterations, stepsPerYear } from './shared.ts'

export const planFields = {
  householdId: uuid,
  name: label,
  description: prose.nullable().optional(),
  cmaId: uuid.optional().describe('The newest published set when left out.'),
  portfolioModelId: uuid,
  planningHorizonYears: z.int().min(1).max(100),
  asOfDate: calendarDate.optional().describe('Today in the household’s timezone when left out.'),
  monteCarloIterations: iterations.default(10_000),
  randomSeed: seed.optional().describe('Drawn when left out, and kept.'),
  stepsPerYear: stepsPerYear.default(1),
  confidenceLevel: z.number().min(0.5).max(0.99).multipleOf(0.01).default(0.95),
  tags: z.array(label.max(50)).max(20).default([]),
  category: label.max(100).nullable().optional(),
  parentPlanId: uuid.nullable().optional(),
}

export const planPatchFields = {
  name: label,
  description: prose.nullable(),
  status: z.enum(planStatuses),
  cmaId: uuid,
  portfolioModelId: uuid,
  planningHorizonYears: planFields.planningHorizonYears,
  asOfDate: calendarDate,
  monteCarloIterations: iterations,
  randomSeed: seed,
  stepsPerYear,
  confidenceLevel: planFields.confidenceLevel.unwrap(),
  tags: planFields.tags.unwrap(),
  category: label.max(100).nullable(),
}

export const rollForward = z.strictObject({
  date: calendarDate.describe('The new as-of date: the day of the balances.'),
  balances: z
    .array(z.strictObject({ linkedAccountId: uuid, balance: nonNegativeMoney, basis: nonNegativeMoney.optional() }))
    .min(1)
    .max(100)
    .describe('Of every linked account, debt and property of the plan.'),
  priceChange: z
    .number()
    .min(-0.5)
    .max(1)
    .default(0)
    .describe('By how much prices have changed since the plan’s as-of date, as a fraction: restates amounts that follow inflation.'),
})

export const plan = z.strictObject({
  id: uuid,
  householdId: uuid,
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(planStatuses),
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
  completedAt: instant.nullable(),
  tags: z.array(z.string()),
  category: z.string().nullable(),
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
  plan: plan.omit({ id: true, householdId: true, version: true, lastRunAt: true, completedAt: true, createdAt: true, updatedAt: true }),
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
  differences: z.array(
    z.strictObject({ path: z.string(), kind: z.enum(['added', 'removed', 'changed']), before: z.json(), after: z.json() }),
  ),
})
