import type { Transaction } from '../../../db/database.ts'
import { type PolicyRow, type RetainedTable, retainedTable } from '../../../db/queries/operations/retention/covered.ts'
import {
  beginRetentionRun,
  countProcessed,
  endRetentionRun,
  lockRetentionRun,
  type RetentionRunRow,
} from '../../../db/queries/operations/retention/policies.ts'
import {
  anonymizeRows,
  countPartition,
  coveredPartitions,
  deleteRows,
  dropPartition,
  type Partition,
  readPartition,
} from '../../../db/queries/operations/retention/rows.ts'
import type { KeepingStore } from '../../runtime/object-store.ts'
import { messageOf } from '../../runtime/run-job.ts'
import { storeArchive } from './archive.ts'
import { nextExecution } from './next-execution.ts'

export interface RetentionTools {
  /** Runs work in a transaction of retention: see operations.begin_retention. */
  readonly inRetention: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
  /** Whether there is time for another batch. */
  readonly hasTime: () => boolean
  /** Where archives are stored. Asked for by the first archive only. */
  readonly store: () => KeepingStore
  /** Rows per transaction. Requests wait for the locks of one batch at most. */
  readonly batchRows?: number
  /** The table of a policy; by default from the declarations. */
  readonly tableFor?: (name: string) => RetainedTable | undefined
}

export interface PolicyOutcome {
  readonly policy: string
  readonly status: 'success' | 'partial' | 'failed'
  /** Of this firing. */
  readonly records: number
  readonly partitions: number
  readonly error?: string
}

const defaultBatchRows = 5_000

/**
 * One unit of work in a transaction of its own, which also counts it: a batch, or a whole partition. Firings of a policy take turns. Undefined
 * if another firing has ended the run.
 */
const inUnit = (
  tools: RetentionTools,
  run: RetentionRunRow,
  work: (transaction: Transaction) => Promise<{ records: number; partitions?: number }>,
) =>
  tools.inRetention(async transaction => {
    if (!(await lockRetentionRun(transaction, run))) return undefined
    const done = await work(transaction)
    if (done.records > 0 || done.partitions !== undefined) await countProcessed(transaction, run, done)
    return done
  })

type Work = { readonly policy: PolicyRow; readonly table: RetainedTable; readonly run: RetentionRunRow; readonly tools: RetentionTools }

const removePartition = async (transaction: Transaction, { policy, run, table, tools }: Work, partition: Partition) => {
  const archived =
    policy.action === 'archive'
      ? await storeArchive(
          transaction,
          tools.store(),
          { policyName: policy.name, run, table },
          readPartition(transaction, table, partition, 10_000),
        )
      : undefined
  const records = await countPartition(transaction, table, partition)
  if (archived !== undefined && archived !== records) throw new Error(`Rows were added to ${partition.name} while it was archived.`)
  await dropPartition(transaction, table, partition)
  return { records, partitions: 1 }
}

const processBatch = async (transaction: Transaction, { policy, run, table, tools }: Work) => {
  const limit = tools.batchRows ?? defaultBatchRows
  if (policy.action === 'anonymize') return { records: await anonymizeRows(transaction, table, policy, run.cutoff, limit) }
  // The rows are gone for this transaction only, until it commits after their file is stored.
  const lines = await deleteRows(transaction, table, policy, run.cutoff, limit)
  if (policy.action === 'archive' && lines.length > 0)
    await storeArchive(transaction, tools.store(), { policyName: policy.name, run, table }, [lines])
  return { records: lines.length }
}

/** Works until nothing is left, or the time is over. */
const processAll = async (work: Work): Promise<{ isDone: boolean; records: number; partitions: number }> => {
  const { policy, run, table, tools } = work
  const total = { records: 0, partitions: 0 }
  const whole = table.rules.partitions && policy.conditions.length === 0 && policy.action !== 'anonymize'
  if (whole) {
    const partitions = await tools.inRetention(transaction => coveredPartitions(transaction, table, run.cutoff))
    for (const { isHeld, name } of partitions) {
      if (isHeld && table.rules.partitions?.onlyWhole) break
      if (isHeld) continue
      if (!tools.hasTime()) return { ...total, isDone: false }
      const done = await inUnit(tools, run, async transaction => {
        // Read again: another firing may have removed it, and a hold may have been placed since.
        const partition = (await coveredPartitions(transaction, table, run.cutoff)).find(each => each.name === name && !each.isHeld)
        return partition ? removePartition(transaction, work, partition) : { records: 0 }
      })
      total.records += done?.records ?? 0
      total.partitions += done?.partitions ?? 0
    }
  }
  if (table.rules.partitions?.onlyWhole) return { ...total, isDone: true }
  for (;;) {
    if (!tools.hasTime()) return { ...total, isDone: false }
    const done = await inUnit(tools, run, transaction => processBatch(transaction, work))
    total.records += done?.records ?? 0
    if (!done || done.records === 0) return { ...total, isDone: true }
  }
}

/**
 * Runs a policy for a scheduled time, or continues its run. Everything that it removes stays removed if it is stopped: the next firing
 * goes on with the same cutoff. Two firings at once do the work once.
 */
export const runPolicy = async (policy: PolicyRow, scheduledFor: string, tools: RetentionTools): Promise<PolicyOutcome> => {
  const startedAt = performance.now()
  const run = await tools.inRetention(transaction => beginRetentionRun(transaction, policy, scheduledFor))
  const end = (status: PolicyOutcome['status'], error?: string) =>
    tools.inRetention(transaction =>
      endRetentionRun(transaction, run, {
        status,
        durationMs: performance.now() - startedAt,
        ...(error === undefined ? {} : { error }),
        nextExecution: status === 'partial' ? null : nextExecution(policy.scheduleCron, policy.timezone, new Date()),
      }),
    )
  try {
    const table = (tools.tableFor ?? retainedTable)(policy.tableName)
    if (!table) throw new Error(`No policy may name the table ${policy.tableName}.`)
    if (!table.rules.actions.includes(policy.action)) throw new Error(`A policy may not ${policy.action} rows of ${policy.tableName}.`)
    const { isDone, partitions, records } = await processAll({ policy, table, run, tools })
    const status = isDone ? 'success' : 'partial'
    await end(status)
    return { policy: policy.name, status, records, partitions }
  } catch (error) {
    await end('failed', messageOf(error)).catch(() => undefined)
    return { policy: policy.name, status: 'failed', records: 0, partitions: 0, error: messageOf(error) }
  }
}
