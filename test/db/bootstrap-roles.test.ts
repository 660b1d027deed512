import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DataApi, startDataApi } from '../../local/data-api/server.ts'
import { connect, type Sql } from '../../db/connections.ts'
import { dataApiClient } from '../../db/data-api.ts'
import { bootstrapRoles, bootstrapRolesOverDataApi } from '../../db/migrate/index.ts'
import { type DatabaseRole, databaseRoles, type FunctionRole, functionRoles } from '../../db/roles.ts'
import { locate, type PrivateServer, startEmptyServer } from '../support/postgres.ts'
import { makeCredentials } from '../../local/signatures.ts'

// Roles belong to the server, so these tests use a separate server.
let started: PrivateServer
let administrator: Sql
beforeAll(async () => {
  started = await startEmptyServer()
  administrator = connect(locate(started.server, 'postgres'), 'postgres')
})
afterAll(async () => {
  await administrator.end()
  await started.remove()
})

const passwords = async () => {
  const rows = await administrator<{ name: string; password: string | null }[]>`
    select rolname as name, rolpassword as password from pg_authid where rolname like 'nestegg%' order by rolname`
  return Object.fromEntries(rows.map(({ name, password }) => [name, password]))
}

describe('with passwords for a laptop', () => {
  it('makes all roles, makes nestegg_owner the owner of the database, and may be repeated', async () => {
    await bootstrapRoles(administrator, { local: started.server.password })
    await bootstrapRoles(administrator, { local: started.server.password })
    expect(Object.keys(await passwords())).toEqual(databaseRoles.toSorted())
    const [database] = await administrator`select datdba::regrole::text as owner from pg_database where datname = current_database()`
    expect(database).toEqual({ owner: 'nestegg_owner' })
    for (const role of databaseRoles) {
      const sql = connect(locate(started.server, 'postgres'), role)
      expect(await sql`select current_user::text as name`).toEqual([{ name: role }])
      await sql.end()
    }
  })

  it('keeps the passwords when none is given', async () => {
    const before = await passwords()
    await bootstrapRoles(administrator, {})
    expect(await passwords()).toEqual(before)
  })

  it('waits for another one that runs at the same time', async () => {
    const others = Array.from({ length: 8 }, () => connect(locate(started.server, 'postgres'), 'postgres'))
    const results = await Promise.allSettled(others.map(sql => bootstrapRoles(sql, {})))
    for (const sql of others) await sql.end()
    expect(results.map(({ status }) => status)).toEqual(others.map(() => 'fulfilled'))
  })

  it('takes any text as a password', async () => {
    const password = `it's "odd" $roles$ :password \\ {}`
    await bootstrapRoles(administrator, { functions: { nestegg_runs: password } })
    const before = await passwords()
    await bootstrapRoles(administrator, { functions: { nestegg_runs: 'another' } })
    expect((await passwords())['nestegg_runs']).not.toBe(before['nestegg_runs'])
    expect((await passwords())['nestegg_identity']).toBe(before['nestegg_identity'])
  })

  it('limits how long each role may run a statement, wait for a lock, or stay idle in a transaction or without one', async () => {
    const rows = await administrator<{ name: string; settings: string }[]>`
      select rolname as name, array_to_string(rolconfig, ',') as settings from pg_roles where rolconfig is not null and rolname like 'nestegg%' order by 1`
    const ofRequests = 'statement_timeout=25s,lock_timeout=20s,idle_in_transaction_session_timeout=60s'
    const settings: Partial<Record<DatabaseRole, string>> = {
      nestegg_backup: 'statement_timeout=15min,lock_timeout=20s,idle_in_transaction_session_timeout=60s,idle_session_timeout=10min',
      nestegg_operator: 'statement_timeout=15min,lock_timeout=5min,idle_in_transaction_session_timeout=5min,idle_session_timeout=20min',
      nestegg_owner: 'statement_timeout=1h,lock_timeout=1min,idle_in_transaction_session_timeout=5min,idle_session_timeout=1h',
      ...Object.fromEntries(Object.values(functionRoles).map(role => [role, `${ofRequests},idle_session_timeout=0`])),
    }
    const expected = databaseRoles
      .toSorted()
      .map(name => ({ name, settings: settings[name] ?? `${ofRequests},idle_session_timeout=10min` }))
    expect([...rows]).toEqual(expected)
  })
})

describe('over the Data API', () => {
  const clusterArn = 'arn:aws:rds:eu-west-1:123456789012:cluster:nestegg'
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:administrator'
  const credentials = makeCredentials()
  let dataApi: DataApi
  beforeAll(async () => {
    const secrets = { [secretArn]: { user: 'postgres', password: started.server.password } }
    dataApi = await startDataApi({ credentials, clusterArn, secrets, location: locate(started.server, 'postgres') })
  })
  afterAll(() => dataApi.close())

  const run = (text: string) => {
    const entries = Object.values(functionRoles).map(role => [role, `${text} of ${role}`])
    const secrets = Object.fromEntries(entries) as Record<FunctionRole, string>
    const client = dataApiClient({
      region: 'eu-west-1',
      endpoint: dataApi.endpoint,
      credentials,
    })
    const retryOptions = { sleep: async () => undefined }
    return bootstrapRolesOverDataApi({ client, clusterArn, secretArn, database: 'postgres', ...retryOptions }, secrets)
  }

  it('gives each role of functions its password, and no password to any other role', async () => {
    const before = await passwords()
    await run('a new secret')
    const after = await passwords()
    const changed = Object.keys(after).filter(name => after[name] !== before[name])
    expect(changed.toSorted()).toEqual(Object.values(functionRoles).toSorted())
  })

  it.each(['BeginTransaction', 'ExecuteStatement', 'CommitTransaction'] as const)(
    'goes on when the cluster resumes during %s',
    async operation => {
      const before = await passwords()
      dataApi.injectFault({ operation, error: 'DatabaseResumingException', times: 2 })
      await run(`after ${operation}`)
      expect((await passwords())['nestegg_runs']).not.toBe(before['nestegg_runs'])
    },
  )

  it('changes nothing when a statement is refused', async () => {
    const before = await passwords()
    dataApi.injectFault({ operation: 'CommitTransaction', error: 'BadRequestException', times: 1 })
    await expect(run('never')).rejects.toMatchObject({ name: 'BadRequestException' })
    expect(await passwords()).toEqual(before)
  })
})
