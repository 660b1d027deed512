import { Construct } from 'constructs'
import { wealthTasks, workPrefix } from '../lambdas/wealth/tasks.ts'
import type { Backends } from './constructs/backends.ts'
import type { LedgerWork } from './constructs/ledger-work.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { objectTask } from './constructs/object-task.ts'
import type { OperationsStack } from './operations.ts'

export interface LedgerStackProps {
  readonly backends: Backends
  readonly operations: OperationsStack
  readonly work: LedgerWork
}

/** The function that does the work on ledgers which takes longer than a request. */
export class LedgerStack extends NesteggStack {
  constructor(scope: Construct, id: string, { backends, operations, work }: LedgerStackProps) {
    super(scope, id, { settings: backends.settings, description: 'The work on ledgers that takes longer than a request' })
    this.addStackDependency(backends.database, 'The database is migrated before the code that needs it is deployed')
    objectTask(new Construct(this, 'LedgerWork'), {
      task: wealthTasks['continue-ledger-work'],
      bucketName: work.bucketName,
      prefix: workPrefix,
      backends,
      alarms: operations.alarms,
      alarmName: 'LedgerWorkFailedForGood',
      summary: 'Work on a ledger could not be done in three attempts. Its event is in the queue.',
      runbook: 'work-on-a-ledger-failed',
      ruleId: 'Asked',
      ruleDescription: 'Work on a ledger was asked for',
    })
  }
}
