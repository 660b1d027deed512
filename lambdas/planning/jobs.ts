import { planInputs } from '../../db/schema/planning/inputs.ts'
import { planMonthEnds } from '../../db/schema/planning/month-ends.ts'
import { plans } from '../../db/schema/planning/plans.ts'
import { planOutputs, runs } from '../../db/schema/planning/runs.ts'
import { planVersions } from '../../db/schema/planning/versions.ts'
import { defineJobs } from '../runtime/job.ts'
import { inserts, updates } from '../runtime/writes.ts'

export const planningJobs = defineJobs('planning', {
  'fail-abandoned-runs': {
    summary: 'Marks large runs as failed that have not ended an hour after they were queued, such as those that were never started',
    schedule: '35 3 * * *',
    backends: ['database'],
    writes: [updates(runs, ['status', 'error', 'finishedAt'])],
    timeoutSeconds: 120,
  },
  'follow-accounts': {
    summary: 'Rolls plans that follow their accounts forward to the end of the month in the household’s timezone, and simulates them',
    // Months end at another hour in each timezone. In the minute of other jobs, so that a paused database wakes once.
    schedule: '25 * * * *',
    backends: ['database'],
    writes: [
      updates(plans, ['asOfDate', 'planningHorizonYears', 'version', 'lastRunAt']),
      inserts(planInputs),
      updates(planInputs, ['removedAt', 'supersededBy']),
      inserts(planVersions),
      inserts(runs),
      inserts(planOutputs),
      inserts(planMonthEnds),
      updates(planMonthEnds, ['status', 'reason', 'runId', 'planVersion', 'successProbability', 'accountsBalance', 'netWorth', 'report']),
    ],
    timeoutSeconds: 900,
    // For nearly two processors: see create-run.
    memoryMegabytes: 3008,
    scope: 'household',
    // A simulation uses all processors.
    concurrency: 1,
  },
})
