import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { wealthTasks, workPrefix } from '../lambdas/wealth/tasks.ts'
import { seenNow, watchFolder } from './watched-folder.ts'

/** Does the work on ledgers that is asked for in a folder. What is done is removed, unless it was asked for again meanwhile. */
export const startLedgerWork = (folder: string, periodMilliseconds?: number): { close(): Promise<void> } =>
  watchFolder({
    folder,
    prefix: workPrefix,
    task: wealthTasks['continue-ledger-work'],
    periodMilliseconds,
    isDone: async key => !key.endsWith('.json'),
    done: async (key, file) => {
      const path = join(folder, key)
      if (isDeepStrictEqual(await seenNow(path), file)) await rm(path)
    },
  })
