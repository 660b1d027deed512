import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type LargeRunPlatform, startLargeRunPlatform } from '../lambdas/planning/large-run-platform.ts'
import { startDeployedDataApi } from './data-api.ts'
import { deployed } from './deployed.ts'
import { busEvent, targetsOf } from './event-bus.ts'
import { type Functions, startFunctions } from './functions.ts'
import { apiEvent, deployedClaims, deployedRoutes } from './http-api.ts'
import { type ObjectStoreStandIn, type StandIn, type StartedExecution, startObjectStore, startStateMachines } from './stand-ins.ts'
import { execute, type ExecutionResult } from './state-machine.ts'

const prod = await deployed('prod')
const queueRoute = deployedRoutes(prod).find(({ function: { domain, unit } }) => `${domain}/${unit}` === 'planning/create-large-run')!
const arnOf = (unit: string) => prod.functionsOf(unit)[0]!.arn
const shardFunction = arnOf('planning/simulate-shard')

let large: LargeRunPlatform
let functions: Functions
let store: ObjectStoreStandIn
const open: { close(): Promise<void> }[] = []
const opened = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
  open.unshift(one)
  return one
}
const started: StartedExecution[] = []

beforeAll(async () => {
  large = await startLargeRunPlatform()
  opened(large.platform)
  store = opened(await startObjectStore())
  const dataApi = opened(await startDeployedDataApi(prod, large.platform.database.location))
  const stateMachines: StandIn = opened(await startStateMachines(execution => void started.push(execution)))
  functions = opened(
    startFunctions({
      deployed: prod,
      database: large.platform.database,
      endpoints: { RDS_DATA: dataApi.endpoint, S3: store.url, SFN: stateMachines.url },
    }),
  )
})
afterAll(async () => {
  for (const one of open) await one.close()
})

/** The longest waits before retries of the last execution, in seconds. */
let waits: number[]
beforeEach(() => {
  waits = []
  store.refuses = () => false
})

/** Queues a run through the function of its route. Returns the execution that it starts. */
const queue = async (): Promise<{ readonly runId: string; readonly execution: StartedExecution }> => {
  const { planId, user } = large
  const claims = deployedClaims(queueRoute, user.token)
  const event = apiEvent(prod, queueRoute, { params: { planId }, body: JSON.stringify({ shards: 3 }), claims })
  const { logs, payload } = await functions.invoke(queueRoute.function.arn, event)
  const { body, statusCode } = z.object({ body: z.string(), statusCode: z.number() }).parse(payload)
  expect(statusCode, logs).toBe(202)
  return { runId: JSON.parse(body).id, execution: started.at(-1)! }
}

const definitionOf = (stateMachineArn: string): unknown => JSON.parse(String(prod.byArn(stateMachineArn).properties['DefinitionString']))

const executed = ({ input, stateMachineArn }: StartedExecution, invoke = functions.invoke): Promise<ExecutionResult> =>
  execute(definitionOf(stateMachineArn), JSON.parse(input), { invoke, wait: seconds => void waits.push(seconds) })

/** Passes the end of an execution to the functions whose rules match it. Source: "EventBridge events" in the guide of Step Functions. */
const ended = async ({ input, name = '', stateMachineArn }: StartedExecution, status: string, suffix = '') => {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}${suffix}:${name}`
  const detail = {
    executionArn,
    stateMachineArn: `${stateMachineArn}${suffix}`,
    name,
    status,
    startDate: 1,
    stopDate: 2,
    input,
    output: null,
  }
  const event = busEvent(prod, {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [executionArn],
    detail: { ...detail, inputDetails: { included: true } },
  })
  return Promise.all(targetsOf(prod, event).map(async ({ Arn }) => (await functions.invoke(Arn, event)).payload))
}

describe('a large run', () => {
  it('ends with the result of the local platform', async () => {
    const { execution, runId } = await queue()
    expect(execution).toMatchObject({ name: runId, stateMachineArn: expect.stringContaining(':stateMachine:') })
    expect(await executed(execution)).toMatchObject({ status: 'SUCCEEDED' })
    expect(await large.read(runId)).toMatchObject({ status: 'succeeded', outputHash: (await large.simulate()).outputHash })
    expect(waits).toEqual([])
    expect(await ended(execution, 'SUCCEEDED')).toEqual([])
  })

  it('has a shard that fails once tried again', async () => {
    const { execution, runId } = await queue()
    let failures = 0
    store.refuses = request => request.endsWith('/shards/1') && (failures += 1) === 1
    expect(await executed(execution)).toMatchObject({ status: 'SUCCEEDED' })
    expect(waits).toEqual([1])
    expect((await large.shardsOf(runId)).map(({ attempts }) => attempts)).toEqual([1, 2, 1])
  })

  it('waits for a free function much longer than for one that fails', async () => {
    const { execution } = await queue()
    let throttled = 0
    const invoke: Functions['invoke'] = async (arn, event) => {
      if (arn !== shardFunction || throttled === 8) return functions.invoke(arn, event)
      throttled += 1
      const error = { errorType: 'Lambda.TooManyRequestsException', errorMessage: 'Rate Exceeded' }
      return { error, payload: error, durationMs: 0, logs: '' }
    }
    expect(await executed(execution, invoke)).toMatchObject({ status: 'SUCCEEDED' })
    expect(waits).toHaveLength(8)
    expect(Math.max(...waits)).toBeLessThanOrEqual(60)
  })

  it.each([
    ['a shard', '/shards/1', 'PUT', 'A part of the paths could not be simulated, after several attempts.'],
    ['the merge', '/shards/0', 'GET', 'The parts could not be merged, after several attempts.'],
  ])('fails with its stage when %s fails each time', async (_, key, method, error) => {
    const { execution, runId } = await queue()
    store.refuses = request => request.startsWith(method) && request.endsWith(key)
    expect(await executed(execution)).toMatchObject({ status: 'FAILED' })
    expect(waits).toEqual([1, 2, 4])
    expect(await large.read(runId)).toMatchObject({ status: 'failed', error })
    // Its end is an event too, which must not hide the reason.
    expect(await ended(execution, 'FAILED')).toEqual([{ runStatus: 'unchanged' }])
    expect(await large.read(runId)).toMatchObject({ error })
  })

  it.each(['ABORTED', 'TIMED_OUT'])('fails when its execution is %s', async status => {
    const { execution, runId } = await queue()
    expect(await ended(execution, status, '/Shards')).toEqual([])
    expect(await ended(execution, status)).toEqual([{ runStatus: 'failed' }])
    expect(await large.read(runId)).toMatchObject({ status: 'failed', error: expect.stringContaining('stopped') })
    expect(await ended(execution, status)).toEqual([{ runStatus: 'unchanged' }])
  })
})

it('the end of another state machine is none of a large run', async () => {
  const other = prod.resources('AWS::StepFunctions::StateMachine').find(({ arn }) => arn !== started[0]!.stateMachineArn)!
  expect(await ended({ stateMachineArn: other.arn!, name: randomUUID(), input: '{}' }, 'FAILED')).toEqual([])
})
