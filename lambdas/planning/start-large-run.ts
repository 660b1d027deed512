import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { clientSettings } from '../runtime/client-settings.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import type { LargeRunExecution } from './large-run-events.ts'

let opened: { readonly endpoint: string | undefined; readonly client: SFNClient } | undefined

const clientFor = (endpoint: string | undefined): SFNClient => {
  if (opened?.endpoint !== endpoint || !opened) {
    opened = { endpoint, client: new SFNClient(clientSettings(endpoint)) }
  }
  return opened.client
}

/** Starts the state machine for a queued run. The execution has the run's id as its name, so a second start of the run has no effect. */
export const startLargeRun = async (execution: LargeRunExecution): Promise<void> => {
  const environment = readEnvironment()
  await clientFor(environment.SIMULATION_STATE_MACHINE_ENDPOINT).send(
    new StartExecutionCommand({
      stateMachineArn: required(environment, 'SIMULATION_STATE_MACHINE_ARN'),
      name: execution.runId,
      input: JSON.stringify(execution),
    }),
  )
}
