import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { dropPrefix, marketTasks, reportPrefix } from '../lambdas/market/tasks.ts'
import { seenNow, watchFolder } from './watched-folder.ts'

/**
 * Ingests the files in `bars/` of a folder. A report gets the modification time that its file had before it was read. A file whose report has
 * the same time is not ingested again; a file that changed meanwhile is.
 */
export const startBarDrop = (folder: string, periodMilliseconds?: number): { close(): Promise<void> } => {
  const reportOf = (key: string): string => join(folder, reportPrefix, `${key.slice(dropPrefix.length)}.json`)
  return watchFolder({
    folder,
    prefix: dropPrefix,
    task: marketTasks['ingest-dropped-bars'],
    periodMilliseconds,
    isDone: async (key, { modifiedMs }) => (await seenNow(reportOf(key)))?.modifiedMs === modifiedMs,
    done: (key, { modifiedMs }) => utimes(reportOf(key), new Date(modifiedMs), new Date(modifiedMs)),
  })
}
