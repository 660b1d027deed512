import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { uuid } from '../../runtime/schemas.ts'
import { explainedPath, planOutput, run, runRequest, runSummary, verification } from '../schemas/runs.ts'
import { database, planPath, reading, writing } from './shared.ts'

const runPath = z.strictObject({ runId: uuid })

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
    memoryMegabytes: 1769,
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
    summary: 'One run with its result',
    access: 'read',
    backends: database,
    params: runPath,
    responses: { 200: reply('The run.', run), ...refusals(...reading) },
  },
  'verify-run': {
    method: 'POST',
    path: '/v1/planning/runs/{runId}/verify',
    summary: 'Simulate a stored run again, from what it stored alone, and compare the hashes',
    access: 'write',
    backends: database,
    params: runPath,
    responses: { 200: reply('Whether the bits are the same.', verification), ...refusals(...reading) },
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
  },
  'get-run-chart': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/chart.svg',
    summary: 'A run as a fan chart',
    access: 'read',
    backends: database,
    params: runPath,
    query: z.strictObject({ money: z.enum(['real', 'nominal']).default('real') }),
    responses: { 200: { description: 'The chart.', body: z.string(), contentType: 'image/svg+xml' }, ...refusals(...reading) },
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
      ...refusals(...reading),
    },
  },
  'explain-path': {
    method: 'GET',
    path: '/v1/planning/runs/{runId}/paths/{pathIndex}',
    summary: 'One path of a run, redrawn alone and explained year by year',
    access: 'read',
    backends: database,
    params: z.strictObject({ runId: uuid, pathIndex: z.coerce.number().int().min(0) }),
    responses: { 200: reply('The path’s ledger.', explainedPath), ...refusals(...reading) },
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
