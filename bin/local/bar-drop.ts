import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { handler } from '../../lambdas/market/ingest-dropped-bars.ts'
import { dropPrefix, marketTasks, reportPrefix } from '../../lambdas/market/tasks.ts'
import { logger } from '../../lambdas/runtime/observability.ts'
import { lambdaContext } from './api-event.ts'

interface Seen {
  readonly sizeBytes: number
  readonly modifiedMs: number
}

const seenNow = async (path: string): Promise<Seen | undefined> => {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { sizeBytes: found.size, modifiedMs: found.mtimeMs } : undefined
}

/**
 * Does for a folder what a bucket's events do in AWS: gives each file that was put into `bars/` to the function that ingests it, once it
 * has stopped growing. What has a report newer than itself was ingested already.
 */
export const startBarDrop = (folder: string, periodMilliseconds = 1000): { close(): Promise<void> } => {
  const dropFolder = join(folder, dropPrefix)
  mkdirSync(dropFolder, { recursive: true })
  const growing = new Map<string, number>()

  const ingest = async (path: string): Promise<void> => {
    const key = relative(folder, path).replaceAll(sep, '/')
    const [file, report] = [await seenNow(path), await seenNow(join(folder, reportPrefix, `${key.slice(dropPrefix.length)}.json`))]
    if (!file || (report && report.modifiedMs >= file.modifiedMs)) return
    if (growing.get(path) !== file.sizeBytes) {
      growing.set(path, file.sizeBytes)
      return
    }
    growing.delete(path)
    const { id, timeoutSeconds } = marketTasks['ingest-dropped-bars']
    await handler({ detail: { object: { key, size: file.sizeBytes } } }, lambdaContext(id.replace('/', '-'), randomUUID(), timeoutSeconds))
  }
  const look = async (): Promise<void> => {
    for (const entry of await readdir(dropFolder, { recursive: true })) {
      // It has logged what went wrong, and is tried again at the next look, as its event would be.
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
