import { runs } from '../../db/schema/planning/runs.ts'
import { defineJobs } from '../runtime/job.ts'
import { updates } from '../runtime/writes.ts'

export const planningJobs = defineJobs('planning', {
  'fail-abandoned-runs': {
    summary: 'Marks large runs as failed that have not ended an hour after they were queued, such as those that were never started',
    schedule: '35 3 * * *',
    backends: ['database'],
    writes: [updates(runs, ['status', 'error', 'finishedAt'])],
    timeoutSeconds: 120,
  },
})
