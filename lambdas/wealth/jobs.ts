import { defineJobs } from '../runtime/job.ts'

export const wealthJobs = defineJobs('wealth', {
  'sync-plaid-connections': {
    summary: 'Synchronises the connections to Plaid that are due',
    // After the night of the institutions in the Americas.
    schedule: '35 10 * * *',
    backends: ['wealth-functions', 'credential-key', 'plaid'],
    timeoutSeconds: 900,
    memoryMegabytes: 512,
  },
  'rewrap-credentials': {
    summary: 'Encrypts the keys of access tokens and credentials again, with the newest key',
    schedule: '5 4 * * *',
    backends: ['wealth-functions', 'credential-rotation'],
    timeoutSeconds: 300,
  },
})
