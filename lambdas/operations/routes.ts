import * as z from 'zod'
import { jobRuns } from '../../db/schema/operations/jobs.ts'
import { lists } from '../runtime/resource/declarations.ts'
import { reply } from '../runtime/responses.ts'
import { defineRoutes } from '../runtime/route.ts'
import { inserts } from '../runtime/writes.ts'
import { attentionDeclarations } from './declarations/attention.ts'
import { ownAuditDeclarations } from './declarations/own-audit.ts'
import { retentionDeclarations } from './declarations/retention.ts'
import { runDeclarations } from './declarations/runs.ts'
import { systemEventDeclarations } from './declarations/system-events.ts'
import { allAuditLogs, auditLogs } from './resources.ts'
import { auditVerification, databaseStatus, databaseTest, health, month, readiness } from './schemas.ts'

const htmlPage = { description: 'The page.', body: z.string(), contentType: 'text/html; charset=utf-8' }

export const operationsRoutes = defineRoutes('operations', {
  'get-health': {
    method: 'GET',
    path: '/health',
    summary: 'Get the health of the API',
    description: '200 when the API answers. It does not use the database, and so never wakes a paused one.',
    access: 'public',
    backends: [],
    responses: { 200: reply('The API answers.', health) },
  },
  'get-readiness': {
    method: 'GET',
    path: '/ready',
    summary: 'Get the readiness of the platform',
    description:
      '200 when requests can be served, 503 when the database cannot be reached. A monitor that asks more often than the database pauses keeps it awake.',
    access: 'public',
    backends: ['database'],
    responses: { 200: reply('Requests can be served.', readiness) },
  },
  'get-database-status': {
    method: 'GET',
    path: '/db-status',
    summary: 'Get the state of the database',
    description:
      'For administrators. Connections, waits for locks, long transactions, the cache, readers and migrations, without a statement or a name of a user. `attention`: one of them has to be looked at.',
    access: 'admin',
    backends: ['database'],
    responses: { 200: reply('The state.', databaseStatus) },
  },
  'test-database': {
    method: 'POST',
    path: '/db-test',
    summary: 'Verify that the database can be written',
    description: 'For administrators. Writes a row, reads it and rolls it back: nothing stays. It can be repeated at any time.',
    access: 'admin',
    backends: ['database'],
    writes: [inserts(jobRuns)],
    responses: { 200: reply('It can be written.', databaseTest) },
  },
  'get-openapi': {
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get the OpenAPI document',
    description: 'This API as an OpenAPI 3.1 document.',
    access: 'public',
    backends: [],
    responses: { 200: reply('The document.', z.looseObject({ openapi: z.string() })) },
  },
  'get-docs': {
    method: 'GET',
    path: '/docs',
    summary: 'Get the documentation page',
    description: 'This API as a page to read.',
    access: 'public',
    backends: [],
    responses: { 200: htmlPage },
  },
  'list-problems': {
    method: 'GET',
    path: '/problems',
    summary: 'List problems',
    description: 'All problems that the API can answer with, as a page.',
    access: 'public',
    backends: [],
    responses: { 200: htmlPage },
  },
  'get-problem': {
    method: 'GET',
    path: '/problems/{code}',
    summary: 'Get a problem',
    description: 'Its meaning and what a client can do, as a page.',
    access: 'public',
    backends: [],
    params: z.strictObject({ code: z.string().max(100).describe('The end of `type` in the problem document: `version-conflict`.') }),
    responses: { 200: htmlPage },
  },
  'list-audit-logs': lists(auditLogs, { description: 'Your changes, and all changes in the households that you own, newest first.' }),
  ...ownAuditDeclarations,
  ...attentionDeclarations,
  'list-all-audit-logs': lists(allAuditLogs, {
    access: 'admin',
    description: 'The audit trail of everybody, newest first. Each call is recorded in it.',
  }),
  'get-audit-verification': {
    method: 'GET',
    path: '/v1/operations/audit/verification',
    summary: 'Verify the audit trail',
    description:
      'Verifies all seals, and the rows and anchors of some months, for at most 18 seconds. It names each row, seal and anchor that was changed, inserted or removed. Longer ranges are verified by the operator’s command `audit verify`.',
    access: 'admin',
    backends: ['database', 'audit-anchors'],
    memoryMegabytes: 1024,
    query: z.strictObject({
      from: month.optional().meta({ description: 'The first month to verify. Default: the last month.', parameter: 'FromMonth' }),
      to: month.optional().meta({ description: 'The last month to verify. Default: the present one.', parameter: 'ToMonth' }),
    }),
    responses: { 200: reply('What was verified, and what was found.', auditVerification) },
  },
  ...systemEventDeclarations,
  ...retentionDeclarations,
  ...runDeclarations,
})
