import { defineJobs } from '../runtime/job.ts'

export const identityJobs = defineJobs('identity', {
  'finish-erasures': {
    summary: 'Removes erased persons from the user pool, and completes their erasures',
    // In the hour of other jobs, so that a paused database wakes once.
    schedule: '25 * * * *',
    backends: ['identity-functions', 'user-pool-administration'],
    timeoutSeconds: 300,
  },
})
