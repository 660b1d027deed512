import { idempotencyKeys } from '../../db/schema/operations/idempotency.ts'
import { defineJobs } from '../runtime/job.ts'
import { backupWrites } from './backups/writes.ts'
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
  'back-up-database': {
    summary: 'Makes a logical backup of all rows, encrypted, and removes those that are no longer kept',
    // After the maintenance, which leaves fewer dead rows to read.
    schedule: '40 5 * * *',
    backends: ['database', 'backup-store', 'backup-removal'],
    // The owner holds the lock, and nestegg_backup reads all rows.
    alsoAs: ['nestegg_owner', 'nestegg_backup'],
    writes: backupWrites,
    timeoutSeconds: 900,
    memoryMegabytes: 3008,
  },
  'verify-backup': {
    summary: 'Restores the newest backup into a scratch database and compares every row; only then it is good',
    // A function of its own, so that each has 15 minutes. A backup that is tried again is done by then.
    schedule: '20 6 * * *',
    backends: ['database', 'backup-store'],
    alsoAs: ['nestegg_owner', 'nestegg_backup'],
    writes: backupWrites,
    timeoutSeconds: 900,
    memoryMegabytes: 3008,
  },
  'measure-backups': {
    summary: 'Publishes the age of the newest good backup',
    schedule: '50 * * * *',
    backends: ['database'],
    timeoutSeconds: 60,
  },
})
