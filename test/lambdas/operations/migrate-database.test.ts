import { InvokeCommand, LambdaClient, ResourceNotReadyException, TooManyRequestsException } from '@aws-sdk/client-lambda'
import {
  CreateDBClusterSnapshotCommand,
  type DBClusterSnapshot,
  DBClusterSnapshotAlreadyExistsFault,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  InvalidDBClusterStateFault,
  RDSClient,
} from '@aws-sdk/client-rds'
import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  DatabaseErrorException,
  DatabaseResumingException,
  ExecuteStatementCommand,
  RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { CdkCustomResourceEvent, CdkCustomResourceIsCompleteEvent } from 'aws-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { rolesStatement } from '../../../db/migrate/index.ts'
import { functionRoles } from '../../../db/roles.ts'
import { isComplete, onEvent } from '../../../lambdas/operations/handlers/migrate-database.ts'
import { logger } from '../../../lambdas/runtime/observability.ts'

const lambda = mockClient(LambdaClient)
const rds = mockClient(RDSClient)
const dataApi = mockClient(RDSDataClient)
const secretsManager = mockClient(SecretsManagerClient)

beforeAll(() => logger.setLogLevel('DEBUG'))
afterAll(() => {
  logger.setLogLevel('SILENT')
  for (const client of [lambda, rds, dataApi, secretsManager]) client.restore()
})

