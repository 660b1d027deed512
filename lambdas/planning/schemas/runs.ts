import * as z from 'zod'
import { monthEndStatuses } from '../../../db/schema/planning/month-ends.ts'
import { runStatuses } from '../../../db/schema/planning/runs.ts'
import { iterations, largeRunIterations, requestedReturnModel, sensitivityInputs, shards } from '../../../domain/planning/index.ts'
import { money, nonNegativeMoney } from '../../../domain/shared/index.ts'
import { flowTiming, seed } from '../../../domain/simulation/index.ts'
import { verifiedParts } from '../verification.ts'
import { pathYears, simulationResult } from './results.ts'
import { calendarDate, instant, label, nameSchemas, uuid, wholeNumberText } from '../../runtime/schemas.ts'

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

/** What a run has read, besides its specification. */
const provenance = z.looseObject({
  asOfDate: calendarDate.optional(),
  confidenceLevel: z.number().optional(),
  inputIds: z.array(uuid),
  cmaId: uuid.optional().describe('The assumption set.'),
  cmaVersion: z.string().optional(),
  portfolioModelId: uuid.optional(),
  datasetId: uuid.optional().describe('The dataset of past years, where the returns are drawn from one.'),
})

export const runSummary = z.strictObject({
  id: uuid,
  planId: uuid,
  planVersion: z.int(),
  status: z.enum(runStatuses),
  engineVersion: z.string(),
  isCurrentEngine: z
    .boolean()
    .describe('Whether this release has the engine that simulated the run. With another engine, figures can differ.'),
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
  provenance,
  warnings: z.array(z.string()).describe('What the plan probably lacks. The run has been simulated without it.'),
  successInterval: successInterval.nullable(),
  result: simulationResult.nullable().describe('Null until the run has succeeded.'),
})

/** A path's ledger: a portfolio's flows, or a household's incomes, taxes, accounts and reasons. Amounts are estimates in dollars. */
export const explainedPath = z.strictObject({
  runId: uuid,
  pathIndex: z.int(),
  engineVersion: z.string().describe('The engine that has simulated the path. The path of a run of another engine can differ from it.'),
  years: pathYears,
})

const fraction = '(0|0?\\.\\d{1,6}|1(\\.0{1,6})?)'

export const rankPercentiles = z
  .string()
  .max(200)
  .regex(new RegExp(`^${fraction}(,${fraction}){0,19}$`), 'must be up to 20 fractions from 0 to 1, with commas between them')
  .transform(text => text.split(',').map(Number))
  .meta({
    description: 'Percentiles as fractions with commas between them. Without it and without a rank: 0, 0.05, 0.25, 0.5, 0.75, 0.95 and 1.',
    example: '0,0.05,0.5,0.95,1',
  })

export const pathRank = wholeNumberText(z.int().min(1).max(1_000_000)).describe('A rank, from 1, the worst path, to the number of paths.')

export const rankedPaths = z.strictObject({
  runId: uuid,
  pathCount: z.int(),
  definitions: z.record(z.string(), z.string()),
  paths: z.array(
    z.strictObject({
      percentile: z.number().nullable().describe('The percentile that was asked for; null for the rank.'),
      rank: z.int(),
      pathIndex: z.int(),
      failureYear: z.int().nullable().describe('Plan year, from 0, in which the path first fails. Null for a success.'),
      endingWealthReal: z.number().describe('Wealth at the end of the path, in money of the as-of date.'),
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

const actualBalance = z.union([
  z.strictObject({ account: label.describe('The name of an account of the plan, as it was at the run.'), balance }),
  z.strictObject({
    linkedAccountId: uuid.describe('The real account that an account of the plan was linked to at the run.'),
    balance,
  }),
])

/** Each account is given by its name in the plan, or by the real account that it is linked to. */
export const planVersusActualRequest = z.strictObject({
  date: calendarDate.optional().describe('Day of the balances. By default today in the household’s timezone.'),
  balances: z
    .array(actualBalance)
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Balances that are not to be read, one per account. Those of the other accounts are read from the accounts that they are linked to.',
    ),
})

const expectedBalance = z.strictObject({ percentile: z.number(), balance: z.number() })

export const planVersusActual = z.strictObject({
  date: calendarDate,
  elapsedYears: z.number().describe('Years since the as-of date: whole years up to the last anniversary, then the share of days.'),
  actual: z.number(),
  expected: z.array(expectedBalance),
  rank: z.number().describe('Share of paths with a lower balance than the actual one.'),
  aboveMedian: z.number(),
})

export const actualBalances = z.strictObject({
  date: calendarDate.describe('Today in the household’s timezone.'),
  items: z
    .array(z.strictObject({ date: calendarDate, balance: nonNegativeMoney }))
    .describe(
      'The sum of the accounts, in dollars, on the as-of date, at the ends of months and today: of the days on which all are known.',
    ),
  now: planVersusActual
    .nullable()
    .describe('Where the balances of today are among the paths. Null if one of them is missing, and outside the years of the run.'),
  missing: z
    .array(z.strictObject({ inputName: z.string(), reason: z.string() }))
    .describe('The accounts of the run without a balance today, each with the reason.'),
})

export const planMonthEnd = z.strictObject({
  id: uuid,
  planId: uuid,
  monthEnd: calendarDate.describe('The last day of the month.'),
  status: z.enum(monthEndStatuses).describe('`followed`: rolled forward and simulated. `not_followed`: see `reason`.'),
  reason: z.string().nullable().describe('Why the plan could not be followed. It is tried again until the month after ends.'),
  runId: uuid.nullable().describe('The run with the balances of this day. Null where it was removed.'),
  planVersion: z.int().nullable().describe('The version of the plan with the balances of this day.'),
  successProbability: z.number().nullable(),
  accountsBalance: money.nullable().describe('The sum of the accounts, in dollars.'),
  netWorth: money.nullable().describe('Accounts and properties, less debts, of the linked inputs, in dollars.'),
  comparedRunId: uuid.nullable().describe('The run before, with which the balances were compared.'),
  report: planVersusActual
    .nullable()
    .describe('The balances among the paths of the run before. Null where there was none, or where its accounts have no balance.'),
  createdAt: instant,
})

const keptReport = planVersusActual.extend({ balances: z.array(actualBalance) })

export const planOutput = z.strictObject({
  id: uuid,
  planId: uuid,
  runId: uuid,
  outputType: z.string(),
  outputName: z.string(),
  outputValue: z
    .union([z.number(), keptReport])
    .describe('A figure of a run, or a report of plan versus actual with the balances that it was made of.'),
  confidenceIntervalLower: z.number().nullable(),
  confidenceIntervalUpper: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  algorithmVersion: z.string(),
  computationTimeMs: z.int().nullable(),
  createdAt: instant,
})

nameSchemas({
  ActualBalance: actualBalance,
  ActualBalances: actualBalances,
  ExpectedBalance: expectedBalance,
  ExplainedPath: explainedPath,
  PlanMonthEnd: planMonthEnd,
  PlanOutput: planOutput,
  PlanVersusActual: planVersusActual,
  RankedPaths: rankedPaths,
  Run: run,
  RunSummary: runSummary,
  SuccessInterval: successInterval,
  Verification: verification,
})
