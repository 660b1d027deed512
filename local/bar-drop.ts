import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, stat, utimes } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { dropPrefix, marketTasks, reportPrefix } from '../lambdas/market/tasks.ts'
import { logger } from '../lambdas/runtime/observability.ts'
import { lambdaContext } from './api-event.ts'
import { loadHandler } from './load-handler.ts'

interface Seen {
  readonly sizeBytes: number
  /** In whole milliseconds, the precision that the time of a report can be set with. */
  readonly modifiedMs: number
}

const seenNow = async (path: string): Promise<Seen | undefined> => {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { sizeBytes: found.size, modifiedMs: Math.round(found.mtimeMs) } : undefined
}

/**
 * Does for a folder what the events of a bucket do in AWS: passes each file in `bars/` to the function that ingests it, once the file
 * has stopped growing. A report gets the modification time that its file had before it was read. A file whose report has the same time
 * is not ingested again; a file that changed meanwhile is.
 */
export const startBarDrop = (folder: string, periodMilliseconds = 1000): { close(): Promise<void> } => {
  const dropFolder = join(folder, dropPrefix)
  mkdirSync(dropFolder, { recursive: true })
  const growing = new Map<string, Seen>()

  const ingest = async (path: string): Promise<void> => {
    const key = relative(folder, path).replaceAll(sep, '/')
    const reportPath = join(folder, reportPrefix, `${key.slice(dropPrefix.length)}.json`)
    const file = await seenNow(path)
    if (!file || (await seenNow(reportPath))?.modifiedMs === file.modifiedMs) return
    if (!isDeepStrictEqual(growing.get(path), file)) {
      growing.set(path, file)
      return
    }
    growing.delete(path)
    const task = marketTasks['ingest-dropped-bars']
    const ingestFile = await loadHandler(task)
    await ingestFile(
      { detail: { object: { key, size: file.sizeBytes } } },
      lambdaContext(task.id.replace('/', '-'), randomUUID(), task.timeoutSeconds),
    )
    const modified = new Date(file.modifiedMs)
    await utimes(reportPath, modified, modified)
  }
  const look = async (): Promise<void> => {
    for (const entry of await readdir(dropFolder, { recursive: true })) {
      // A file that failed is tried again the next time, as its event would be.
      await ingest(join(dropFolder, entry)).catch((error: unknown) =>
        logger.error('a dropped file could not be ingested', { entry, error }),
      )
    }
  }

  let looking = Promise.resolve()
  let timer: NodeJS.Timeout
  const wait = (): void => {
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => logger.error('the drop folder could not be read', { error }))
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
