import { defineTasks } from '../runtime/task.ts'
import { storingWrites, undoingWrites } from './declarations/imports.ts'
import { followUpWrites } from './declarations/follow-up.ts'
import { valueWrites } from './declarations/value-writes.ts'

export const wealthTasks = defineTasks('wealth', {
  'continue-ledger-work': {
    summary: 'Does work on the ledger of a household that takes longer than a request',
    backends: ['database', 'ledger-work', 'asked-ledger-work'],
    writes: [...storingWrites, ...undoingWrites, ...followUpWrites, ...valueWrites],
    timeoutSeconds: 900,
    memoryMegabytes: 3008,
  },
})

/** Prefix of the objects that ask for work. */
export const workPrefix = 'asked/'
