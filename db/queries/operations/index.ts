export { listJobHouseholds, readHouseholdState, recordHouseholdJobRun } from './household-job-runs.ts'
export { findSucceededJobRun, lockJob, recordJobRun } from './operations.ts'
