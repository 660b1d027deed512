import * as z from 'zod'
import { lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { backups, describedJob, jobRuns, restores } from '../run-resources.ts'

const access = 'admin'

export const runDeclarations = {
  'list-jobs': {
    method: 'GET',
    path: '/v1/operations/jobs',
    summary: 'List jobs',
    description: 'Every scheduled job with its newest run.',
    access,
    backends: ['database'],
    responses: { 200: reply('All jobs.', z.strictObject({ items: z.array(describedJob) })) },
  },
  'list-job-runs': lists(jobRuns, {
    access,
    description: 'The runs of the jobs of the whole platform, newest first with `sort=-startedAt`.',
  }),
  'list-backups': lists(backups, {
    access,
    description: 'Every logical backup that was begun, and whether it was restored and compared. The commands make and restore backups.',
  }),
  'list-restores': lists(restores, { access, description: 'Every restore: verifications, drills, tests and real ones.' }),
} as const
