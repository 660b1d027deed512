import { defineJobs } from '../runtime/job.ts'

export const planningJobs = defineJobs('planning', {
  'fail-abandoned-runs': {
    summary: 'Marks large runs as failed that have not ended an hour after they were queued',
    schedule: '5 * * * *',
    backends: ['database'],
    timeoutSeconds: 120,
  },
})
