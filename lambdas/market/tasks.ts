import { defineTasks } from '../runtime/task.ts'

export const marketTasks = defineTasks('market', {
  'ingest-dropped-bars': {
    summary: 'Stores the bars of a file dropped into the bucket, all of them or none, and reports',
    backends: ['database', 'bar-drop'],
    timeoutSeconds: 900,
    memoryMegabytes: 3008,
  },
})

/** Where files are dropped. */
export const dropPrefix = 'bars/'
/** Where it is said what became of them, under the same name. */
export const reportPrefix = 'reports/'

/** Larger files do not fit the function's memory: about a million bars. */
export const largestFileBytes = 100_000_000
