import { balanceSnapshots } from '../../db/schema/wealth/valuations.ts'
import { lotWrites } from './declarations/lot-writes.ts'
import { valueWrites } from './declarations/value-writes.ts'
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
  'recalculate-lots': {
    summary: 'Calculates tax lots that still wait for it',
    // Requests and the work that follows imports calculate at once: what is left here is what they could not finish.
    schedule: '25 * * * *',
    backends: ['database'],
    writes: lotWrites,
    timeoutSeconds: 600,
    memoryMegabytes: 2048,
    scope: 'household',
    concurrency: 4,
  },
  'refresh-values': {
    summary: 'Calculates stored value histories that have changed, or that lack the next day',
    // The work that follows imports and entries calculates at once: what is left here is what prices, statements and days change.
    schedule: '25 * * * *',
    backends: ['database'],
    writes: valueWrites,
    timeoutSeconds: 600,
    memoryMegabytes: 2048,
    scope: 'household',
    concurrency: 4,
  },
  'sync-plaid-connections': {
    summary: 'Synchronises the connections to Plaid that are due',
    // After the night of the institutions in the Americas.
    schedule: '35 10 * * *',
    backends: ['wealth-functions', 'credential-key', 'plaid', 'ledger-work'],
    timeoutSeconds: 900,
    memoryMegabytes: 512,
  },
  'rewrap-credentials': {
    summary: 'Encrypts the keys of access tokens and credentials again, with the newest key',
    schedule: '5 4 * * *',
    backends: ['wealth-functions', 'credential-rotation'],
    timeoutSeconds: 300,
  },
})
