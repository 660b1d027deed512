import { readFileSync } from 'node:fs'
import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type DataApi, startDataApi } from '../../local/data-api/server.ts'
import { freePort } from '../../local/postgres.ts'
import { connect, type Sql } from '../../db/connections.ts'
import {
  DatabaseFunctionError,
  DatabaseUnreachableError,
  dataApiCaller,
  dataApiClient,
  directCaller,
  type FunctionCaller,
  type JsonValue,
} from '../../db/data-api.ts'
import type { RetryOptions } from '../../db/data-api/retry.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { makeCredentials } from '../../local/signatures.ts'

const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:nestegg-test'
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:nestegg-test-abcdef'
const credentials = makeCredentials()

let database: TestDatabase
let administrator: Sql
let dataApi: DataApi
let waits: number[] = []

/** Waits take no real time, but move the test's clock. */
const timing = (): RetryOptions => {
  let now = 0
  return {
    now: () => now,
    sleep: async milliseconds => {
      waits.push(milliseconds)
      now += milliseconds
    },
  }
}

const overDataApi = (
  options: RetryOptions = timing(),
  client = dataApiClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials }),
) => dataApiCaller({ client, clusterArn, secretArn, database: database.location.database, ...options })

let direct: FunctionCaller
const ways = ['the Data API', 'a connection'] as const
const callerOver = (way: (typeof ways)[number]): FunctionCaller => (way === 'a connection' ? direct : overDataApi())

const testFunctions = [
  'create table identity.entries (name text primary key)',
  'create table identity.tries (name text)',
  `create function identity.echo(document jsonb) returns jsonb language sql as 'select document'`,
  `create function identity.nothing(document jsonb) returns jsonb language sql as 'select null::jsonb'`,
  `create function identity.enter(document jsonb) returns jsonb language plpgsql security definer as $$
     begin insert into identity.entries values (document ->> 'name'); return document; end $$`,
  `create function identity.attempt(document jsonb) returns jsonb language plpgsql security definer as $$
     begin insert into identity.tries values (document ->> 'name'); return document; end $$`,
  `create function identity.dawdle(document jsonb) returns jsonb language plpgsql as $$
     begin perform pg_sleep(10); return document; end $$`,
  `create function identity.complain(document jsonb) returns jsonb language plpgsql as $$
     begin raise exception 'half; way: %', document ->> 'way' using errcode = 'NE001', detail = 'a detail', hint = 'a hint'; end $$`,
  'create sequence identity.calls',
  `create function identity.collide(document jsonb) returns jsonb language plpgsql security definer as $$
     begin
       insert into identity.tries values (document ->> 'state');
       if nextval('identity.calls') = 1 then raise exception 'another call came first' using errcode = document ->> 'state'; end if;
       return document;
     end $$`,
  ...['echo', 'nothing', 'enter', 'attempt', 'dawdle', 'complain', 'collide'].map(
    name => `grant execute on function identity.${name}(jsonb) to nestegg_identity`,
  ),
]

beforeAll(async () => {
  database = await createTestDatabase()
  administrator = database.connect('postgres')
  for (const statement of testFunctions) await administrator.unsafe(statement)
  const { host, port, passwordFile } = inject('postgres')
  const secrets = { [secretArn]: { user: 'nestegg_identity', password: readFileSync(passwordFile, 'utf8').trim() } }
  dataApi = await startDataApi({ credentials, clusterArn, secrets, location: { host, port, database: database.location.database } })
  direct = directCaller(database.connect('nestegg_identity', 5))
})
beforeEach(async () => {
  waits = []
  await administrator`truncate identity.entries, identity.tries`
  await administrator`alter sequence identity.calls restart`
})
afterAll(async () => {
  await dataApi.close()
  await database.drop()
})

const attempts = async (): Promise<string[]> =>
  (await administrator<{ name: string }[]>`select name from identity.tries`).map(({ name }) => name)
const failureOf = async (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (error: Error & { sqlState?: string }) => ({ name: error.name, message: error.message, sqlState: error.sqlState }),
  )

