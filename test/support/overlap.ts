import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from '../../db/connections.ts'

/**
 * Makes two transactions overlap: `first` calls `hold` before it commits. Then `second` starts, and the first commits once the second waits
 * for one of its locks. Rejects if the second ends without waiting, so that no test passes because the two ran one after the other.
 */
export const overlap = async <First, Second>(
  administrator: Sql,
  first: (hold: () => Promise<void>) => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> => {
  let waiting: Promise<Second> | undefined
  const hold = async () => {
    let isOver = false
    waiting = second().finally(() => (isOver = true))
    waiting.catch(() => undefined)
    const blocked = () => administrator`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    while ((await blocked()).length === 0) {
      if (isOver) throw new Error(`The second transaction did not wait. It answered ${JSON.stringify(await waiting)}.`)
      await wait(10)
    }
  }
  return [await first(hold), await waiting!]
}
