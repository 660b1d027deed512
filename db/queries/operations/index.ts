export { findSucceededJobRun, lockJob, recordJobRun } from './operations.ts'
