import * as z from 'zod'
import { recordRestoreTest, type RestoreTest } from '../../../db/queries/operations/backups.ts'
import { databaseLocation, inTransaction } from '../../runtime/database.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { noteEvent } from '../../runtime/noted-events.ts'
import { auditAnchors } from '../../runtime/object-store.ts'
import { runTask } from '../../runtime/run-task.ts'
import { compareRestored } from '../backups/compare-restored.ts'
import { operationsTasks } from '../tasks.ts'

const task = operationsTasks['validate-restore']
/** So much of the time of the function is kept for a check that has begun, which takes five minutes at most, and for the record. */
const reserveMilliseconds = 330_000
/** AWS Backup stores a sentence, and shows it in its console. The record has all of it. */
const longestMessage = 1_000

const moment = z.iso.datetime({ offset: true })
const eventForm = z.strictObject({
  restoreJobId: z.guid(),
  recoveryPointArn: z.string(),
  recoveryPointAt: moment,
  restoreStartedAt: moment,
  /** The address of the instance that was added to the restored cluster. */
  host: z.string(),
})

/**
 * Compares a cluster that AWS Backup restored for a test, and records the outcome in the database in use. The answer is for AWS Backup.
 * An error is recorded too, and thrown, so that the state machine tries again.
 */
export const handler = runTask(task, eventForm, async (event, request) => {
  const endsAt = performance.now() + task.timeoutSeconds * 1_000
  const environment = readEnvironment()
  const live: Parameters<typeof compareRestored>[0]['live'] = work => inTransaction('nestegg_operator', request, work)
  const startedAt = Date.parse(event.restoreStartedAt)
  const record = (outcome: Pick<RestoreTest, 'error' | 'result' | 'status'>) =>
    live(transaction =>
      recordRestoreTest(transaction, {
        ...outcome,
        id: event.restoreJobId.toLowerCase(),
        startedAt: event.restoreStartedAt,
        recoveryPoint: event.recoveryPointAt,
        recoveryTimeMs: Date.now() - startedAt,
        dataLossMs: startedAt - Date.parse(event.recoveryPointAt),
      }),
    )
  const { recoveryPointArn } = event
  try {
    const report = await compareRestored({
      live,
      restored: { ...databaseLocation(environment), host: event.host },
      anchors: auditAnchors(),
      recoveryPoint: new Date(event.recoveryPointAt),
      hasTime: () => performance.now() < endsAt - reserveMilliseconds,
      request,
    })
    const { checks, findings, rows, seals, tables } = report
    const isGood = findings.length === 0
    await record({
      status: isGood ? 'succeeded' : 'failed',
      result: { ...report, recoveryPointArn },
      error: isGood ? null : findings.join('\n'),
    })
    if (isGood)
      return { status: 'SUCCESSFUL', message: `${rows} rows of ${tables} tables, ${seals} seals of the audit trail, ${checks} rules hold.` }
    noteEvent({
      eventType: 'backup',
      eventCategory: 'operations',
      severity: 'critical',
      component: task.id,
      message: 'A backup that AWS Backup restored for a test has faults.',
      additionalData: { restoreJobId: event.restoreJobId, findings },
    })
    return { status: 'FAILED', message: `${findings.length} findings. ${findings.join(' ')}`.slice(0, longestMessage) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await record({ status: 'failed', result: { recoveryPointArn }, error: reason }).catch(() => undefined)
    throw error
  }
})
