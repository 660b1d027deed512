import * as z from 'zod'
import { plans as planTable } from '../../../db/schema/planning/plans.ts'
import { planOutputs as outputTable, runs as runTable } from '../../../db/schema/planning/runs.ts'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { heavyRequestsPerSecond } from '../../runtime/route.ts'
import { reply } from '../../runtime/responses.ts'
import { uuid, wholeNumberText } from '../../runtime/schemas.ts'
import { inserts, updates } from '../../runtime/writes.ts'
import {
  actualBalances,
  planVersusActual,
  planVersusActualRequest,
  explainedPath,
  largeRunRequest,
  pathRank,
  rankedPaths,
  rankPercentiles,
  run,
  runRequest,
  verification,
} from '../schemas/runs.ts'
import { planOutputs, planRuns, runs } from '../resources.ts'
import { database, planPath } from './shared.ts'

const runPath = z.strictObject({ runId: uuid.describe('The run.') })

/** Megabytes of memory, for which Lambda gives nearly two processors. A new AWS account cannot have more. */
const twoProcessors = 3008

export const runsDeclarations = {
  'create-run': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/runs',
    summary: 'Simulate a plan',
    description:
      'A Monte Carlo simulation with a model of returns, or with historical years. The run stores all its input, so that it can be verified. A run that is too long for a request is redirected to the route of large runs, with the same body and Idempotency-Key.',
    access: 'write',
    backends: database,
    transactions: 'phases',
    idempotency: 'key',
    params: planPath,
    body: runRequest,
    writes: [inserts(runTable), inserts(outputTable), updates(planTable, ['lastRunAt'])],
    responses: {
      201: reply('The run and its result.', run),
      307: reply('The run is too long for a request: send the same request to the address in Location, which queues it.'),
    },
    example: { body: { iterations: 10_000 } },
    timeoutSeconds: 29,
    memoryMegabytes: twoProcessors,
    requestsPerSecond: heavyRequestsPerSecond,
  },
  'create-large-run': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/large-runs',
    summary: 'Queue a large simulation of a plan',
    description:
      'A large run has up to a million paths, or a grid of sensitivities. Its result is the same as that of a run in a request. It is simulated in parts, which are tried again when they fail. Get the run to follow its progress. A user can have at most four large runs at a time.',
    access: 'write',
    backends: ['run-functions', 'simulation-fan-out'],
    idempotency: 'key',
    params: planPath,
    body: largeRunRequest,
    refuses: [429],
    responses: { 202: reply('The run, queued.', run) },
    example: { body: { iterations: 1_000_000 } },
    timeoutSeconds: 29,
  },
  'cancel-run': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/cancellations',
    summary: 'Cancel a run',
    description:
      'Ends a run that is queued or running. Parts that have begun are finished but not used. A run that has ended does not change.',
    access: 'write',
    backends: database,
    params: runPath,
    writes: [updates(runTable, ['status', 'finishedAt'])],
    responses: { 200: reply('The run as it is now.', run) },
  },
  'list-runs': lists(planRuns, { description: 'The runs without their results.' }),
  'get-run': gets(runs, { description: 'With its progress and, when it has succeeded, its result.' }),
  'verify-run': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/verify',
    summary: 'Verify a run',
    description:
      'Simulates the run again from its stored input, and compares all that a reader sees: the hashes, the result, the outputs, the seed and the provenance. A run that is too long for a request is redirected to the route that queues its verification.',
    access: 'write',
    backends: database,
    transactions: 'phases',
    params: runPath,
    refuses: [409, 422],
    writes: [updates(runTable, ['lastVerifiedAt', 'lastVerificationMatched'])],
    responses: {
      200: reply('Whether the run is as it was stored.', verification),
      307: reply('The run is too long for a request: send the same request to the address in Location, which queues it.'),
    },
    timeoutSeconds: 29,
    memoryMegabytes: twoProcessors,
    requestsPerSecond: heavyRequestsPerSecond,
  },
  'queue-verification': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/large-verifications',
    summary: 'Queue the verification of a large run',
    description:
      'Simulates the run again as a large run, and compares as the verification in a request does. When it has succeeded, the verified run has the outcome. While a verification is queued or running, it is the answer.',
    access: 'write',
    backends: ['run-functions', 'simulation-fan-out'],
    idempotency: 'key',
    params: runPath,
    refuses: [422, 429],
    responses: { 202: reply('The run that verifies, queued.', run) },
    timeoutSeconds: 29,
  },
  'get-run-chart': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/chart.svg',
    summary: 'Get the fan chart of a run',
    description: 'As SVG.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    params: runPath,
    query: z.strictObject({
      money: z.enum(['real', 'nominal']).default('real').describe('`real`: in money of the as-of date. `nominal`: in money of each year.'),
    }),
    refuses: [409],
    responses: { 200: { description: 'The chart.', body: z.string(), contentType: 'image/svg+xml' } },
  },
  'get-run-bands': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/bands.csv',
    summary: 'Get the percentile bands of a run',
    description: 'As CSV.',
    access: 'read',
    backends: database,
    params: runPath,
    refuses: [409],
    responses: {
      200: { description: 'One row per plan year.', body: z.string(), contentType: 'text/csv; charset=utf-8' },
    },
  },
  'get-run-years': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/years.csv',
    summary: 'Get the years of a run',
    description:
      'As CSV. Of a household: the paths that live and first fail in each year, the causes of failure, and the mean flows in money of the as-of date. Of a portfolio: the paths that first fail, and the planned net flows. A household’s run of an engine without means by year has no such file (409).',
    access: 'read',
    backends: database,
    params: runPath,
    refuses: [409],
    responses: {
      200: { description: 'One row per plan year.', body: z.string(), contentType: 'text/csv; charset=utf-8' },
    },
  },
  'explain-path': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/paths/{pathIndex}',
    summary: 'Explain a path of a run',
    description:
      'Simulates one path again, with the engine of this release, and shows it year by year. `engineVersion` names that engine: if the run has another one, the path can differ from that of the run.',
    access: 'read',
    backends: database,
    transactions: 'phases',
    params: z.strictObject({ ...runPath.shape, pathIndex: wholeNumberText(z.int().min(0)).describe('Index of the path, from 0.') }),
    refuses: [422],
    responses: { 200: reply('The path’s ledger.', explainedPath) },
  },
  'rank-paths': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/ranked-paths',
    summary: 'Get paths of a run by their rank',
    description:
      'Simulates all paths again, and finds those at the percentiles and at the rank that are asked for. Paths that fail come first, the earliest failure at rank 1; then those that succeed, in the order of their ending wealth in money of the as-of date. A run that is too long for a request is refused (422); the error names the number of paths that is not. So is a run of another engine (409).',
    access: 'read',
    backends: database,
    transactions: 'phases',
    params: runPath,
    query: z.strictObject({ percentiles: rankPercentiles.optional(), rank: pathRank.optional() }),
    refuses: [409, 422],
    responses: { 200: reply('The paths: those of the percentiles in their order, then that of the rank.', rankedPaths) },
    timeoutSeconds: 29,
    memoryMegabytes: twoProcessors,
    requestsPerSecond: heavyRequestsPerSecond,
  },
  'report-plan-versus-actual': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/plan-versus-actual-reports',
    summary: 'Report plan versus actual',
    description:
      'Compares real balances with what a run expected on a day. They are read from the household’s accounts, unless the request has them. The accounts are those that the run has read, also when the plan has changed since. The report is stored among the plan’s outputs.',
    access: 'write',
    backends: database,
    idempotency: 'key',
    params: runPath,
    body: planVersusActualRequest.prefault({}),
    writes: [inserts(outputTable)],
    responses: { 201: reply('The rank of the balances among the run’s paths.', planVersusActual) },
    example: { body: { date: '2027-01-01', balances: [{ account: 'Savings', balance: '512345.67' }] } },
  },
  'get-actual-balances': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/actual-balances',
    summary: 'Get the real balances of a run’s accounts',
    description:
      'The balances of the accounts that the run’s accounts are linked to, by month since its as-of date, and where those of today are among its paths. Nothing is stored.',
    access: 'read',
    backends: database,
    params: runPath,
    refuses: [409],
    responses: { 200: reply('The balances.', actualBalances) },
  },
  'list-plan-outputs': lists(planOutputs, { description: 'The main figures of its runs.' }),
} as const
