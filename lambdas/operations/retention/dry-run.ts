import type { Transaction } from '../../../db/database.ts'
import { type PolicyRow, retainedTable, type RetainedTable } from '../../../db/queries/operations/retention/covered.ts'
import { sampleCovered } from '../../../db/queries/operations/retention/rows.ts'

const samples = 20
const dayMilliseconds = 86_400_000

/** What a run of the policy would process now: counts, and the keys of the oldest rows. In a transaction of retention. */
export const dryRun = async (
  transaction: Transaction,
  policy: Pick<PolicyRow, 'action' | 'conditions' | 'retentionPeriodDays' | 'tableName'>,
  now: Date,
  tableFor: (name: string) => RetainedTable | undefined = retainedTable,
) => {
  const table = tableFor(policy.tableName)
  if (!table) throw new Error(`No policy may name the table ${policy.tableName}.`)
  const cutoff = new Date(now.getTime() - policy.retentionPeriodDays * dayMilliseconds).toISOString()
  return { cutoff, ...(await sampleCovered(transaction, table, policy, cutoff, samples)) }
}
