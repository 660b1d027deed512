import { defineTasks } from '../runtime/task.ts'
import { storingBars } from './writes.ts'

export const marketTasks = defineTasks('market', {
  'ingest-dropped-bars': {
    summary: 'Stores the bars of a file dropped into the bucket, all or none, and writes a report',
    backends: ['database', 'bar-drop'],
    writes: storingBars,
    timeoutSeconds: 900,
    memoryMegabytes: 3008,
  },
})

/** Prefix of dropped files. */
export const dropPrefix = 'bars/'
/** Prefix of reports, which have the names of their files. */
export const reportPrefix = 'reports/'

/** Larger files do not fit the function's memory: about a million bars. */
export const largestFileBytes = 100_000_000
