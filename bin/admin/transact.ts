import { setTimeout as wait } from 'node:timers/promises'
import { isConnectionError } from '../../lambdas/runtime/errors.ts'

const forever = <Never>() => new Promise<Never>(() => undefined)

/** The time that a failed connection may take to be reported as closed. */
const closingMilliseconds = 1_000

/**
 * Runs `work` in a transaction that `begin` opens. When its connection is cut, neither ROLLBACK nor COMMIT is sent: postgres.js 3.4.9 would
 * send them on the closed connection from a timer, where the exception ends the process (porsager/postgres#1208). Its own promise still
 * rejects.
 */
export const transact = async <Opened, Result>(
  begin: (run: (transaction: Opened) => Promise<Result>) => Promise<Result>,
  work: (transaction: Opened) => Promise<Result>,
): Promise<Result> => {
  let isOver = false
  try {
    return await begin(async transaction => {
      try {
        const result = await work(transaction)
        return isOver ? await forever<Result>() : result
      } catch (error) {
        if (isConnectionError(error)) await wait(closingMilliseconds, undefined, { ref: false })
        if (isOver) await forever()
        throw error
      }
    })
  } finally {
    isOver = true
  }
}
