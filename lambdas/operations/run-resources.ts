import * as z from 'zod'
import { backupRows, jobRunRows, restoreRows } from '../../db/queries/operations/run-rows.ts'
import {
  backupReasons,
  backupStatuses,
  backups as backupTable,
  restoreKinds,
  restores as restoreTable,
  restoreStatuses,
} from '../../db/schema/operations/backups.ts'
import { jobRuns as runTable, jobStatuses } from '../../db/schema/operations/jobs.ts'
import { equals, range } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { instant, moment, nameSchemas, uuid } from '../runtime/schemas.ts'

const jobName = z.string().max(100).describe('Domain and job: `operations/run-retention`.')

const jobRun = z.strictObject({
  id: uuid,
  job: z.string(),
  scheduledFor: instant,
  status: z.enum(jobStatuses),
  startedAt: instant,
  finishedAt: instant.nullable(),
  result: z.json().nullable().describe('What the job counted.'),
  error: z.string().nullable(),
})

const backup = z.strictObject({
  id: uuid,
  reason: z.enum(backupReasons),
  status: z.enum(backupStatuses).describe('`complete`: all of it is stored. `good`: it was also restored and compared, row by row.'),
  startedAt: instant,
  finishedAt: instant.nullable(),
  snapshotAt: instant.nullable().describe('It has all rows that were committed before, and none later.'),
  rows: z.int().nullable(),
  sizeBytes: z.int().nullable().describe('Compressed and encrypted.'),
  contentBytes: z.int().nullable().describe('Without compression.'),
  manifestSha256: z.string().nullable(),
  verifiedAt: instant.nullable().describe('When it was restored and found equal.'),
  error: z.string().nullable(),
})

const restore = z.strictObject({
  id: uuid,
  backupId: uuid.nullable().describe('Null for a point in time.'),
  kind: z.enum(restoreKinds),
  status: z.enum(restoreStatuses),
  startedAt: instant,
  finishedAt: instant.nullable(),
  recoveryPoint: instant.nullable().describe('The moment that the restored data shows.'),
  recoveryTimeMs: z.int().nullable().describe('How long the data was, or would have been, unavailable.'),
  dataLossMs: z.int().nullable().describe('How old the restored data was when the restore began.'),
  result: z.json().nullable(),
  error: z.string().nullable(),
})

export const describedJob = z.strictObject({
  job: z.string().describe('Domain and job.'),
  summary: z.string(),
  schedule: z.string().describe('As cron writes it, in UTC.'),
  lastRun: z
    .strictObject({ status: z.enum(jobStatuses), startedAt: z.string(), error: z.string().nullable() })
    .nullable()
    .describe('Null if it never ran. A job of households has failed if it failed for one of them.'),
})

export const jobRuns = resource({
  one: 'run of a job',
  many: 'runs of jobs',
  path: '/v1/operations/job-runs',
  rows: jobRunRows,
  answer: jobRun,
  filters: {
    job: equals(runTable.job, jobName),
    status: equals(runTable.status, jobRun.shape.status),
    ...range('startedAt', runTable.startedAt, moment),
  },
  sorts: ['startedAt'],
})

export const backups = resource({
  one: 'backup',
  many: 'backups',
  path: '/v1/operations/backups',
  rows: backupRows,
  answer: backup,
  filters: { status: equals(backupTable.status, backup.shape.status) },
  sorts: ['startedAt'],
})

export const restores = resource({
  one: 'restore of a backup',
  many: 'restores of backups',
  path: '/v1/operations/restores',
  rows: restoreRows,
  answer: restore,
  filters: {
    kind: equals(restoreTable.kind, restore.shape.kind),
    status: equals(restoreTable.status, restore.shape.status),
    backupId: equals(restoreTable.backupId, uuid.describe('The restored backup.')),
  },
  sorts: ['startedAt'],
})

nameSchemas({ JobRun: jobRun, Backup: backup, Restore: restore, Job: describedJob })
