import { backups, restores } from '../../schema/operations/backups.ts'
import { jobRuns } from '../../schema/operations/jobs.ts'
import { rowsOf } from '../rows.ts'

export const jobRunRows = rowsOf(jobRuns, { version: null })
export const backupRows = rowsOf(backups, { version: null })
export const restoreRows = rowsOf(restores, { version: null })
