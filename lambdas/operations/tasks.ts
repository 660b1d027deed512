import { defineTasks } from '../runtime/task.ts'
import { restoreWrites } from './backups/writes.ts'

export const operationsTasks = defineTasks('operations', {
  'run-command': {
    summary: 'Runs a command of the operator and records who ran it',
    backends: ['database', 'audit-anchors', 'backup-store', 'backup-removal', 'archive-store'],
    timeoutSeconds: 900,
    // Nearly two processors: a backup compresses two tables at a time.
    memoryMegabytes: 3008,
  },
  'validate-restore': {
    summary: 'Compares a cluster that AWS Backup restored for a test with the anchors, the live database and the rules of the data',
    backends: ['database', 'audit-anchors'],
    writes: restoreWrites,
    timeoutSeconds: 900,
    memoryMegabytes: 1024,
  },
})
