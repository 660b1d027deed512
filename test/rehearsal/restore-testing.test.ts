import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { refusals } from './access.ts'
import { deployed } from './deployed.ts'
import { busEvent, targetsOf } from './event-bus.ts'
import { type Functions, startFunctions } from './functions.ts'
import { type ObjectStoreStandIn, startObjectStore } from './stand-ins.ts'
import { type CallAnswer, execute, type ExecutionOptions, type ExecutionResult } from './state-machine.ts'

const prod = await deployed('prod')
const plan = prod.resources('AWS::Backup::RestoreTestingPlan')[0]!
const vault = prod.resources('AWS::Backup::BackupVault')[0]!
const [validator] = prod.functionsOf('operations/validate-restore')
const definitionOf = (stateMachineArn: string): unknown => JSON.parse(String(prod.byArn(stateMachineArn).properties['DefinitionString']))

const job = 'AB123456-78C9-0123-456D-789012E34567'
const instance = `nestegg-restore-test-${job}`
const cluster = 'awsbackup-restore-test-1a2bcd34-567e-8901-23f4-5f6a7b8c9d01'
const recoveryPointArn = `arn:aws:rds:${prod.region}:${prod.account}:cluster-snapshot:awsbackup:job-1a2bcd34`

/** The event of a restore job, as AWS Backup documents it. */
const restoreEvent = (status: string, restoreTestingPlanArn: string | undefined = plan.arn) =>
  busEvent(prod, {
    source: 'aws.backup',
    'detail-type': 'Restore Job State Change',
    resources: [recoveryPointArn],
    detail: {
      restoreJobId: job,
      backupVaultArn: vault.arn,
      recoveryPointArn,
      creationDate: '2026-11-29T08:30:00.742Z',
      percentDone: 0,
      resourceType: 'Aurora',
      status,
      ...(restoreTestingPlanArn === undefined ? {} : { restoreTestingPlanArn }),
      ...(status === 'COMPLETED' ? { createdResourceArn: `arn:aws:rds:${prod.region}:${prod.account}:cluster:${cluster}` } : {}),
    },
  })

let database: TestDatabase
let store: ObjectStoreStandIn
let functions: Functions
beforeAll(async () => {
  database = await createTestDatabase()
  store = await startObjectStore()
  functions = startFunctions({ deployed: prod, database, endpoints: { S3: store.url } })
})
afterAll(async () => {
  await functions.close()
  await store.close()
  await database.drop()
})

/** RDS and AWS Backup, as far as a test calls them. The database of this file is also the one that was restored. */
let calls: [operation: string, parameters: unknown][]
let waits: number[]
let instances: Map<string, number>
let refuses: Record<string, string>
/** How often an instance is looked for until it is available. */
let pollsUntilAvailable: number
let started: Set<string>
let outcomes: ExecutionResult[]
beforeEach(() => {
  calls = []
  waits = []
  instances = new Map()
  refuses = {}
  pollsUntilAvailable = 3
  started = new Set()
  outcomes = []
})

const answers: Readonly<Record<string, (parameters: Record<string, unknown>) => CallAnswer | Promise<CallAnswer>>> = {
  'backup:describeRecoveryPoint': () => ({ result: { CreationDate: '2026-11-29T03:30:00.000Z' } }),
  'backup:putRestoreValidationResult': () => ({ result: {} }),
  'rds:modifyDBCluster': () => ({ result: {} }),
  'rds:createDBInstance': ({ DbInstanceIdentifier }) => {
    if (instances.has(String(DbInstanceIdentifier))) return { error: 'Rds.DbInstanceAlreadyExistsException' }
    instances.set(String(DbInstanceIdentifier), 0)
    return { result: {} }
  },
  'rds:describeDBInstances': ({ DbInstanceIdentifier }) => {
    const polls = (instances.get(String(DbInstanceIdentifier)) ?? 0) + 1
    instances.set(String(DbInstanceIdentifier), polls)
    const available = { DbInstanceStatus: 'available', Endpoint: { Address: database.location.host, Port: 5432 } }
    return { result: { DbInstances: [polls >= pollsUntilAvailable ? available : { DbInstanceStatus: 'creating' }] } }
  },
  'rds:deleteDBInstance': ({ DbInstanceIdentifier }) =>
    instances.delete(String(DbInstanceIdentifier)) ? { result: {} } : { error: 'Rds.DbInstanceNotFoundException' },
  'states:startExecution': async ({ Input, Name, StateMachineArn }) => {
    // An execution with the name of one that has ended is refused.
    if (started.has(String(Name))) return { error: 'StepFunctions.ExecutionAlreadyExistsException' }
    started.add(String(Name))
    outcomes.push(await execute(definitionOf(String(StateMachineArn)), Input, options()))
    return { result: {} }
  },
}

