import { defineTasks } from '../runtime/task.ts'

export const operationsTasks = defineTasks('operations', {
  'run-command': {
    summary: 'Runs a command of the operator and records who ran it',
    backends: ['database', 'audit-anchors', 'archive-store'],
    timeoutSeconds: 900,
    memoryMegabytes: 1024,
  },
})
