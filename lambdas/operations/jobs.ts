import { idempotencyKeys } from '../../db/schema/operations/idempotency.ts'
import { defineJobs } from '../runtime/job.ts'
import { deletes } from '../runtime/writes.ts'
import { retentionWrites } from './retention/writes.ts'

export const operationsJobs = defineJobs('operations', {
  'make-partitions': {
    summary: 'Makes the audit trail’s partitions three months in advance and empties its default partition',
    schedule: '15 3 * * *',
    backends: ['database'],
    timeoutSeconds: 120,
  },
  'seal-audit-trail': {
    summary: 'Seals the new rows of the audit trail, and anchors the newest seal outside of the database',
    schedule: '25 * * * *',
    backends: ['audit-functions', 'audit-signing'],
    timeoutSeconds: 300,
  },
  'verify-audit-trail': {
    summary: 'Verifies the audit trail of this month and the last, and fails if anything was changed',
    schedule: '55 3 * * *',
    backends: ['database', 'audit-anchors'],
    timeoutSeconds: 900,
    memoryMegabytes: 1024,
  },
  'expire-idempotency-keys': {
    summary: 'Removes expired idempotency keys',
    schedule: '45 3 * * *',
    backends: ['database'],
    writes: [deletes(idempotencyKeys)],
    timeoutSeconds: 120,
  },
  'maintain-database': {
    summary: 'Vacuums and analyzes what needs it; on Sundays makes bad indexes again, on the first day of a month freezes all rows',
    // After the jobs that change many rows.
    schedule: '10 5 * * *',
    backends: ['database'],
    // VACUUM and REINDEX are for the owner of the tables.
    alsoAs: ['nestegg_owner'],
    writes: [deletes(idempotencyKeys)],
    timeoutSeconds: 900,
  },
  'run-retention': {
    summary: 'Runs the retention policies that are due',
    schedule: '25 * * * *',
    backends: ['database', 'archive-store'],
    writes: retentionWrites,
    timeoutSeconds: 600,
    memoryMegabytes: 1024,
  },
})
