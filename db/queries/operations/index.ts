export { recordPrivilegedRead } from './audit-chain.ts'
export { listJobHouseholds, readHouseholdState, recordHouseholdJobRun } from './household-job-runs.ts'
export { beginJobRun, findLastJobRun, findSucceededJobRun, lockJob, recordJobRun } from './operations.ts'
export { recordSystemEvent, type SystemEvent } from './system-events.ts'
