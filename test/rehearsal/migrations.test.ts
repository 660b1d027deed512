import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { connect, type Sql } from '../../db/connections.ts'
import { readMigrations } from '../../db/migrate/index.ts'
import { type DataApi, startDataApi } from '../../local/data-api/server.ts'
import { locate, type PrivateServer, startEmptyServer } from '../support/postgres.ts'
import { type CloudFormation, type Release, startCloudFormation } from './custom-resource.ts'
import { hostCredentials, secretUsers } from './data-api.ts'
import { deployed } from './deployed.ts'
import { startFunctions } from './functions.ts'
import { releaseWith } from './releases.ts'
import { type SnapshotsStandIn, startSnapshots } from './snapshots.ts'
import { type StandIn, startSecrets } from './stand-ins.ts'

const prod = await deployed('prod')
const resourceType = 'Custom::DatabaseMigrations'
const [resource] = prod.resources(resourceType)
const [cluster] = prod.resources('AWS::RDS::DBCluster')
const { DatabaseName, MasterUsername } = z.object({ DatabaseName: z.string(), MasterUsername: z.string() }).parse(cluster!.properties)
const migrator = prod.functionsOf('operations/migrate-database')[0]!
const users = [...secretUsers(prod)].map(([arn, username]) => ({ arn, username, password: randomBytes(24).toString('hex') }))
const tags = readMigrations().map(({ tag }) => tag)
/** The tag of a migration that a test adds after those of the project. */
const tagAfter = (place: number, name: string): string => `${String(tags.length + place).padStart(4, '0')}_${name}`

let server: PrivateServer
let superuser: Sql
let dataApi: DataApi
let secrets: StandIn
let snapshots: SnapshotsStandIn
let cloudFormation: CloudFormation

/** A server like a new cluster: its administrator is no superuser, and no other role exists. */
beforeAll(async () => {
  server = await startEmptyServer()
  const { password } = server.server
  const administrator = connect(locate(server.server, 'postgres'), 'postgres')
  await administrator.unsafe(`create role ${MasterUsername} login createrole createdb password '${password}'`)
  // In place of IAM: every role that it makes has the password of the server.
  await administrator.unsafe(`alter role ${MasterUsername} set nestegg.local_password = '${password}'`)
  await administrator.unsafe(`create database ${DatabaseName} owner ${MasterUsername}`)
  await administrator.end()
  superuser = connect(locate(server.server, DatabaseName), 'postgres')
  dataApi = await startDataApi({
    clusterArn: cluster!.arn!,
    credentials: hostCredentials,
    secrets: { [migrator.environment['DATA_API_SECRET_ARN']!]: { user: MasterUsername, password } },
    location: { ...locate(server.server, DatabaseName) },
  })
  secrets = await startSecrets(Object.fromEntries(users.map(({ arn, password: own, username }) => [arn, { username, password: own }])))
  snapshots = await startSnapshots(cluster!.name)
  cloudFormation = await newCloudFormation()
})
afterAll(async () => {
  await cloudFormation.close()
  await Promise.all([snapshots.close(), dataApi.close()])
  await superuser.end()
  await server.remove()
})

const newCloudFormation = (): Promise<CloudFormation> =>
  startCloudFormation({
    release: prod,
    resourceType,
    start: (release, endpoints, added) =>
      startFunctions({
        deployed: release,
        database: { location: locate(server.server, DatabaseName) },
        endpoints: { ...endpoints, RDS: snapshots.url, RDS_DATA: dataApi.endpoint, SECRETS_MANAGER: secrets.url },
        added,
      }),
  })

/** The release with another time limit for the function that applies migrations. */
const withLimit = (release: Release, timeoutSeconds: number): Release => ({
  ...release,
  functions: () => release.functions().map(lambda => (lambda.unit === 'apply-migrations' ? { ...lambda, timeoutSeconds } : lambda)),
})

const PhysicalResourceId = 'database-migrations'
const update = { RequestType: 'Update', PhysicalResourceId, OldResourceProperties: resource!.properties } as const
/** Later releases, each with one more migration. */
const first = releaseWith(prod, 'add_first', ['create table operations.first (id integer)'])
const second = releaseWith(first, 'add_second', ['create table operations.second (id integer)'])
const exists = async (table: string) => (await superuser`select to_regclass(${`operations.${table}`}) is not null as found`)[0]!['found']
const taken = () => [...snapshots.snapshots.keys()]

