import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DataApi, startDataApi } from '../../local/data-api/server.ts'
import { connect, type Sql } from '../../db/connections.ts'
import { dataApiClient } from '../../db/data-api.ts'
import { bootstrapRoles, bootstrapRolesOverDataApi } from '../../db/migrate/index.ts'
import { databaseRoles } from '../../db/roles.ts'
import { locate, type PrivateServer, startEmptyServer } from '../support/postgres.ts'

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

  it('takes any text as a password', async () => {
    const password = `it's "odd" $roles$ :password \\ {}`
    await bootstrapRoles(administrator, { functions: password })
    const before = await passwords()
    await bootstrapRoles(administrator, { functions: 'another' })
    expect((await passwords())['nestegg_functions']).not.toBe(before['nestegg_functions'])
  })

  it('limits how long a request may run or stay idle', async () => {
    const rows = await administrator<{ name: string; settings: string }[]>`
      select rolname as name, array_to_string(rolconfig, ',') as settings from pg_roles where rolconfig is not null and rolname like 'nestegg%' order by 1`
    expect([...rows]).toEqual([
      { name: 'nestegg_functions', settings: 'statement_timeout=25s' },
      { name: 'nestegg_read', settings: 'statement_timeout=25s,idle_in_transaction_session_timeout=60s' },
      { name: 'nestegg_write', settings: 'statement_timeout=25s,idle_in_transaction_session_timeout=60s' },
    ])
  })
})

describe('over the Data API', () => {
  const clusterArn = 'arn:aws:rds:eu-west-1:123456789012:cluster:nestegg'
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:administrator'
  let dataApi: DataApi
  beforeAll(async () => {
    const secrets = { [secretArn]: { user: 'postgres', password: started.server.password } }
    dataApi = await startDataApi({ clusterArn, secrets, location: locate(started.server, 'postgres') })
  })
  afterAll(() => dataApi.close())

  const run = (password: string) => {
    const client = dataApiClient({
      region: 'eu-west-1',
      endpoint: dataApi.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
    const retryOptions = { sleep: async () => undefined }
    return bootstrapRolesOverDataApi({ client, clusterArn, secretArn, database: 'postgres', ...retryOptions }, password)
  }

  it('gives a password to nestegg_functions and to no other role', async () => {
    const before = await passwords()
    await run('a new secret')
    const { nestegg_functions: changed, ...rest } = await passwords()
    expect(rest).toEqual(Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'nestegg_functions')))
    expect(changed).not.toBe(before['nestegg_functions'])
  })

  it.each(['BeginTransaction', 'ExecuteStatement', 'CommitTransaction'] as const)(
    'goes on when the cluster resumes during %s',
    async operation => {
      const before = await passwords()
      dataApi.injectFault({ operation, error: 'DatabaseResumingException', times: 2 })
      await run(`after ${operation}`)
      expect((await passwords())['nestegg_functions']).not.toBe(before['nestegg_functions'])
    },
  )

  it('changes nothing when a statement is refused', async () => {
    const before = await passwords()
    dataApi.injectFault({ operation: 'CommitTransaction', error: 'BadRequestException', times: 1 })
    await expect(run('never')).rejects.toMatchObject({ name: 'BadRequestException' })
    expect(await passwords()).toEqual(before)
  })
})
