import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { logger } from '../lambdas/runtime/observability.ts'
import type { Task } from '../lambdas/runtime/task.ts'
import { lambdaContext } from './api-event.ts'
import { loadHandler } from './load-handler.ts'

/** A file as it was seen. */
export interface Seen {
  readonly sizeBytes: number
  /** In whole milliseconds, the precision that the time of a file can be set with. */
  readonly modifiedMs: number
}

export const seenNow = async (path: string): Promise<Seen | undefined> => {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { sizeBytes: found.size, modifiedMs: Math.round(found.mtimeMs) } : undefined
}

export interface WatchedFolder {
  /** The folder of the bucket. */
  readonly folder: string
  /** Only files under it are passed on. */
  readonly prefix: string
  readonly task: Task
  /** Whether the file was passed on before. */
  isDone(key: string, file: Seen): Promise<boolean>
  /** Called after the task has ended well. */
  done(key: string, file: Seen): Promise<void>
  readonly periodMilliseconds?: number | undefined
}

/** As often as AWS runs the function of an event that has failed: once, and twice more. */
const mostAttempts = 3

/** The pause after the first failure, in periods. It doubles after each. AWS waits for a minute, then for two. */
const firstPausePeriods = 60

/** What a file has failed with. One that changes is another file. */
interface Failed {
  readonly file: Seen
  readonly attempts: number
  /** When it is tried again, in milliseconds since the epoch. */
  readonly again: number
}

/**
 * Does for a folder what the events of a bucket do in AWS: passes each file under a prefix to the function of a task, once the file has
 * stopped growing. A file of which the task fails is passed on three times in all, after growing pauses, and then when it changes or the
 * program is started again.
 */
export const watchFolder = (watched: WatchedFolder): { close(): Promise<void> } => {
  const { folder, periodMilliseconds = 1000, prefix, task } = watched
  const watchedFolder = join(folder, prefix)
  mkdirSync(watchedFolder, { recursive: true })
  const growing = new Map<string, Seen>()
  const failed = new Map<string, Failed>()

  const passOn = async (path: string): Promise<void> => {
    const key = relative(folder, path).replaceAll(sep, '/')
    const file = await seenNow(path)
    if (!file || (await watched.isDone(key, file))) return
    if (!isDeepStrictEqual(growing.get(path), file)) {
      growing.set(path, file)
      return
    }
    const before = failed.get(path)
    const attempts = isDeepStrictEqual(before?.file, file) ? before!.attempts : 0
    if (attempts >= mostAttempts || (attempts > 0 && Date.now() < before!.again)) return
    try {
      const handle = await loadHandler(task)
      await handle(
        { detail: { object: { key, size: file.sizeBytes } } },
        lambdaContext(task.id.replace('/', '-'), randomUUID(), task.timeoutSeconds),
      )
      await watched.done(key, file)
      growing.delete(path)
      failed.delete(path)
    } catch (error) {
      failed.set(path, { file, attempts: attempts + 1, again: Date.now() + periodMilliseconds * firstPausePeriods * 2 ** attempts })
      if (attempts + 1 === mostAttempts) throw error
    }
  }
  const look = async (): Promise<void> => {
    for (const entry of await readdir(watchedFolder, { recursive: true })) {
      await passOn(join(watchedFolder, entry)).catch((error: unknown) =>
        logger.error('the task of a file failed, and is not tried again', { task: task.id, entry, error }),
      )
    }
  }

  let looking = Promise.resolve()
  let timer: NodeJS.Timeout
  const wait = (): void => {
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => logger.error('a watched folder could not be read', { folder, error }))
        .then(wait)
    }, periodMilliseconds).unref()
  }
  wait()
  let closed = false
  return {
    close: async () => {
      if (closed) return
      closed = true
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
    },
  }
}
