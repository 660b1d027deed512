import type { DatabaseLocation } from '../connections.ts'
import { openCopySession } from './session.ts'

/** Another process does the same at this moment. */
export class InUse extends Error {
  override readonly name = 'InUse'
}

/**
 * Runs work while nobody else runs work of the same name on this database. A connection of its own holds the lock, which ends with this
 * process. What another run has left behind is therefore from a run that was stopped.
 * @throws InUse at once, if the lock is held
 */
export const withLock = async <Result>(location: DatabaseLocation, name: string, work: () => Promise<Result>): Promise<Result> => {
  const session = openCopySession(location, 'nestegg_owner')
  try {
    const [row] = await session.sql<{ taken: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as taken`
    if (!row!.taken) throw new InUse(`Another ${name} runs on this database. Wait for its end.`)
    return await work()
  } finally {
    await session.close()
  }
}
