import * as z from 'zod'
import { pageOf, pageQuery } from '../runtime/pagination.ts'
import { refusals, reply } from '../runtime/responses.ts'
import { defineRoutes } from '../runtime/route.ts'
import { auditLog, health } from './schemas.ts'

export const operationsRoutes = defineRoutes('operations', {
  'get-health': {
    method: 'GET',
    path: '/health',
    summary: 'Whether the platform can serve: 200, or 503 when the database is away',
    access: 'public',
    backends: ['database'],
    responses: { 200: reply('It can.', health), ...refusals() },
  },
  'get-openapi': {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    access: 'public',
    backends: [],
    responses: { 200: reply('The document.', z.looseObject({ openapi: z.string() })), ...refusals() },
  },
  'get-docs': {
    method: 'GET',
    path: '/docs',
    summary: 'This API as a page to read',
    access: 'public',
    backends: [],
    responses: { 200: { description: 'The page.', body: z.string(), contentType: 'text/html; charset=utf-8' }, ...refusals() },
  },
  'list-audit-logs': {
    method: 'GET',
    path: '/v1/operations/audit-logs',
    summary: 'List what the caller did, and what was done in the households that the caller owns, newest first',
    access: 'read',
    backends: ['database'],
    query: z.strictObject({
      ...pageQuery,
      resourceType: z.string().max(100).optional().describe('Schema and table: `planning.plans`.'),
      resourceId: z.uuid().optional(),
    }),
    responses: { 200: reply('A page.', pageOf(auditLog)), ...refusals(400, 401, 403) },
  },
})
