import { defineJobs } from '../runtime/job.ts'

export const planningJobs = defineJobs('planning', {
  'fail-abandoned-runs': {
    summary: 'Fails large runs that have not ended an hour after they were queued: their execution is dead or was never started',
    schedule: '5 * * * *',
    backends: ['database'],
    timeoutSeconds: 120,
  },
})
