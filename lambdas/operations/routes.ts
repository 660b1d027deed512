import * as z from 'zod'
import { pageOf, pageQuery } from '../runtime/pagination.ts'
import { refusals, reply } from '../runtime/responses.ts'
import { defineRoutes } from '../runtime/route.ts'
import { auditLog, health } from './schemas.ts'

const htmlPage = { description: 'The page.', body: z.string(), contentType: 'text/html; charset=utf-8' }

export const operationsRoutes = defineRoutes('operations', {
  'get-health': {
    method: 'GET',
    path: '/health',
    summary: 'Get the health of the platform',
    description: '200 when it can serve, 503 when the database cannot be reached.',
    access: 'public',
    backends: ['database'],
    responses: { 200: reply('It can.', health), ...refusals() },
  },
  'get-openapi': {
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get the OpenAPI document',
    description: 'This API as an OpenAPI 3.1 document.',
    access: 'public',
    backends: [],
    responses: { 200: reply('The document.', z.looseObject({ openapi: z.string() })), ...refusals() },
  },
  'get-docs': {
    method: 'GET',
    path: '/docs',
    summary: 'Get the documentation page',
    description: 'This API as a page to read.',
    access: 'public',
    backends: [],
    responses: { 200: htmlPage, ...refusals() },
  },
  'list-problems': {
    method: 'GET',
    path: '/problems',
    summary: 'List the problems that the API answers with, as a page',
    access: 'public',
    backends: [],
    responses: { 200: htmlPage, ...refusals() },
  },
  'get-problem': {
    method: 'GET',
    path: '/problems/{code}',
    summary: 'Describe a problem, as a page',
    access: 'public',
    backends: [],
    params: z.strictObject({ code: z.string().max(100).describe('The end of `type` in the problem document: `version-conflict`.') }),
    responses: { 200: htmlPage, ...refusals(400, 404) },
  },
  'list-audit-logs': {
    method: 'GET',
    path: '/v1/operations/audit-logs',
    summary: 'List audit logs',
    description: 'What you did, and what was done in the households that you own, newest first.',
    access: 'read',
    backends: ['database'],
    query: z.strictObject({
      ...pageQuery,
      resourceType: z.string().max(100).optional().describe('Schema and table: `planning.plans`.'),
      resourceId: z.uuid().optional().describe('The row that was changed.'),
    }),
    responses: { 200: reply('A page.', pageOf(auditLog)), ...refusals(400, 401, 403) },
  },
})