// A deployment starts a dozen processes, one after the other.
describe('the resource of the migrations', { timeout: 120_000 }, () => {
  it('ends before CloudFormation gives up', () => {
    const waiter = prod.byArn(
      prod.functions().find(({ handler }) => handler === 'framework.onEvent')!.environment['WAITER_STATE_MACHINE_ARN']!,
    )
    const [, interval, attempts] = /"IntervalSeconds":(\d+),"MaxAttempts":(\d+)/.exec(String(waiter.properties['DefinitionString']))!
    expect(Number(interval) * Number(attempts)).toBeLessThan(Number(resource!.properties['ServiceTimeout']))
  })

  it('makes the roles and the whole database when it is created, without a snapshot', async () => {
    const created = await cloudFormation.send({ RequestType: 'Create' })
    expect(created).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId, Data: { applied: tags.join(', ') } })
    expect(taken()).toEqual([])
    expect(await superuser`select from planning.capital_market_assumptions where household_id is null`).not.toHaveLength(0)
    for (const { password, username } of users) {
      const { host, port } = server.server
      const sql = postgres({ host, port, database: DatabaseName, username, password, max: 1 })
      expect(await sql`select current_user::text as name`).toEqual([{ name: username }])
      await sql.end()
    }
  })

  it('does nothing when it is updated and nothing is pending', async () => {
    const updated = await cloudFormation.send(update, { migrationsHash: 'changed' })
    expect(updated).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId, Data: { applied: '' } })
    expect(taken()).toEqual([])
  })

  it('migrates after a snapshot is complete when something is pending', async () => {
    let looks = 0
    snapshots.looksUntilAvailable = 2
    snapshots.onCreate = async () => expect(await exists('first')).toBe(false)
    cloudFormation.onWait = async () => {
      looks += 1
      expect(await exists('first')).toBe(false)
    }
    await cloudFormation.deploy(first)
    const updated = await cloudFormation.send(update)
    expect(updated).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId,
      Data: { applied: tagAfter(0, 'add_first') },
    })
    expect(looks).toBe(2)
    expect(taken()).toEqual([expect.stringMatching(/^nestegg-[0-9a-f]{12}-\d{14}$/)])
    expect(await exists('first')).toBe(true)
    snapshots.looksUntilAvailable = 0
    snapshots.onCreate = () => undefined
    cloudFormation.onWait = () => undefined
  })

  it('leaves the database as it is when an older release comes back', async () => {
    await cloudFormation.deploy(prod)
    const back = await cloudFormation.send(update)
    expect(back).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    expect(await exists('first')).toBe(true)
  })

  it('says what failed, changes nothing, and can be rolled back', async () => {
    const faulty = releaseWith(first, 'divide', ['create table operations.second (id integer)', 'select 1 / 0'])
    await cloudFormation.deploy(faulty)
    const failed = await cloudFormation.send(update)
    expect(failed).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId,
      Reason: expect.stringContaining(`${tagAfter(1, 'divide')} failed at its statement 2`),
    })
    expect(await exists('second')).toBe(false)
    // CloudFormation gives the functions their former code, then sends an update with the former properties.
    await cloudFormation.deploy(first)
    const rolledBack = await cloudFormation.send({ ...update, OldResourceProperties: { migrationsHash: 'faulty' } })
    expect(rolledBack).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId, Data: { applied: '' } })
  })

  it('fails when the function that migrates runs out of time, and can be rolled back', async () => {
    const slow = releaseWith(first, 'sleep', ['create table operations.second (id integer)', 'select pg_sleep(4)'])
    await cloudFormation.deploy(withLimit(slow, 2))
    const failed = await cloudFormation.send(update)
    expect(failed).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId,
      Reason: expect.stringContaining('Task timed out after 2.00 seconds'),
    })
    await cloudFormation.deploy(first)
    expect(await cloudFormation.send(update)).toMatchObject({ Status: 'SUCCESS', Data: { applied: '' } })
    expect(await exists('second')).toBe(false)
  })

  it('fails when the snapshot takes longer than the whole time', async () => {
    snapshots.looksUntilAvailable = Infinity
    let waits = 0
    cloudFormation.onWait = () => void (waits += 1)
    cloudFormation.attempts = 3
    await cloudFormation.deploy(second)
    const failed = await cloudFormation.send(update)
    expect(failed).toMatchObject({ Status: 'FAILED', PhysicalResourceId, Reason: 'Operation timed out' })
    expect(waits).toBe(3)
    expect(await exists('second')).toBe(false)
    snapshots.looksUntilAvailable = 0
    cloudFormation.attempts = undefined
  })

  it('waits while another migrator is at work', async () => {
    const other = connect(locate(server.server, DatabaseName), 'nestegg_owner')
    const ended = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    // The lock of db/migrate/lock.ts.
    const holding = other.begin(async transaction => {
      await transaction`select pg_advisory_xact_lock(7011190516)`
      locked.resolve()
      await ended.promise
    })
    await locked.promise
    let waits = 0
    cloudFormation.onWait = () => {
      waits += 1
      ended.resolve()
    }
    await cloudFormation.deploy(first)
    expect(await cloudFormation.send(update)).toMatchObject({ Status: 'SUCCESS', Data: { applied: '' } })
    expect(waits).toBe(1)
    await holding
    await other.end()
  })

  it('migrates once when two updates run at the same time', async () => {
    const another = await newCloudFormation()
    await Promise.all([another, cloudFormation].map(each => each.deploy(second)))
    const answers = await Promise.all([another, cloudFormation].map(each => each.send(update)))
    await another.close()
    expect(answers.map(({ Reason, Status }) => `${Status} ${Reason}`)).toEqual(['SUCCESS SUCCESS', 'SUCCESS SUCCESS'])
    expect(answers.map(({ Data }) => String(Data?.['applied'])).toSorted()).toEqual(['', tagAfter(1, 'add_second')])
    expect(await exists('second')).toBe(true)
  })

  it('changes nothing when it is deleted', async () => {
    const before = taken()
    const removed = await cloudFormation.send({ RequestType: 'Delete', PhysicalResourceId })
    expect(removed).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    expect(taken()).toEqual(before)
    expect(await exists('first')).toBe(true)
  })

  it('that could not be created is deleted without a call', async () => {
    await secrets.close()
    const failed = await cloudFormation.send({ RequestType: 'Create' })
    expect(failed.Status).toBe('FAILED')
    const removed = await cloudFormation.send({ RequestType: 'Delete', PhysicalResourceId: failed.PhysicalResourceId })
    expect(removed).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: failed.PhysicalResourceId })
  })
})