const options = (invoke: ExecutionOptions['invoke'] = functions.invoke): ExecutionOptions => ({
  invoke,
  wait: seconds => void waits.push(seconds),
  call: (operation, parameters) => {
    calls.push([operation, parameters])
    const error = refuses[operation]
    return error === undefined ? answers[operation]!(parameters as Record<string, unknown>) : { error }
  },
})

/** Delivers an event to the targets of its rules. */
const deliver = async (event: ReturnType<typeof restoreEvent>) => {
  const targets = targetsOf(prod, event)
  for (const { Arn, InputPath } of targets) {
    expect(InputPath).toBe('$.detail')
    expect(await execute(definitionOf(Arn), event.detail, options())).toMatchObject({ status: 'SUCCEEDED' })
  }
  return targets.length
}
const operations = () => calls.map(([operation]) => operation)
const reports = () => calls.filter(([operation]) => operation === 'backup:putRestoreValidationResult').map(([, parameters]) => parameters)
const records = () => database.connect('postgres')`select id, status from operations.restores where kind = 'restore-test'`

describe('a backup that AWS Backup restored for a test', () => {
  it('gets an instance, is compared by the deployed function, loses the instance, and is reported as good', async () => {
    expect(await deliver(restoreEvent('COMPLETED'))).toBe(1)
    expect(outcomes).toMatchObject([{ status: 'SUCCEEDED' }])
    expect(calls.slice(1)).toEqual([
      ['backup:describeRecoveryPoint', { BackupVaultName: vault.name, RecoveryPointArn: recoveryPointArn }],
      [
        'rds:modifyDBCluster',
        {
          DbClusterIdentifier: cluster,
          ApplyImmediately: true,
          EnableIAMDatabaseAuthentication: true,
          ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 16 },
        },
      ],
      [
        'rds:createDBInstance',
        {
          DbInstanceIdentifier: instance,
          DbClusterIdentifier: cluster,
          DbInstanceClass: 'db.serverless',
          Engine: 'aurora-postgresql',
          PubliclyAccessible: false,
        },
      ],
      ...Array.from({ length: 3 }, () => ['rds:describeDBInstances', { DbInstanceIdentifier: instance }]),
      ['rds:deleteDBInstance', { DbInstanceIdentifier: instance, SkipFinalSnapshot: true }],
      [
        'backup:putRestoreValidationResult',
        { RestoreJobId: job, ValidationStatus: 'SUCCESSFUL', ValidationStatusMessage: expect.stringMatching(/^\d+ rows of \d+ tables/) },
      ],
    ])
    expect(waits).toEqual([30, 30, 30])
    expect(await records()).toEqual([{ id: job.toLowerCase(), status: 'succeeded' }])
  })

  it('is tested once if its event arrives twice', async () => {
    await deliver(restoreEvent('COMPLETED'))
    await deliver(restoreEvent('COMPLETED'))
    expect(outcomes).toHaveLength(1)
    expect(operations().filter(operation => operation === 'rds:createDBInstance')).toHaveLength(1)
    expect(reports()).toHaveLength(1)
  })

  it('is reported as failed if the data has faults, and the execution fails, for the alarm', async () => {
    const administrator = database.connect('postgres')
    const [edited] = await administrator`select hash, created_at from drizzle.__drizzle_migrations order by created_at limit 1`
    await administrator`update drizzle.__drizzle_migrations set hash = 'edited' where created_at = ${edited!['created_at']}`
    await deliver(restoreEvent('COMPLETED'))
    await administrator`update drizzle.__drizzle_migrations set hash = ${edited!['hash']} where created_at = ${edited!['created_at']}`
    expect(outcomes).toEqual([{ status: 'FAILED', error: 'RestoreTestFailed', cause: expect.stringContaining('0000_platform') }])
    expect(reports()).toMatchObject([{ ValidationStatus: 'FAILED', ValidationStatusMessage: expect.stringContaining('it was edited') }])
    expect(instances.size).toBe(0)
    expect(await records()).toMatchObject([{ status: 'failed' }])
  })

  it('is reported as failed if its instance does not become available in half an hour', async () => {
    pollsUntilAvailable = Infinity
    await deliver(restoreEvent('COMPLETED'))
    expect(operations().filter(operation => operation === 'rds:describeDBInstances')).toHaveLength(60)
    expect(outcomes).toMatchObject([{ status: 'FAILED', cause: expect.stringContaining('no available instance') }])
    expect(reports()).toMatchObject([{ ValidationStatus: 'FAILED' }])
    expect(operations().slice(-2)).toEqual(['rds:deleteDBInstance', 'backup:putRestoreValidationResult'])
  })

  it.each(['backup:describeRecoveryPoint', 'rds:modifyDBCluster', 'rds:createDBInstance', 'rds:describeDBInstances'])(
    'is reported as failed, without an instance, if %s fails after all attempts',
    async operation => {
      refuses = { [operation]: 'Rds.InvalidDbClusterStateException' }
      await deliver(restoreEvent('COMPLETED'))
      expect(operations().filter(each => each === operation)).toHaveLength(6)
      expect(outcomes).toMatchObject([{ status: 'FAILED', cause: 'The test was not completed: Rds.InvalidDbClusterStateException' }])
      expect(reports()).toMatchObject([{ ValidationStatus: 'FAILED' }])
      expect(instances.size).toBe(0)
      expect(operations().at(-2)).toBe('rds:deleteDBInstance')
    },
  )

  it('is reported as failed if the function fails three times', async () => {
    const crash = { errorType: 'Runtime.ExitError', errorMessage: 'The function stopped.' }
    let invoked = 0
    const invoke: ExecutionOptions['invoke'] = async arn => {
      expect(arn).toBe(validator!.arn)
      invoked += 1
      return { error: crash, payload: crash, durationMs: 0, logs: '' }
    }
    const machine = prod
      .resources('AWS::StepFunctions::StateMachine')
      .find(({ properties }) => String(properties['DefinitionString']).includes('putRestoreValidationResult'))!
    const result = await execute(definitionOf(machine.arn!), restoreEvent('COMPLETED').detail, options(invoke))
    expect(invoked).toBe(3)
    expect(result).toEqual({ status: 'FAILED', error: 'RestoreTestFailed', cause: 'The test was not completed: Runtime.ExitError' })
    expect(reports()).toMatchObject([{ ValidationStatus: 'FAILED' }])
    expect(instances.size).toBe(0)
  })

  it('uses the instance that a lost answer had made', async () => {
    instances.set(instance, 0)
    await deliver(restoreEvent('COMPLETED'))
    expect(outcomes).toMatchObject([{ status: 'SUCCEEDED' }])
    expect(instances.size).toBe(0)
  })

  it('is reported as failed, to be cleaned up by hand, if its instance cannot be deleted', async () => {
    refuses = { 'rds:deleteDBInstance': 'Rds.InvalidDbInstanceStateException' }
    await deliver(restoreEvent('COMPLETED'))
    expect(outcomes).toMatchObject([{ status: 'FAILED', cause: expect.stringContaining('Delete it by hand') }])
    expect(reports()).toMatchObject([{ ValidationStatus: 'FAILED', ValidationStatusMessage: expect.stringContaining('Delete it by hand') }])
  })

  it('fails its execution if the report cannot be sent', async () => {
    refuses = { 'backup:putRestoreValidationResult': 'Backup.ServiceUnavailableException' }
    await deliver(restoreEvent('COMPLETED'))
    expect(outcomes).toMatchObject([{ status: 'FAILED', error: 'Backup.ServiceUnavailableException' }])
    expect(instances.size).toBe(0)
  })
})

