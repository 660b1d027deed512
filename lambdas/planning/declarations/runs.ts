import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { uuid } from '../../runtime/schemas.ts'
import {
  planVersusActual,
  planVersusActualRequest,
  explainedPath,
  largeRunRequest,
  planOutput,
  run,
  runRequest,
  runSummary,
  verification,
} from '../schemas/runs.ts'
import { database, planPath, reading, writing } from './shared.ts'

const runPath = z.strictObject({ runId: uuid })
/** Of routes that need a run's result. */
const readingResult = [...reading, 409] as const

/** Megabytes, to which Lambda gives nearly two processors; as many as a young account may have. */
const twoProcessors = 3008

export const runsDeclarations = {
  'create-run': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/runs',
    summary: 'Simulate a plan',
    description:
      'Monte Carlo over correlated lognormal returns, or a bootstrap of historical years. The run keeps all it read and can be verified.',
    access: 'write',
    backends: database,
    idempotency: 'key',
    params: planPath,
    body: runRequest,
    responses: { 201: reply('The run and its result.', run), ...refusals(...writing) },
    example: { body: { iterations: 10_000 } },
    timeoutSeconds: 29,
    memoryMegabytes: twoProcessors,
  },
  'create-large-run': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/large-runs',
    summary: 'Queue a simulation of up to a million paths, or a grid of sensitivities',
    description:
      'The same run as in a request, with the same result, simulated in parts that are tried again when they fail. Read the run to follow it. At most four runs of a user are under way at once.',
    access: 'write',
    backends: ['database-functions', 'simulation-fan-out'],
    idempotency: 'key',
    params: planPath,
    body: largeRunRequest,
    responses: { 202: reply('The run, queued.', run), ...refusals(...writing, 429) },
    example: { body: { iterations: 1_000_000 } },
    timeoutSeconds: 29,
  },
  'cancel-run': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/cancellations',
    summary: 'End a run that is queued or running',
    description: 'Parts that have begun are finished and not used. A run that has ended stays as it ended.',
    access: 'write',
    backends: database,
    params: runPath,
    responses: { 200: reply('The run as it now is.', run), ...refusals(...reading) },
  },
  'list-runs': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/runs',
    summary: 'A plan’s runs, newest first, without their bands',
    access: 'read',
    backends: database,
    params: planPath,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(runSummary)), ...refusals(...reading) },
  },
  'get-run': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}',
    summary: 'One run with its progress and, when it has succeeded, its result',
    access: 'read',
    backends: database,
    params: runPath,
    responses: { 200: reply('The run.', run), ...refusals(...reading) },
  },
  'verify-run': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/verify',
    summary: 'Simulate a stored run again, from what it stored alone, and compare the hashes',
    description: 'Of all runs that a request’s time is enough for: a million paths of most portfolios, half a million of most households.',
    access: 'write',
    backends: database,
    params: runPath,
    responses: { 200: reply('Whether the bits are the same.', verification), ...refusals(...readingResult, 422) },
    timeoutSeconds: 29,
    memoryMegabytes: twoProcessors,
  },
  'get-run-chart': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/chart.svg',
    summary: 'A run as a fan chart',
    access: 'read',
    backends: database,
    params: runPath,
    query: z.strictObject({ money: z.enum(['real', 'nominal']).default('real') }),
    responses: { 200: { description: 'The chart.', body: z.string(), contentType: 'image/svg+xml' }, ...refusals(...readingResult) },
  },
  'get-run-bands': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/bands.csv',
    summary: 'A run’s percentile bands as CSV',
    access: 'read',
    backends: database,
    params: runPath,
    responses: {
      200: { description: 'A row a plan year.', body: z.string(), contentType: 'text/csv; charset=utf-8' },
      ...refusals(...readingResult),
    },
  },
  'explain-path': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/paths/{pathIndex}',
    summary: 'One path of a run, redrawn alone and explained year by year',
    access: 'read',
    backends: database,
    params: z.strictObject({ runId: uuid, pathIndex: z.coerce.number().int().min(0) }),
    responses: { 200: reply('The path’s ledger.', explainedPath), ...refusals(...reading, 422) },
  },
  'report-plan-versus-actual': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/plan-versus-actual-reports',
    summary: 'Compare real balances with what a run expected on a day; the report is kept among the plan’s outputs',
    access: 'write',
    backends: database,
    idempotency: 'key',
    params: runPath,
    body: planVersusActualRequest,
    responses: { 201: reply('Where the balances lie among the run’s paths.', planVersusActual), ...refusals(...writing) },
    example: { body: { date: '2027-01-01', balances: [{ account: 'Savings', balance: '512345.67' }] } },
  },
  'list-plan-outputs': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/outputs',
    summary: 'The figures that a plan’s runs produced, newest first',
    access: 'read',
    backends: database,
    params: planPath,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(planOutput)), ...refusals(...reading) },
  },
} as const
