import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { logger } from '../../runtime/observability.ts'
import { Problem } from '../../runtime/problem.ts'
import { runJobOutside } from '../../runtime/run-job-outside.ts'
import { wealthJobs } from '../jobs.ts'
import { plaidClient } from '../plaid/client.ts'
import { syncConnection } from '../plaid/sync.ts'

const due = z.object({ connections: z.array(z.object({ connectionId: z.uuid(), householdId: z.uuid() })) })
const atATime = 100

const clientIfUsed = () =>
  plaidClient().catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'plaid-not-used') return undefined
    throw error
  })

/** One connection after the other: Plaid limits the requests of an account, and nobody waits. A failure is stored with its connection. */
export const handler = runJobOutside(wealthJobs['sync-plaid-connections'], 'wealth', async ({ functions, hasTime }) => {
  const request = { requestId: randomUUID(), route: 'wealth/sync-plaid-connections' }
  const result = { synced: 0, failed: 0, unfinished: 0, skipped: 0 }
  const plaid = await clientIfUsed()
  if (!plaid) return result
  const tried = new Set<string>()
  for (;;) {
    const answer = await functions.call('wealth.list_due_connections', { request, limit: atATime + tried.size }, { idempotent: true })
    const connections = due.parse(answer).connections.filter(({ connectionId }) => !tried.has(connectionId))
    if (connections.length === 0) return result
    for (const connection of connections) {
      if (!hasTime()) return { ...result, skipped: result.skipped + connections.length }
      tried.add(connection.connectionId)
      try {
        const { state } = await syncConnection({ functions, plaid, request, hasTime, ...connection })
        if (state === 'synced' || state === 'failed' || state === 'unfinished') result[state] += 1
        else result.skipped += 1
      } catch (error) {
        logger.error('a connection could not be synchronised', { connectionId: connection.connectionId, error })
        result.failed += 1
      }
    }
  }
})