describe('a restore job', () => {
  it.each(['FAILED', 'ABORTED'])('of the plan that is %s fails an execution and changes nothing', async status => {
    expect(await deliver(restoreEvent(status))).toBe(1)
    expect(outcomes).toMatchObject([{ status: 'FAILED', error: 'RestoreFailed' }])
    expect(operations()).toEqual(['states:startExecution'])
  })

  it('that is none of the plan, or has not ended, starts nothing', async () => {
    expect(await deliver(restoreEvent('COMPLETED', `${plan.arn}-other`))).toBe(0)
    expect(await deliver(restoreEvent('RUNNING'))).toBe(0)
    const byHand = restoreEvent('COMPLETED')
    const { restoreTestingPlanArn: _, ...detail } = byHand.detail
    expect(targetsOf(prod, { ...byHand, detail })).toEqual([])
  })
})

it('the function is the owner of a restored cluster, and not of the one in use', async () => {
  const connect = (resourceId: string) =>
    [
      validator!.roleArn,
      { action: 'rds-db:connect', on: `arn:aws:rds-db:${prod.region}:${prod.account}:dbuser:${resourceId}/nestegg_owner` },
    ] as const
  expect(await refusals(prod, [connect('cluster-RESTORED')])).toEqual([])
  const inUse = prod.attributeOf(prod.resources('AWS::RDS::DBCluster')[0]!, 'DBClusterResourceId')
  expect(await refusals(prod, [connect(inUse)])).toEqual([expect.stringContaining('ExplicitlyDenied')])
})
