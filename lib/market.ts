import type { Construct } from 'constructs'
import type { Backends } from './constructs/backends.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { BarDrop } from './constructs/bar-drop.ts'
import type { OperationsStack } from './operations.ts'

export interface MarketStackProps {
  readonly backends: Backends
  readonly operations: OperationsStack
}

/** The ingestion of market data from files. */
export class MarketStack extends NesteggStack {
  constructor(scope: Construct, id: string, { backends, operations }: MarketStackProps) {
    super(scope, id, { settings: backends.settings, description: 'The ingestion of market data' })
    this.addStackDependency(backends.database, 'The database is migrated before the code that needs it is deployed')
    new BarDrop(this, 'BarDrop', { backends, alarms: operations.alarms })
  }
}
