import { defineJobs } from '../runtime/job.ts'

const longestSeconds = 900

export const marketJobs = defineJobs('market', {
  'make-bar-partitions': {
    summary: 'Makes the partitions of bars in advance, empties their default partition and drops those that compression emptied',
    schedule: '20 3 * * *',
    backends: ['database'],
    timeoutSeconds: longestSeconds,
  },
  'refresh-rollups': {
    summary: 'Makes the daily, weekly and monthly bars again where bars changed',
    schedule: '10 4 * * *',
    backends: ['database'],
    timeoutSeconds: longestSeconds,
  },
  'compress-bars': {
    summary: 'Compresses the bars of closed months',
    schedule: '25 4 * * *',
    backends: ['database'],
    timeoutSeconds: longestSeconds,
  },
  'apply-bar-retention': {
    summary: 'Removes bars that are older than the retention of their timeframe',
    schedule: '40 4 * * *',
    backends: ['database'],
    timeoutSeconds: longestSeconds,
  },
})
