import type { Construct } from 'constructs'
import type { Backends } from './constructs/backends.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { SimulationFanOut } from './constructs/simulation-fan-out.ts'
import type { OperationsStack } from './operations.ts'

export interface SimulationStackProps {
  readonly backends: Backends
  readonly operations: OperationsStack
}

/** The simulation of runs that are too large for a request. */
export class SimulationStack extends NesteggStack {
  readonly fanOut: SimulationFanOut

  constructor(scope: Construct, id: string, { backends, operations }: SimulationStackProps) {
    super(scope, id, { settings: backends.settings, description: 'The simulation of large runs' })
    this.addStackDependency(backends.database, 'The database is migrated before the code that needs it is deployed')
    this.fanOut = new SimulationFanOut(this, 'FanOut', { backends, alarms: operations.alarms })
    this.exportValues(this.fanOut.startVariables.SIMULATION_STATE_MACHINE_ARN)
  }
}
