import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { systemEvents } from '../../schema/operations/system-events.ts'
import { type Outcome, rowsOf } from '../rows.ts'

export type SystemEventRow = typeof systemEvents.$inferSelect

/** An event to record. Its message must be the same each time that it happens, without numbers that vary and without personal data. */
export interface SystemEvent
  extends Pick<typeof systemEvents.$inferInsert, 'eventType' | 'eventCategory' | 'message'>,
    Partial<
      Pick<
        typeof systemEvents.$inferInsert,
        | 'severity'
        | 'component'
        | 'environment'
        | 'version'
        | 'errorCode'
        | 'stackTrace'
        | 'additionalData'
        | 'durationMs'
        | 'memoryUsageMb'
        | 'cpuUsagePercent'
        | 'occurrences'
      >
    > {}

export const systemEventRows = rowsOf(systemEvents, { version: null })

/** Records an event, or counts it if the same one was recorded within the last hour: see operations.record_system_event. */
export const recordSystemEvent = async (transaction: Transaction, event: SystemEvent): Promise<void> => {
  await transaction.execute(sql`select operations.record_system_event(${JSON.stringify(event)}::jsonb)`)
}

/** How many events nobody has acknowledged or resolved, by severity; without those that only inform. */
export const countOpenEvents = async (transaction: Transaction): Promise<Readonly<Record<string, number>>> => {
  const rows = await transaction.execute<{ severity: string; count: number }>(sql`
    select severity, count(*)::integer as count from operations.system_events
    where status = 'open' and severity in ('warning', 'error', 'critical') group by severity order by severity`)
  return Object.fromEntries(rows.map(({ count, severity }) => [severity, count]))
}

/** Changes an event that is not resolved. The outcome is `read-only` if it is resolved. */
const changeUnresolved = (transaction: Transaction, eventId: string, change: Partial<SystemEventRow>, where?: SQL) =>
  systemEventRows.update(transaction, eventId, change, undefined, and(ne(systemEvents.status, 'resolved'), where))

/** The row as it is, or the refusal that it is resolved. */
const asItIs = async (transaction: Transaction, eventId: string): Promise<Outcome<SystemEventRow>> => {
  const row = await systemEventRows.find(transaction, eventId)
  if (!row) return { refused: 'missing' }
  return row.status === 'resolved' ? { refused: 'read-only', row } : { row }
}

/**
 * Records that an administrator has seen an event. A second one does not replace the first.
 * @param userId null for an operator command
 * @returns the event, or the refusal `read-only` if it is resolved
 */
export const acknowledgeEvent = async (transaction: Transaction, eventId: string, userId: string | null) => {
  const change = { status: 'acknowledged' as const, acknowledgedAt: new Date().toISOString(), acknowledgedBy: userId }
  const outcome = await changeUnresolved(transaction, eventId, change, eq(systemEvents.status, 'open'))
  return 'refused' in outcome ? asItIs(transaction, eventId) : outcome
}

/** Resolves an event with notes. The same parameters and answers as `acknowledgeEvent`. */
export const resolveEvent = async (transaction: Transaction, eventId: string, userId: string | null, notes: string) => {
  const resolvedAt = new Date().toISOString()
  const change = { status: 'resolved' as const, resolved: true, resolvedAt, resolvedBy: userId, resolutionNotes: notes }
  const outcome = await changeUnresolved(transaction, eventId, change)
  return 'refused' in outcome ? asItIs(transaction, eventId) : outcome
}