const password = 'functions-password'
const clusterArn = 'arn:aws:rds:eu-west-1:123456789012:cluster:nestegg'
const administratorSecret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:administrator'
const secretOf = (purpose: keyof typeof functionRoles) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${purpose}`
const passwordOf = (purpose: string) => `${password}-${purpose}`
const purposes = Object.keys(functionRoles) as (keyof typeof functionRoles)[]
const environment = {
  DATABASE_HOST: 'nestegg.cluster.example',
  DATABASE_NAME: 'nestegg',
  DATA_API_CLUSTER_ARN: clusterArn,
  DATA_API_SECRET_ARN: administratorSecret,
  IDENTITY_FUNCTIONS_SECRET_ARN: secretOf('identity'),
  INVITATION_FUNCTIONS_SECRET_ARN: secretOf('invitations'),
  RUN_FUNCTIONS_SECRET_ARN: secretOf('runs'),
  AUDIT_FUNCTIONS_SECRET_ARN: secretOf('audit'),
  WEALTH_FUNCTIONS_SECRET_ARN: secretOf('wealth'),
  CLUSTER_IDENTIFIER: 'nestegg',
  APPLIER_FUNCTION_NAME: 'applier',
  MIGRATIONS_HASH: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  KEPT_SNAPSHOTS: '2',
}

const common = {
  ServiceToken: 'token',
  ResponseURL: 'https://example.com/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Migrations',
  ResourceType: 'Custom::DatabaseMigrations',
  ResourceProperties: { ServiceToken: 'token' },
}
const create: CdkCustomResourceEvent = { ...common, RequestType: 'Create' }
const update: CdkCustomResourceEvent = {
  ...common,
  RequestType: 'Update',
  PhysicalResourceId: 'database-migrations',
  OldResourceProperties: { ServiceToken: 'token' },
}
const remove: CdkCustomResourceEvent = { ...common, RequestType: 'Delete', PhysicalResourceId: 'database-migrations' }
const afterwards = (event: CdkCustomResourceEvent, data: Record<string, unknown>): CdkCustomResourceIsCompleteEvent => ({
  ...event,
  PhysicalResourceId: 'database-migrations',
  Data: data,
})

const answer = (value: unknown) => {
  const text = JSON.stringify(value)
  return Object.assign(new TextEncoder().encode(text), { transformToString: () => text })
}
const report = (change: { pending?: string[]; isEmpty?: boolean; applied?: string[] }) => ({
  Payload: answer({ pending: [], isEmpty: false, applied: [], ...change }),
})
const requests = () => lambda.commandCalls(InvokeCommand).map(call => JSON.parse(z.string().parse(call.args[0].input.Payload)) as unknown)
const metadata = { $metadata: {} }

let logged: string[]
beforeEach(() => {
  for (const mock of [lambda, rds, dataApi, secretsManager]) mock.reset()
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  logged = []
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation(chunk => logged.push(String(chunk)) > 0)
  }
  for (const purpose of purposes)
    secretsManager
      .on(GetSecretValueCommand, { SecretId: secretOf(purpose) })
      .resolves({ SecretString: JSON.stringify({ username: functionRoles[purpose], password: passwordOf(purpose) }) })
  dataApi.on(BeginTransactionCommand).resolves({ transactionId: 'transaction' })
  dataApi.on(ExecuteStatementCommand).resolves({})
  dataApi.on(CommitTransactionCommand).resolves({})
  dataApi.on(RollbackTransactionCommand).resolves({})
  rds.on(CreateDBClusterSnapshotCommand).resolves({})
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('the roles', () => {
  beforeEach(() => void lambda.on(InvokeCommand).resolves(report({})))

  it('are made by the administrator in one transaction, the passwords given as parameters', async () => {
    await onEvent(create)
    const target = { resourceArn: clusterArn, secretArn: administratorSecret, database: 'nestegg' }
    expect(dataApi.calls().map(call => call.args[0].input)).toEqual([
      target,
      {
        ...target,
        transactionId: 'transaction',
        sql: expect.stringMatching(/^select set_config\('nestegg\.password_of_nestegg_identity', :nestegg_identity, true\) is not null/),
        parameters: purposes.map(purpose => ({ name: functionRoles[purpose], value: { stringValue: passwordOf(purpose) } })),
      },
      { ...target, transactionId: 'transaction', sql: rolesStatement() },
      { resourceArn: clusterArn, secretArn: administratorSecret, transactionId: 'transaction' },
    ])
    expect(dataApi.commandCalls(CommitTransactionCommand)).toHaveLength(1)
  })

  it('wait for a paused cluster to resume', async () => {
    dataApi
      .on(BeginTransactionCommand)
      .rejectsOnce(new DatabaseResumingException({ ...metadata, message: 'resuming' }))
      .resolves({ transactionId: 'transaction' })
    await onEvent(create)
    expect(dataApi.commandCalls(BeginTransactionCommand)).toHaveLength(2)
    expect(dataApi.commandCalls(CommitTransactionCommand)).toHaveLength(1)
  })

  it('that PostgreSQL refuses end the transaction, and the migration with the reason', async () => {
    const message = 'ERROR: must be able to SET ROLE "nestegg_owner"; SQLState: 42501'
    dataApi.on(ExecuteStatementCommand).rejects(new DatabaseErrorException({ ...metadata, message }))
    await expect(onEvent(create)).rejects.toThrow('must be able to SET ROLE "nestegg_owner"')
    expect(dataApi.commandCalls(RollbackTransactionCommand)).toHaveLength(1)
    expect(lambda.calls()).toHaveLength(0)
  })

  it('cannot be made from a secret without a password, and its text is not shown', async () => {
    secretsManager
      .on(GetSecretValueCommand)
      .resolves({ SecretString: JSON.stringify({ username: 'nestegg_identity', passphrase: password }) })
    await expect(onEvent(create)).rejects.toThrow(`The secret ${secretOf('identity')} holds no password.`)
    expect(dataApi.calls()).toHaveLength(0)
  })
})

describe('Create', () => {
  it('of an empty database takes no snapshot and applies everything', async () => {
    lambda
      .on(InvokeCommand)
      .resolvesOnce(report({ pending: ['0000_platform'], isEmpty: true }))
      .resolvesOnce(report({ applied: ['0000_platform'] }))
    const begun = await onEvent(create)
    expect(begun).toEqual({ PhysicalResourceId: 'database-migrations', Data: {} })
    expect(await isComplete(afterwards(create, {}))).toEqual({ IsComplete: true, Data: { applied: '0000_platform' } })
    expect(requests()).toEqual([{ action: 'status' }, { action: 'apply' }])
    expect(rds.calls()).toHaveLength(0)
  })
})

describe('Update', () => {
  const pending = { pending: ['0003_lots'], isEmpty: false }

  it('with nothing pending takes no snapshot', async () => {
    lambda.on(InvokeCommand).resolves(report({}))
    expect(await onEvent(update)).toEqual({ PhysicalResourceId: 'database-migrations', Data: {} })
    expect(rds.calls()).toHaveLength(0)
  })

  it('with something pending takes a snapshot named after the migrations and the moment', async () => {
    lambda.on(InvokeCommand).resolves(report(pending))
    const { PhysicalResourceId, Data } = await onEvent(update)
    expect(PhysicalResourceId).toBe('database-migrations')
    expect(Data?.['snapshotId']).toMatch(/^nestegg-a1b2c3d4e5f6-20\d{12}$/)
    expect(rds.commandCalls(CreateDBClusterSnapshotCommand)[0]?.args[0].input).toMatchObject({
      DBClusterIdentifier: 'nestegg',
      DBClusterSnapshotIdentifier: Data?.['snapshotId'],
    })
  })

  it('waits while the cluster cannot take a snapshot', async () => {
    lambda.on(InvokeCommand).resolves(report(pending))
    rds
      .on(CreateDBClusterSnapshotCommand)
      .rejectsOnce(new InvalidDBClusterStateFault({ ...metadata, message: 'backing-up' }))
      .resolves({})
    await onEvent(update)
    expect(rds.commandCalls(CreateDBClusterSnapshotCommand)).toHaveLength(2)
  })

  it('goes on when the snapshot exists, because the answer to an earlier request was lost', async () => {
    lambda.on(InvokeCommand).resolves(report(pending))
    rds.on(CreateDBClusterSnapshotCommand).rejects(new DBClusterSnapshotAlreadyExistsFault({ ...metadata, message: 'exists' }))
    expect((await onEvent(update)).Data?.['snapshotId']).toMatch(/^nestegg-a1b2c3d4e5f6-/)
  })

  it('after a failed Update takes its own snapshot of what is still pending, and goes on', async () => {
    lambda
      .on(InvokeCommand)
      .resolvesOnce(report(pending))
      .resolvesOnce({ FunctionError: 'Unhandled', Payload: answer({ errorMessage: '0003_lots failed at its statement 1' }) })
      .resolvesOnce(report(pending))
      .resolvesOnce(report({ applied: ['0003_lots'] }))
    rds.on(DescribeDBClusterSnapshotsCommand).resolves({ DBClusterSnapshots: [{ Status: 'available' }] })
    await onEvent(update)
    await expect(isComplete(afterwards(update, { snapshotId: 'nestegg-first' }))).rejects.toThrow('0003_lots failed at its statement 1')
    const again = await onEvent(update)
    expect(again.Data?.['snapshotId']).toMatch(/^nestegg-a1b2c3d4e5f6-/)
    expect(await isComplete(afterwards(update, again.Data ?? {}))).toMatchObject({ IsComplete: true, Data: { applied: '0003_lots' } })
    expect(requests().at(-1)).toEqual({ action: 'apply', snapshotId: again.Data?.['snapshotId'] })
  })
})

it('Delete does nothing', async () => {
  expect(await onEvent(remove)).toEqual({ PhysicalResourceId: 'database-migrations' })
  expect(await isComplete(afterwards(remove, {}))).toEqual({ IsComplete: true })
  for (const mock of [lambda, rds, dataApi, secretsManager]) expect(mock.calls()).toHaveLength(0)
})

describe('isComplete', () => {
  const event = afterwards(update, { snapshotId: 'nestegg-a1b2c3d4e5f6-20260101000000' })
  const snapshotIs = (Status: string | undefined) =>
    rds.on(DescribeDBClusterSnapshotsCommand).resolves({ DBClusterSnapshots: Status === undefined ? [] : [{ Status }] })

  it('is not complete until the snapshot is available', async () => {
    snapshotIs('creating')
    expect(await isComplete(event)).toEqual({ IsComplete: false })
    expect(lambda.calls()).toHaveLength(0)
  })

  it.each(['failed', 'deleting', undefined])('stops when the snapshot is %s', async status => {
    snapshotIs(status)
    await expect(isComplete(event)).rejects.toThrow(`is ${status ?? 'gone'}; nothing was migrated.`)
    expect(lambda.calls()).toHaveLength(0)
  })

  it('applies when the snapshot is available, and a second time without effect', async () => {
    snapshotIs('available')
    lambda
      .on(InvokeCommand)
      .resolvesOnce(report({ applied: ['0003_lots'] }))
      .resolvesOnce(report({}))
    expect(await isComplete(event)).toEqual({ IsComplete: true, Data: { applied: '0003_lots' } })
    expect(await isComplete(event)).toEqual({ IsComplete: true, Data: { applied: '' } })
  })

  it('is not complete while another migrator holds the lock', async () => {
    snapshotIs('available')
    const busy = { errorType: 'MigratorBusy', errorMessage: 'Waited 10 s for another migrator' }
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled', Payload: answer(busy) })
    expect(await isComplete(event)).toEqual({ IsComplete: false })
  })

  it.each([
    new TooManyRequestsException({ ...metadata, message: 'Rate exceeded' }),
    new ResourceNotReadyException({ ...metadata, message: 'The function is inactive and its VPC connection is no longer available.' }),
  ])('calls again after %s', async refusal => {
    snapshotIs('available')
    lambda
      .on(InvokeCommand)
      .rejectsOnce(refusal)
      .resolves(report({ applied: ['0003_lots'] }))
    expect(await isComplete(event)).toMatchObject({ IsComplete: true, Data: { applied: '0003_lots' } })
    expect(lambda.commandCalls(InvokeCommand)).toHaveLength(2)
  })

  describe('deletes old snapshots', () => {
    const snapshot = (id: string, day: number, Status = 'available'): DBClusterSnapshot => ({
      DBClusterSnapshotIdentifier: id,
      SnapshotCreateTime: new Date(Date.UTC(2026, 0, day)),
      Status,
    })
    const name = (day: number) => `nestegg-a1b2c3d4e5f6-202601${String(day).padStart(2, '0')}000000`
    const deleted = () => rds.commandCalls(DeleteDBClusterSnapshotCommand).map(call => call.args[0].input.DBClusterSnapshotIdentifier)
    beforeEach(() => {
      snapshotIs('available')
      lambda.on(InvokeCommand).resolves(report({ applied: ['0003_lots'] }))
    })

    it('of migrations, all but the newest, and no others', async () => {
      const all = [snapshot(name(2), 2), snapshot(name(4), 4), snapshot(name(1), 1), snapshot(name(3), 3)]
      const others = [snapshot('by-hand', 1), snapshot('nestegg-before-the-audit', 1), snapshot(name(9), 9, 'creating')]
      const query = { DBClusterIdentifier: 'nestegg', SnapshotType: 'manual' }
      rds
        .on(DescribeDBClusterSnapshotsCommand, query)
        .resolvesOnce({ DBClusterSnapshots: [...all.slice(0, 2), ...others], Marker: 'more' })
        .resolves({ DBClusterSnapshots: all.slice(2) })
      expect(await isComplete(event)).toMatchObject({ IsComplete: true })
      expect(deleted()).toEqual([name(2), name(1)])
    })

    it('and is complete even if it cannot', async () => {
      rds.on(DescribeDBClusterSnapshotsCommand, { DBClusterIdentifier: 'nestegg', SnapshotType: 'manual' }).rejects(new Error('denied'))
      expect(await isComplete(event)).toMatchObject({ IsComplete: true })
      expect(logged.join('')).toContain('Old snapshots could not be deleted')
    })
  })

  it.each([
    [{ errorMessage: '0003_lots failed at its statement 2: x', errorType: 'MigrationError' }, '0003_lots failed at its statement 2: x'],
    [null, 'No reason was given.'],
  ])("tells the applier's reason: %j", async (payload, reason) => {
    snapshotIs('available')
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled', Payload: answer(payload) })
    await expect(isComplete(event)).rejects.toThrow(`The migration failed. ${reason}`)
  })

  it('limits the length of its answers, for successes and failures', async () => {
    snapshotIs('available')
    const tags = Array.from({ length: 500 }, (_, index) => `${String(index).padStart(4, '0')}_a_long_name_of_a_migration`)
    lambda.on(InvokeCommand).resolvesOnce(report({ applied: tags }))
    expect(JSON.stringify(await isComplete(event)).length).toBeLessThan(2_500)
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled', Payload: answer({ errorMessage: 'x'.repeat(100_000) }) })
    await expect(isComplete(event)).rejects.toSatisfy(error => error instanceof Error && error.message.length < 2_500)
  })
})

it('logs no secret', async () => {
  lambda.on(InvokeCommand).resolves(report({ pending: ['0003_lots'] }))
  rds.on(DescribeDBClusterSnapshotsCommand).resolves({ DBClusterSnapshots: [{ Status: 'available' }] })
  const { Data } = await onEvent(update)
  await isComplete(afterwards(update, Data ?? {}))
  expect(logged.length).toBeGreaterThan(0)
  expect(logged.join('\n')).not.toContain(password)
})

it.each([
  'IDENTITY_FUNCTIONS_SECRET_ARN',
  'INVITATION_FUNCTIONS_SECRET_ARN',
  'RUN_FUNCTIONS_SECRET_ARN',
  'AUDIT_FUNCTIONS_SECRET_ARN',
  'WEALTH_FUNCTIONS_SECRET_ARN',
  'CLUSTER_IDENTIFIER',
  'APPLIER_FUNCTION_NAME',
  'MIGRATIONS_HASH',
  'KEPT_SNAPSHOTS',
  'DATA_API_CLUSTER_ARN',
  'DATA_API_SECRET_ARN',
])('without %s fails with an error that names it', async name => {
  vi.stubEnv(name, undefined)
  await expect(onEvent(create)).rejects.toThrow(name)
})