describe.each(ways)('over %s', way => {
  it.each<[string, JsonValue]>([
    ['an object', { text: `it's "quoted" \\ :document $1 – ünï`, list: [1, 2.5, null, { deep: [true] }], empty: {} }],
    ['text', 'plain'],
    ['null', null],
    ['a large document', { text: 'x'.repeat(60_000) }],
  ])('%s goes in and comes out as it is', async (_, document) => {
    expect(await callerOver(way).call('identity.echo', document)).toEqual(document)
  })

  it('an SQL null is null', async () => {
    expect(await callerOver(way).call('identity.nothing', {})).toBeNull()
  })

  it('every kind of identity event is recorded', async () => {
    const caller = callerOver(way)
    const subject = `subject over ${way}`
    const email = `${way.replaceAll(' ', '-')}@example.com`
    const record = async (kind: string, more: Record<string, JsonValue> = {}) => {
      const { userId } = (await caller.call('identity.record_identity_event', { kind, subject, ...more })) as { userId: string }
      return { userId }
    }
    const signedUp = await record('signed-up', { email, firstName: 'Ada', lastName: 'Lovelace', request: { ipAddress: '192.0.2.1' } })
    expect(signedUp).toEqual({ userId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    for (const kind of ['confirmed', 'sign-in-failed', 'locked-out', 'password-changed', 'sign-in-failed'])
      expect(await record(kind)).toEqual(signedUp)
    expect(await record('mfa-changed', { mfaEnabled: true })).toEqual(signedUp)
    const user = async () =>
      (
        await administrator`select first_name, email, is_verified, mfa_enabled, failed_login_attempts, last_login is not null as signed_in
        from identity.users where cognito_sub = ${subject}`
      )[0]
    const known = { first_name: 'Ada', email, is_verified: true, mfa_enabled: true }
    expect(await user()).toEqual({ ...known, failed_login_attempts: 1, signed_in: false })
    expect(await record('signed-in', { email })).toEqual(signedUp)
    expect(await user()).toEqual({ ...known, failed_login_attempts: 0, signed_in: true })
    expect(await caller.call('identity.record_identity_event', { kind: 'sign-in-failed', email: 'nobody@example.com' })).toMatchObject({
      userId: null,
    })
  })

  it('an unknown kind of event is an error, and changes nothing', async () => {
    const caller = callerOver(way)
    await caller.call('identity.record_identity_event', { kind: 'signed-up', subject: 'known' })
    expect(await failureOf(caller.call('identity.record_identity_event', { kind: 'abducted', subject: 'known' }))).toEqual({
      name: 'DatabaseFunctionError',
      message: 'unknown identity event abducted',
      sqlState: '22023',
    })
  })

  it.each<[string, string, JsonValue, string, string]>([
    ['a unique violation', 'enter', { name: 'taken' }, '23505', 'duplicate key value violates unique constraint "entries_pkey"'],
    ['a not-null violation', 'enter', {}, '23502', 'null value in column "name" of relation "entries" violates not-null constraint'],
    ["a function's own error", 'complain', { way: 'home' }, 'NE001', 'half; way: home'],
    ['a function that is not there', 'missing', {}, '42883', 'function identity.missing(jsonb) does not exist'],
  ])('%s has its SQLSTATE and message', async (_, name, document, sqlState, message) => {
    await administrator`insert into identity.entries values ('taken')`
    expect(await failureOf(callerOver(way).call(`identity.${name}`, document))).toEqual({
      name: 'DatabaseFunctionError',
      message,
      sqlState,
    })
  })

  it.each(['40001', '40P01'])('a call that was undone because of another one (%s) is sent again', async state => {
    expect(await callerOver(way).call('identity.collide', { state })).toEqual({ state })
    expect(await attempts()).toEqual([state])
  })

  it("the database's own error has its own class", async () => {
    await expect(callerOver(way).call('identity.complain', {})).rejects.toThrow(DatabaseFunctionError)
  })

  it('a function that the role may not execute is refused', async () => {
    const failure = await failureOf(callerOver(way).call('operations.begin_request', {}))
    expect(failure).toMatchObject({
      name: 'DatabaseFunctionError',
      sqlState: '42501',
      message: 'permission denied for function begin_request',
    })
  })

  it.each(['echo', 'identity.echo()', 'identity.echo; drop table x', 'Identity.Echo', 'a"b.c'])(
    '%s is not taken for a function',
    async name => {
      await expect(callerOver(way).call(name, {})).rejects.toThrow(TypeError)
    },
  )

  it('each of fifty simultaneous calls gets its own answer', async () => {
    const caller = callerOver(way)
    const documents = Array.from({ length: 50 }, (_, index) => ({ index }))
    expect(await Promise.all(documents.map(document => caller.call('identity.echo', document)))).toEqual(documents)
  })
})

describe('a database that cannot be reached', () => {
  it.each(['DatabaseResumingException', 'DatabaseUnavailableException', 'ServiceUnavailableError', 'ThrottlingException'] as const)(
    'for a while (%s) is called again, after growing waits, until it answers',
    async error => {
      dataApi.injectFault({ error, times: 3 })
      expect(await overDataApi({ ...timing(), random: () => 1 }).call('identity.attempt', { name: 'once' })).toEqual({ name: 'once' })
      expect(waits).toEqual([250, 500, 1_000])
      expect(await attempts()).toEqual(['once'])
    },
  )

  it('spreads its callers: half of each wait is random', async () => {
    dataApi.injectFault({ error: 'DatabaseResumingException', times: 2 })
    await overDataApi({ ...timing(), random: () => 0 }).call('identity.echo', 1)
    expect(waits).toEqual([125, 250])
  })

  it('for longer than the time budget is an error with that reason', async () => {
    dataApi.injectFault({ error: 'DatabaseResumingException', times: 8 })
    const failed = overDataApi({ ...timing(), random: () => 1, timeBudgetMilliseconds: 15_000 }).call('identity.attempt', { name: 'never' })
    await expect(failed).rejects.toMatchObject({ name: 'DatabaseUnreachableError', mayHaveBeenApplied: false, attempts: 7 })
    await expect(failed).rejects.toThrow(DatabaseUnreachableError)
    await expect(failed).rejects.toThrow(/^identity.attempt got no answer .* and it was not applied. DatabaseResumingException/)
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000])
    await overDataApi().call('identity.echo', null)
    expect(await attempts()).toEqual([])
  })

  it('is the same over a connection', async () => {
    const unusedPort = { ...database.location, port: await freePort() }
    const sql = connect(unusedPort, 'nestegg_identity')
    const failed = directCaller(sql, { ...timing(), random: () => 1, timeBudgetMilliseconds: 1_000 }).call('identity.echo', null)
    await expect(failed).rejects.toMatchObject({ name: 'DatabaseUnreachableError', mayHaveBeenApplied: false, attempts: 3 })
    await sql.end()
  })
})

