import * as z from 'zod'
import {
  findPolicyByName,
  holdRows,
  listArchives,
  listHolds,
  listPolicies,
  releaseHold,
} from '../../db/queries/operations/retention/policies.ts'
import type { PolicyRow } from '../../db/queries/operations/retention/covered.ts'
import type { Transaction } from '../../db/database.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { defineCommand, exitCodes } from '../runtime/command.ts'
import { backupStore } from '../runtime/backup-store.ts'
import { prose, uuid } from '../runtime/schemas.ts'
import { placeWrites, releaseWrites } from './declarations/retention.ts'
import { restoreArchive } from './retention/archive.ts'
import { dryRun } from './retention/dry-run.ts'
import { type PolicyOutcome, runPolicy } from './retention/run-policy.ts'
import { retentionWrites } from './retention/writes.ts'

const json = z.boolean().default(false)
const policyName = z.string().min(1).max(200)

const list = defineCommand({
  name: 'retention list',
  summary: 'Lists the retention policies and the newest archives',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json }),
  run: async ({ json: asJson }, { inTransaction, out }) => {
    const [policies, archives] = await inTransaction(
      async transaction => [await listPolicies(transaction), await listArchives(transaction, 20)] as const,
    )
    const shown = archives.map(archive => ({ ...archive, dataKey: undefined }))
    if (asJson) return out(`${JSON.stringify({ policies, archives: shown })}\n`)
    const rows = policies.map(policy => [
      policy.name,
      policy.isActive ? policy.action : 'inactive',
      policy.tableName,
      `${policy.retentionPeriodDays} days`,
      policy.nextExecution ?? 'not yet',
      policy.lastExecutionStatus ?? '',
      String(policy.recordsProcessed),
    ])
    out(alignColumns([['POLICY', 'ACTION', 'TABLE', 'PERIOD', 'NEXT', 'LAST', 'ROWS'], ...rows]))
    if (shown.length > 0)
      out(
        alignColumns([
          ['ARCHIVE', 'TABLE', 'ROWS', 'CREATED'],
          ...shown.map(({ createdAt, id, rowCount, tableName }) => [id, tableName, String(rowCount), createdAt]),
        ]),
      )
  },
})

const requirePolicy = async (transaction: Transaction, name: string): Promise<PolicyRow> => {
  const policy = await findPolicyByName(transaction, name)
  if (!policy) throw new Error(`There is no retention policy ${name}.`)
  return policy
}

const dryRunCommand = defineCommand({
  name: 'retention dry-run',
  summary: 'Counts the rows that a retention policy would process',
  role: 'nestegg_operator',
  begins: 'retention',
  arguments: z.strictObject({ policy: policyName }),
  run: async ({ policy: name }, { inTransaction, out }) => {
    const { cutoff, held, records, samples } = await inTransaction(async transaction =>
      dryRun(transaction, await requirePolicy(transaction, name), new Date()),
    )
    out(`${records} rows before ${cutoff}; a legal hold keeps ${held}.\n${samples.map(key => `${JSON.stringify(key)}\n`).join('')}`)
  },
})

const pastForms = { delete: 'Deleted', archive: 'Archived', anonymize: 'Anonymized' } as const

export const describeOutcome = ({ action }: Pick<PolicyRow, 'action'>, { partitions, records, status }: PolicyOutcome): string => {
  const rows = records === 1 ? '1 row' : `${records} rows`
  const months =
    partitions === 0
      ? ''
      : ` ${partitions === 1 ? '1 month was' : `${partitions} months were`} removed as a whole; these rows are counted too.`
  const done = records + partitions === 0 ? 'No row is due.' : `${pastForms[action]} ${rows}.${months}`
  return status === 'partial' ? `${done} There was no time for all of it: run the command again.` : done
}

const run = defineCommand({
  name: 'retention run',
  summary: 'Runs a retention policy now',
  role: 'nestegg_operator',
  begins: 'retention',
  arguments: z.strictObject({ policy: policyName }),
  writes: retentionWrites,
  run: async ({ policy: name }, { hasTime, inTransaction, out }) => {
    const policy = await inTransaction(transaction => requirePolicy(transaction, name))
    const outcome = await runPolicy(policy, new Date().toISOString(), { inRetention: inTransaction, hasTime, store: backupStore })
    if (outcome.status === 'failed') throw new Error(outcome.error)
    out(`${describeOutcome(policy, outcome)}\n`)
    return outcome.status === 'partial' ? exitCodes.outOfDate : exitCodes.done
  },
})

const restore = defineCommand({
  name: 'retention restore-archive',
  summary: 'Puts the rows of an archive back',
  role: 'nestegg_owner',
  arguments: z.strictObject({ archive: uuid }),
  run: async ({ archive: archiveId }, { inTransaction, out }) => {
    const { archive, restored } = await inTransaction(transaction => restoreArchive(transaction, backupStore(), archiveId))
    out(`Put back ${restored} of ${archive.rowCount} rows of ${archive.tableName}. The others exist.\n`)
  },
})

const holdsList = defineCommand({
  name: 'holds list',
  summary: 'Lists legal holds',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json }),
  run: async ({ json: asJson }, { inTransaction, out }) => {
    const holds = await inTransaction(listHolds)
    if (asJson) return out(`${JSON.stringify(holds)}\n`)
    const rows = holds.map(({ householdId, id, placedAt, reason, releasedAt, userId }) => [
      id,
      userId === null ? `household ${householdId}` : `user ${userId}`,
      placedAt,
      releasedAt ?? 'in force',
      reason,
    ])
    return out(alignColumns([['HOLD', 'OF', 'PLACED', 'RELEASED', 'REASON'], ...rows]))
  },
})

const holdsPlace = defineCommand({
  name: 'holds place',
  summary: 'Places a legal hold on a user or a household',
  role: 'nestegg_operator',
  arguments: z.strictObject({ user: uuid.optional(), household: uuid.optional(), reason: prose.min(1) }),
  writes: placeWrites,
  run: async ({ household, reason, user }, { inTransaction, out }) => {
    if ((user === undefined) === (household === undefined)) throw new Error('Name a user or a household, and not both.')
    const hold = await inTransaction(transaction =>
      holdRows.insert(transaction, { userId: user ?? null, householdId: household ?? null, reason }),
    )
    out(`Placed ${hold.id}\n`)
  },
})

const holdsRelease = defineCommand({
  name: 'holds release',
  summary: 'Releases a legal hold',
  role: 'nestegg_operator',
  arguments: z.strictObject({ id: uuid }),
  writes: releaseWrites,
  run: async ({ id }, { inTransaction, out }) => {
    if (!(await inTransaction(transaction => releaseHold(transaction, id, null)))) throw new Error('There is no such legal hold in force.')
    out('Released.\n')
  },
})

export const retentionCommands = { list, dryRun: dryRunCommand, run, restore, holdsList, holdsPlace, holdsRelease }
