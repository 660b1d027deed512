import { defineTasks } from '../runtime/task.ts'

export const operationsTasks = defineTasks('operations', {
  'run-command': {
    summary: 'Runs a command of the operator and records who ran it',
    backends: ['database', 'audit-anchors', 'backup-store', 'backup-removal', 'archive-store'],
    timeoutSeconds: 900,
    // Nearly two processors: a backup compresses two tables at a time.
    memoryMegabytes: 3008,
  },
})
