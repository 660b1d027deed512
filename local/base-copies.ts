import { join } from 'node:path'
import { connect, type DatabaseLocation } from '../db/connections.ts'
import { logger } from '../lambdas/runtime/observability.ts'
import { removeOldCopies } from './migration-copies.ts'
import { makeBase, needsBase } from './postgres/archive.ts'

const laterMilliseconds = 3_600_000
const closeTimeoutSeconds = 5

/**
 * Copies the data folder of a platform once a week, the first time a minute after the start, so that no start waits for it. Each hour, old copies
 * from before migrations are removed.
 */
export const startBaseCopies = (folder: string, location: DatabaseLocation, firstMilliseconds = 60_000): { close(): Promise<void> } => {
  const root = join(folder, 'postgres')
  let work: Promise<void> = Promise.resolve()
  const copyIfNeeded = async () => {
    removeOldCopies(folder, new Date())
    if (!needsBase(root)) return
    const administrator = connect({ ...location, database: 'postgres' }, 'postgres')
    try {
      await makeBase(root, administrator)
    } finally {
      // Without a timeout, postgres.js waits for ever if the connection was lost and the server does not come back.
      await administrator.end({ timeout: closeTimeoutSeconds })
    }
  }
  const copy = () =>
    copyIfNeeded().catch((error: unknown) => {
      logger.error('the data folder could not be copied, or an old copy not removed; it is tried again in an hour', { error })
    })
  const begin = () => {
    work = work.then(copy)
  }
  const timers = [setTimeout(begin, firstMilliseconds), setInterval(begin, laterMilliseconds)]
  return {
    close: async () => {
      for (const timer of timers) clearTimeout(timer)
      await work
    },
  }
}
