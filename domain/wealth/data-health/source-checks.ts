import { type Finding, found } from './checks.ts'
import type { HealthConnection, HealthFacts, HealthImport } from './facts.ts'
import { elapsed, healthLimits, ofDays, ofHours, ofMinutes } from './limits.ts'

const checkConnection = (connection: HealthConnection, now: string): Finding[] => {
  const { consentExpiresAt, createdAt, errorMessage: message, id, institutionName, isActive, lastSyncAt, syncStatus } = connection
  if (!isActive) return []
  const subject = { kind: 'connection', id, name: institutionName } as const
  if (syncStatus === 'sign-in-required') return [found('connection_broken', subject, { message, lastSyncAt })]
  const left = consentExpiresAt === null ? Number.POSITIVE_INFINITY : elapsed(now, consentExpiresAt)
  const age = elapsed(lastSyncAt ?? createdAt, now)
  const isFailing = syncStatus === 'failed' && age > ofHours(healthLimits.failingHours)
  return [
    ...(left <= ofDays(healthLimits.consentDays)
      ? [found('connection_expiring', subject, { expiresAt: consentExpiresAt!, isExpired: left <= 0 }, left <= 0 ? 'problem' : 'warning')]
      : []),
    ...(isFailing ? [found('connection_failing', subject, { message, lastSyncAt })] : []),
    ...(!isFailing && age > ofDays(healthLimits.syncDays) ? [found('not_synced', subject, { lastSyncAt })] : []),
  ]
}

const checkImport = (each: HealthImport, now: string): Finding[] => {
  const { committedAt, createdAt, failure, fileName, id, rejectedCount, status, workingSince } = each
  const subject = { kind: 'import', id, name: fileName } as const
  if (failure !== null && status !== 'undone') return [found('failed_import', subject, { message: failure })]
  if (status === 'open' && elapsed(createdAt, now) > ofHours(healthLimits.openImportHours))
    return [found('unfinished_import', subject, { since: createdAt, isUnderWay: false }, 'hint')]
  if (workingSince !== null && elapsed(workingSince, now) > ofMinutes(healthLimits.workMinutes))
    return [found('unfinished_import', subject, { since: workingSince, isUnderWay: true })]
  const isRecent = committedAt !== null && elapsed(committedAt, now) <= ofDays(healthLimits.rejectedDays)
  return status === 'committed' && isRecent && (rejectedCount ?? 0) > 0
    ? [found('rejected_rows', subject, { count: rejectedCount!, importedAt: committedAt })]
    : []
}

/** Connections and imports that bring nothing, or not all. */
export const checkSources = ({ connections, imports, now }: HealthFacts): Finding[] => [
  ...connections.flatMap(connection => checkConnection(connection, now)),
  ...imports.flatMap(each => checkImport(each, now)),
]
