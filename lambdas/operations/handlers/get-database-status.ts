import { sql } from 'drizzle-orm'
import { readCache, readReplicas } from '../../../db/maintenance/read/server.ts'
import { readBlocked, readConnections, readLongTransactions } from '../../../db/maintenance/read/sessions.ts'
import { compareAppliedIn, readMigrations } from '../../../db/migrate/index.ts'
import { readServerVersion } from '../../../db/queries/operations/operations.ts'
import { blockedSeconds, connectionShare, longTransactionSeconds } from '../../../domain/operations/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'
import { isUpToDate } from '../status.ts'

const files = readMigrations()

/** The figures that cost no lock and no scan, each within seconds: a database in trouble is asked too. */
export const handler = serve(operationsRoutes['get-database-status'], async ({ transaction }) => {
  await transaction.execute(sql`select set_config('statement_timeout', '5s', true), set_config('lock_timeout', '1s', true)`)
  const startedAt = performance.now()
  const serverVersion = await readServerVersion(transaction)
  const latencyMs = Math.round((performance.now() - startedAt) * 100) / 100
  const { active, idleInTransaction, maximum, used } = await readConnections(transaction)
  const blocked = await readBlocked(transaction)
  const long = (await readLongTransactions(transaction)).filter(({ seconds }) => seconds >= longTransactionSeconds)
  const { hits, reads } = await readCache(transaction)
  const replicas = await readReplicas(transaction)
  const migrations = await compareAppliedIn(transaction, files)
  const longestSeconds = (sessions: readonly { readonly seconds: number }[]) =>
    Math.round(Math.max(0, ...sessions.map(each => each.seconds)))
  const isFine = used < connectionShare * maximum && longestSeconds(blocked) < blockedSeconds && long.length === 0 && isUpToDate(migrations)
  return ok({
    status: isFine ? 'ok' : 'attention',
    serverVersion,
    latencyMs,
    connections: { used, active, idleInTransaction, maximum },
    locks: { waiting: blocked.length, longestSeconds: longestSeconds(blocked) },
    longTransactions: { count: long.length, longestSeconds: longestSeconds(long) },
    cacheHitShare: hits + reads === 0 ? null : hits / (hits + reads),
    replicas,
    migrations: {
      applied: migrations.migrations.filter(({ state }) => state === 'applied').length,
      notApplied: migrations.migrations.filter(({ state }) => state !== 'applied'),
      unknown: migrations.ahead.length + migrations.foreign.length,
    },
  })
})
