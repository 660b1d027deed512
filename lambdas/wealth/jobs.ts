import { balanceSnapshots } from '../../db/schema/wealth/valuations.ts'
import { defineJobs } from '../runtime/job.ts'
import { inserts } from '../runtime/writes.ts'

export const wealthJobs = defineJobs('wealth', {
  'take-balance-snapshots': {
    summary: 'Stores the balances of each household’s day that has ended in its timezone',
    // Days end at another hour in each timezone. In the minute of other jobs, so that a paused database wakes once.
    schedule: '25 * * * *',
    backends: ['database'],
    writes: [inserts(balanceSnapshots)],
    timeoutSeconds: 600,
    scope: 'household',
    concurrency: 4,
  },
})
