import * as z from 'zod'
import { eventSeverities } from '../../../db/schema/operations/system-events.ts'
import { reply } from '../../runtime/responses.ts'
import type { RouteDeclaration } from '../../runtime/route.ts'
import { instant, nameSchemas } from '../../runtime/schemas.ts'

const attention = z.strictObject({
  openEvents: z
    .array(z.strictObject({ severity: z.enum(eventSeverities), count: z.int() }))
    .describe('Events from `warning` on that nobody has acknowledged or resolved, by severity.'),
  failedJobs: z.array(z.strictObject({ job: z.string(), startedAt: instant })).describe('The jobs of which the newest run has failed.'),
  newestGoodBackupAt: instant.nullable().describe('The moment that the newest backup shows that was restored and compared.'),
  newerBackupsWithoutProof: z.int().describe('How many later backups have failed, or were not restored and compared.'),
})

nameSchemas({ Attention: attention })

export const attentionDeclarations = {
  'get-attention': {
    method: 'GET',
    path: '/v1/operations/attention',
    summary: 'Get what needs an administrator',
    description: 'For administrators. Open events, jobs that have failed, and backups without proof.',
    access: 'admin',
    backends: ['database'],
    responses: { 200: reply('What needs an administrator.', attention) },
  },
} as const satisfies Record<string, RouteDeclaration>
