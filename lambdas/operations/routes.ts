import * as z from 'zod'
import { lists } from '../runtime/resource/declarations.ts'
import { reply } from '../runtime/responses.ts'
import { defineRoutes } from '../runtime/route.ts'
import { auditLogs } from './resources.ts'
import { health } from './schemas.ts'

export const operationsRoutes = defineRoutes('operations', {
  'get-health': {
    method: 'GET',
    path: '/health',
    summary: 'Whether the platform can serve: 200, or 503 when the database is away',
    access: 'public',
    backends: ['database'],
    responses: { 200: reply('It can.', health) },
  },
  'get-openapi': {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    access: 'public',
    backends: [],
    responses: { 200: reply('The document.', z.looseObject({ openapi: z.string() })) },
  },
  'get-docs': {
    method: 'GET',
    path: '/docs',
    summary: 'This API as a page to read',
    access: 'public',
    backends: [],
    responses: { 200: { description: 'The page.', body: z.string(), contentType: 'text/html; charset=utf-8' } },
  },
  'list-audit-logs': lists(auditLogs),
})
