import { defineJobs } from '../runtime/job.ts'

export const operationsJobs = defineJobs('operations', {
  'make-partitions': {
    summary: 'Makes the audit trail’s partitions three months in advance and empties its default partition',
    schedule: '15 3 * * *',
    backends: ['database'],
    timeoutSeconds: 120,
  },
  'expire-idempotency-keys': {
    summary: 'Removes expired idempotency keys',
    schedule: '45 3 * * *',
    backends: ['database'],
    timeoutSeconds: 120,
  },
})
