import * as z from 'zod'
import { runStatuses } from '../../../db/schema/planning/runs.ts'
import { iterations, largeRunIterations, requestedReturnModel, sensitivityInputs, shards } from '../../../domain/planning/index.ts'
import { nonNegativeMoney } from '../../../domain/shared/index.ts'
import { flowTiming, seed } from '../../../domain/simulation/index.ts'
import { verifiedParts } from '../verification.ts'
import { calendarDate, instant, label, nameSchemas, uuid } from '../../runtime/schemas.ts'

export const runRequest = z.strictObject({
  iterations: iterations.optional().describe('Number of paths to simulate. By default that of the plan.'),
  randomSeed: seed.optional().describe('Seed of the random numbers. By default that of the plan.'),
  shards: shards.default(1).describe('Number of parts that the work is divided into. The result does not depend on it.'),
  flowTiming: flowTiming.default('begin').describe('Whether the flows of a step come before its return or after it.'),
  returnModel: requestedReturnModel,
})

export const largeRunRequest = runRequest.extend({
  iterations: largeRunIterations.optional().describe('Number of paths to simulate. By default that of the plan.'),
  sensitivities: sensitivityInputs
    .optional()
    .describe('Inputs of a household plan to move down and up, with the same random numbers. The result then has a tornado.'),
})

const band = z.array(z.array(z.number()))

const endingWealth = z.strictObject({
  mean: z.number(),
  standardDeviation: z.number(),
  minimum: z.number(),
  maximum: z.number(),
  percentiles: z.array(z.number()),
})

const depletion = z
  .union([z.array(z.int()), z.array(z.strictObject({ year: z.int(), age: z.int(), paths: z.int() }))])
  .describe(
    'Paths that first fail in each plan year: of a portfolio by year, of a household the years that have some, with the age of the older person.',
  )

const goalResult = z.strictObject({
  key: z.string(),
  reached: z.int().describe('Number of paths that reach the goal’s year.'),
  funded: z.looseObject({ count: z.int(), probability: z.number() }).nullable(),
  meanFundedShare: z.number().nullable(),
})

const samplePath = z.strictObject({
  path: z.int(),
  success: z.boolean(),
  wealthReal: z.array(z.number()),
  spendingReal: z.array(z.number()),
})

/** All figures are estimates from the simulated paths. `definitions` explains each of them. */
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
  depletion,
  surviving: z.array(z.int()).optional().describe('Of a household: paths with somebody alive, by plan year.'),
  spending: z
    .strictObject({ percentiles: z.array(z.number()), real: band })
    .optional()
    .describe('Of a household: the spending paid.'),
  taxes: z
    .strictObject({ lifetimeReal: endingWealth, meanByKind: z.record(z.string(), z.number()) })
    .optional()
    .describe('Of a household: the taxes of a whole life.'),
  goals: z.array(goalResult).optional().describe('Of a household: how often its goals are funded.'),
  samplePaths: z.array(samplePath).optional().describe('Of a household: the paths at the percentiles of ending wealth.'),
})

export const runSummary = z.strictObject({
  id: uuid,
  planId: uuid,
  planVersion: z.int(),
  status: z.enum(runStatuses),
  engineVersion: z.string(),
  randomSeed: seed,
  pathCount: z.int(),
  shardCount: z.int(),
  inputHash: z.string(),
  outputHash: z.string().nullable().describe('Null until the run has succeeded.'),
  computationTimeMs: z.int().nullable().describe('Sum over all parts, in milliseconds.'),
  completedPaths: z.int().describe('Number of paths simulated so far, out of `pathCount`.'),
  error: z.string().nullable().describe('Why the run failed.'),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  successProbability: z.number().nullable(),
  lastVerifiedAt: instant.nullable(),
  lastVerificationMatched: z.boolean().nullable(),
  verifiesRunId: uuid.nullable().describe('The run of which this one is the queued verification. Null for all other runs.'),
  createdAt: instant,
})

export const successInterval = z
  .strictObject({ level: z.number(), lower: z.number(), upper: z.number() })
  .describe('Wilson’s interval around the success probability, at the plan’s confidence level.')

export const run = runSummary.extend({
  provenance: z.json(),
  warnings: z.array(z.string()).describe('What the plan probably lacks. The run has been simulated without it.'),
  successInterval: successInterval.nullable(),
  result: simulationResult.nullable().describe('Null until the run has succeeded.'),
})

/** A path's ledger: a portfolio's flows, or a household's incomes, taxes, accounts and reasons. Amounts are estimates in dollars. */
export const explainedPath = z.strictObject({
  runId: uuid,
  pathIndex: z.int(),
  years: z.array(
    z.looseObject({
      year: z.int(),
      opening: z.number(),
      growth: z.number(),
      priceIndex: z.number(),
      closing: z.number(),
    }),
  ),
})

export const verification = z.strictObject({
  runId: uuid,
  matched: z.boolean().describe('Whether nothing differs.'),
  differences: z
    .array(z.enum(verifiedParts))
    .describe('The parts of the run that differ from what was stored at first, or from its simulation again.'),
  storedInputHash: z.string(),
  computedInputHash: z.string(),
  storedOutputHash: z.string(),
  computedOutputHash: z.string(),
  storedEngineVersion: z.string(),
  currentEngineVersion: z.string(),
  verifiedAt: instant,
})

const balance = nonNegativeMoney.describe('Its real balance on that day.')

/** Real balances of the accounts that the run has read. Each account is given by its name in the plan, or by the real account that it is linked to. */
export const planVersusActualRequest = z.strictObject({
  date: calendarDate.describe('Day of the balances.'),
  balances: z
    .array(
      z.union([
        z.strictObject({ account: label.describe('The name of an account of the plan, as it was at the run.'), balance }),
        z.strictObject({
          linkedAccountId: uuid.describe('The real account that an account of the plan was linked to at the run.'),
          balance,
        }),
      ]),
    )
    .min(1)
    .max(100)
    .describe('Real balances, one per account that the run has read.'),
})

export const planVersusActual = z.strictObject({
  date: calendarDate,
  elapsedYears: z.number().describe('Years since the as-of date: whole years up to the last anniversary, then the share of days.'),
  actual: z.number(),
  expected: z.array(z.strictObject({ percentile: z.number(), balance: z.number() })),
  rank: z.number().describe('Share of paths with a lower balance than the actual one.'),
  aboveMedian: z.number(),
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

nameSchemas({
  EndingWealth: endingWealth,
  ExplainedPath: explainedPath,
  PlanOutput: planOutput,
  PlanVersusActual: planVersusActual,
  Run: run,
  RunSummary: runSummary,
  SimulationResult: simulationResult,
  SuccessInterval: successInterval,
  Verification: verification,
})
