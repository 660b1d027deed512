import * as z from 'zod'
import { calendarDate, instant, label, nonNegativeMoney, prose, uuid } from '../runtime/schemas.ts'

const key = z.string().regex(/^[a-z][a-z0-9_.]{0,63}$/, 'must be a lower-case name of letters, digits, dots and underscores')
const correlationRow = z.array(z.number()).max(50)
/** 64-bit signed integer as text: JSON numbers end at 2^53. */
export const seed = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,18})$/, 'must be a whole number as text')
  .refine(text => BigInt.asIntN(64, BigInt(text)) === BigInt(text), { error: 'must fit in 64 bits' })

export const assumptionsDocument = z.strictObject({
  assets: z
    .array(
      z.strictObject({
        key,
        name: label,
        meanReturn: z.number().describe('Arithmetic mean of the simple annual return, as a fraction.'),
        volatility: z.number().min(0).describe('Standard deviation of the simple annual return, as a fraction.'),
      }),
    )
    .min(1)
    .max(50),
  inflation: z.strictObject({
    mean: z.number(),
    volatility: z.number().min(0),
    correlation: correlationRow.optional().describe('With each asset class, in their order; zero where left out.'),
  }),
  correlation: z.array(correlationRow).max(50).describe('Of log returns; one row an asset class, in their order.'),
})

export const assumptionSetFields = {
  version: z.string().trim().min(1).max(50),
  name: label,
  description: prose.nullable().optional(),
  effectiveDate: calendarDate,
  source: label.nullable().optional(),
  methodology: prose.nullable().optional(),
  reviewDate: calendarDate.nullable().optional(),
  assumptions: assumptionsDocument,
}

export const assumptionStatus = z.enum(['draft', 'in_review', 'approved', 'retired'])

export const assumptionSetSummary = z.strictObject({
  id: uuid,
  published: z.boolean().describe('Reference data that everyone reads and nobody changes.'),
  version: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  status: assumptionStatus,
  effectiveDate: calendarDate,
  effectiveUntil: calendarDate.nullable(),
  approvedAt: instant.nullable(),
  approvedBy: uuid.nullable(),
  source: z.string().nullable(),
  methodology: z.string().nullable(),
  reviewDate: calendarDate.nullable(),
  createdAt: instant,
  updatedAt: instant,
})

export const assumptionSet = assumptionSetSummary.extend({ rowVersion: z.int(), assumptions: assumptionsDocument })

const weight = z.number().min(0).max(1)
export const allocation = z
  .record(key, weight)
  .refine(shares => Math.abs(Object.values(shares).reduce((sum, share) => sum + share, 0) - 1) <= 1e-9, {
    error: 'weights must add up to 1',
  })

export const portfolioModelFields = {
  cmaId: uuid,
  name: label,
  riskLevel: z.int().min(1).max(10),
  description: prose.nullable().optional(),
  assetAllocation: allocation,
}