describe('a lost answer', () => {
  const lost = ['ConnectionReset', 'StatementTimeoutException', 'InternalServerErrorException'] as const

  it.each(lost)('(%s) is not retried: the call may have been applied', async error => {
    dataApi.injectFault({ error, times: 1, when: 'after' })
    const failed = overDataApi().call('identity.attempt', { name: 'once' })
    await expect(failed).rejects.toMatchObject({ name: 'DatabaseUnreachableError', mayHaveBeenApplied: true, attempts: 1 })
    expect(await attempts()).toEqual(['once'])
  })

  it.each(lost)('(%s) is retried if the call is idempotent', async error => {
    dataApi.injectFault({ error, times: 1, when: 'after' })
    expect(await overDataApi().call('identity.attempt', { name: 'twice' }, { idempotent: true })).toEqual({ name: 'twice' })
    expect(await attempts()).toEqual(['twice', 'twice'])
  })

  it('is not waited for longer than the time budget', async () => {
    const failed = overDataApi({ timeBudgetMilliseconds: 200 }).call('identity.dawdle', {})
    await expect(failed).rejects.toMatchObject({ name: 'DatabaseUnreachableError', mayHaveBeenApplied: true })
  })
})

describe('a request', () => {
  it('over the limit of the Data API is refused before it is sent', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`
    const caller = overDataApi(timing(), dataApiClient({ endpoint, region: 'us-east-1', credentials }))
    await expect(caller.call('identity.echo', '"'.repeat(1_100_000))).rejects.toThrow(RangeError)
    await expect(caller.call('identity.echo', 'x')).rejects.toMatchObject({ name: 'DatabaseUnreachableError' })
  })

  it('just under the limit is sent; a result over the limit of the Data API is refused', async () => {
    const name = 'x'.repeat(4_180_000)
    await expect(overDataApi().call('identity.attempt', { name })).rejects.toThrow('row size limit')
    expect(await attempts()).toEqual([name])
  })

  it('by a client that retries requests by itself is refused', async () => {
    const client = new RDSDataClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials })
    await expect(overDataApi(timing(), client).call('identity.echo', 1)).rejects.toThrow('Make it with dataApiClient')
  })

  it('finally refused by the service keeps its error', async () => {
    const client = dataApiClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials })
    const caller = dataApiCaller({
      client,
      clusterArn: `${clusterArn}-other`,
      secretArn,
      database: database.location.database,
      ...timing(),
    })
    await expect(caller.call('identity.echo', 1)).rejects.toMatchObject({ name: 'DatabaseNotFoundException' })
    expect(waits).toEqual([])
  })
})
