import { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Backends } from './constructs/backends.ts'
import { SimulationFanOut } from './constructs/simulation-fan-out.ts'
import type { OperationsStack } from './operations.ts'

export interface SimulationStackProps {
  readonly backends: Backends
  readonly operations: OperationsStack
}

/** The simulation of runs that are too large for a request. */
export class SimulationStack extends Stack {
  readonly fanOut: SimulationFanOut

  constructor(scope: Construct, id: string, { backends, operations }: SimulationStackProps) {
    super(scope, id)
    this.addStackDependency(backends.database, 'The database is migrated before the code that needs it is deployed')
    this.fanOut = new SimulationFanOut(this, 'FanOut', { backends, alarms: operations.alarms })
  }
}