export const portfolioModel = z.strictObject({
  id: uuid,
  published: z.boolean(),
  cmaId: uuid,
  name: z.string(),
  riskLevel: z.int(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  assetAllocation: z.record(z.string(), z.number()),
  expectedReturn: z.number().describe('Arithmetic, as a fraction.'),
  volatility: z.number(),
  sharpeRatio: z.number().nullable(),
  rowVersion: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

const iterations = z.int().min(100).max(100_000)
const stepsPerYear = z.union([z.literal(1), z.literal(12)])

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
  confidenceLevel: z.number().min(0.5).max(0.99).default(0.95),
  tags: z.array(label.max(50)).max(20).default([]),
  category: label.max(100).nullable().optional(),
  parentPlanId: uuid.nullable().optional(),
}

export const planPatchFields = {
  name: label,
  description: prose.nullable(),
  status: z.enum(['draft', 'active', 'archived']),
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

export const plan = z.strictObject({
  id: uuid,
  householdId: uuid,
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(['draft', 'active', 'archived']),
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

const planYear = z.int().min(0).max(100)
const flow = z
  .strictObject({
    annualAmount: nonNegativeMoney,
    startYear: planYear
      .optional()
      .describe('Plan year, from 0, in which it first happens. Contributions: 0, withdrawals: at retirement, when left out.'),
    endYear: planYear
      .optional()
      .describe('Plan year in which it no longer happens. Contributions: at retirement, withdrawals: never, when left out.'),
    indexedToInflation: z.boolean().default(true),
  })
  .refine(({ endYear, startYear }) => endYear === undefined || endYear > (startYear ?? 0), {
    error: 'must be after startYear',
    path: ['endYear'],
  })

export const planVersionSummary = z.strictObject({
  version: z.int(),
  change: z.enum(['created', 'updated', 'input_added', 'input_replaced', 'input_removed', 'restored', 'branched']),
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

const inputOf = <const Type extends string, Value extends z.ZodType>(inputType: Type, inputValue: Value) =>
  z.strictObject({
    inputType: z.literal(inputType),
    inputName: label,
    inputValue,
    dataSource: z.enum(['user_input', 'imported', 'calculated']).default('user_input'),
    confidenceScore: z.number().min(0).max(1).nullable().optional(),
  })

/** Something a user tells a plan, its value shaped by its type. */
export const planInputBody = z.discriminatedUnion('inputType', [
  inputOf('person', z.strictObject({ birthDate: calendarDate, retirementAge: z.int().min(0).max(120) })),
  inputOf('account', z.strictObject({ balance: nonNegativeMoney })),
  inputOf('contribution', flow),
  inputOf('withdrawal', flow),
])

export const planInput = z.strictObject({
  id: uuid,
  planId: uuid,
  inputType: z.string(),
  inputName: z.string(),
  inputValue: z.json(),
  dataSource: z.string(),
  confidenceScore: z.number().nullable(),
  isValid: z.boolean(),
  validationErrors: z.json().nullable(),
  version: z.int(),
  createdAt: instant,
})

export const runRequest = z.strictObject({
  iterations: iterations.optional().describe('The plan’s own number when left out.'),
  randomSeed: seed.optional().describe('The plan’s own seed when left out.'),
  shards: z.int().min(1).max(64).default(1).describe('Parts the work is cut into; the result is the same whatever their number.'),
  flowTiming: z.enum(['begin', 'end']).default('begin').describe('Whether each step’s flow comes before its return or after.'),
  returnModel: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('lognormal') }),
      z.strictObject({
        kind: z.literal('bootstrap'),
        datasetId: uuid,
        allocation,
        inflationSeries: key.default('cpi_inflation'),
      }),
    ])
    .default({ kind: 'lognormal' })
    .describe('Lognormal returns from the plan’s assumptions, or years drawn from historical returns.'),
})

const band = z.array(z.array(z.number()))
const endingWealth = z.strictObject({
  mean: z.number(),
  standardDeviation: z.number(),
  minimum: z.number(),
  maximum: z.number(),
  percentiles: z.array(z.number()),
})

/** All figures are estimates from the simulated paths; `definitions` says what each one means. */
export const simulationResult = z.looseObject({
  engineVersion: z.string(),
  definitions: z.record(z.string(), z.string()),
  paths: z.int(),
  success: z.looseObject({
    count: z.int(),
    probability: z.number(),
    interval: z.strictObject({ level: z.number(), method: z.string(), lower: z.number(), upper: z.number() }),
  }),
  bands: z.strictObject({ percentiles: z.array(z.number()), nominal: band, real: band }),
  endingWealth: z.strictObject({ nominal: endingWealth, real: endingWealth }),
})

export const runSummary = z.strictObject({
  id: uuid,
  planId: uuid,
  planVersion: z.int(),
  status: z.enum(['succeeded', 'failed']),
  engineVersion: z.string(),
  randomSeed: seed,
  pathCount: z.int(),
  shardCount: z.int(),
  inputHash: z.string(),
  outputHash: z.string(),
  computationTimeMs: z.int(),
  successProbability: z.number(),
  lastVerifiedAt: instant.nullable(),
  lastVerificationMatched: z.boolean().nullable(),
  createdAt: instant,
})

export const run = runSummary.extend({ provenance: z.json(), result: simulationResult })

/** A path's ledger; amounts are estimates in dollars. */
export const explainedPath = z.strictObject({
  runId: uuid,
  pathIndex: z.int(),
  years: z.array(
    z.strictObject({
      year: z.int(),
      opening: z.number(),
      flow: z.number(),
      growth: z.number(),
      portfolioGrowth: z.number(),
      priceIndex: z.number(),
      closing: z.number(),
      realBalance: z.number(),
      paidInFull: z.boolean(),
    }),
  ),
})

export const verification = z.strictObject({
  runId: uuid,
  matched: z.boolean(),
  storedInputHash: z.string(),
  computedInputHash: z.string(),
  storedOutputHash: z.string(),
  computedOutputHash: z.string(),
  storedEngineVersion: z.string(),
  currentEngineVersion: z.string(),
  verifiedAt: instant,
})

export const planOutput = z.strictObject({
  id: uuid,
  planId: uuid,
  runId: uuid,
  outputType: z.string(),
  outputName: z.string(),
  outputValue: z.json(),
  confidenceIntervalLower: z.number().nullable(),
  confidenceIntervalUpper: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  algorithmVersion: z.string(),
  computationTimeMs: z.int().nullable(),
  createdAt: instant,
})
