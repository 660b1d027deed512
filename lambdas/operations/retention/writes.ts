import { householdInvitations } from '../../../db/schema/identity/households.ts'
import { priceFiles } from '../../../db/schema/market/price-files.ts'
import { idempotencyKeys } from '../../../db/schema/operations/idempotency.ts'
import { householdJobRuns, jobRuns } from '../../../db/schema/operations/jobs.ts'
import { retentionArchives, retentionPolicies, retentionRuns } from '../../../db/schema/operations/retention.ts'
import { systemEvents } from '../../../db/schema/operations/system-events.ts'
import { planOutputs, runs, runShards } from '../../../db/schema/planning/runs.ts'
import { balanceSnapshots } from '../../../db/schema/wealth/valuations.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'

/** What a run of retention changes: the tables that may be named by policies, and its own records. */
export const retentionWrites = [
  ...[
    balanceSnapshots,
    householdInvitations,
    householdJobRuns,
    idempotencyKeys,
    jobRuns,
    planOutputs,
    priceFiles,
    runs,
    runShards,
    systemEvents,
  ].map(table => deletes(table)),
  updates(householdInvitations, ['email']),
  updates(retentionPolicies, ['lastExecuted', 'nextExecution', 'recordsProcessed', 'lastExecutionDurationMs', 'lastExecutionStatus']),
  inserts(retentionRuns),
  updates(retentionRuns, ['status', 'finishedAt', 'recordsProcessed', 'batches', 'partitionsDropped', 'error']),
  inserts(retentionArchives),
]
