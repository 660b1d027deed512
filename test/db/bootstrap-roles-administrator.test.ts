import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Sql } from '../../db/connections.ts'
import { bootstrapRoles } from '../../db/migrate/index.ts'
import { locate, type PrivateServer, startEmptyServer } from '../support/postgres.ts'

/** Like Aurora's administrator: not a superuser, but with the right to make roles and databases. */
let started: PrivateServer
let superuser: Sql
beforeAll(async () => {
  started = await startEmptyServer()
  superuser = connect(locate(started.server, 'postgres'), 'postgres')
  await superuser.unsafe(`create role nestegg_administrator login createrole createdb password '${started.server.password}'`)
  await superuser.unsafe('create role rds_iam')
  await superuser.unsafe('grant rds_iam to nestegg_administrator with admin true, inherit false, set false')
  await superuser.unsafe('create database nestegg owner nestegg_administrator')
})
afterAll(async () => {
  await superuser.end()
  await started.remove()
})

it('works repeatedly for an administrator who is not a superuser, and leaves them outside the roles that sign in with IAM', async () => {
  const { host, port } = started.server
  const { default: postgres } = await import('postgres')
  const administrator = postgres({
    host,
    port,
    database: 'nestegg',
    username: 'nestegg_administrator',
    password: started.server.password,
    max: 1,
    onnotice: () => undefined,
  })
  await bootstrapRoles(administrator, { functions: { nestegg_runs: 'first' } })
  await bootstrapRoles(administrator, { functions: { nestegg_runs: 'second' } })
  await administrator.end()
  const effective = await superuser`
    select roleid::regrole::text as role from pg_auth_members
    where member = 'nestegg_administrator'::regrole and (inherit_option or set_option)`
  expect([...effective]).toEqual([])
  const iam = await superuser<{ name: string }[]>`
    select member::regrole::text as name from pg_auth_members where roleid = 'rds_iam'::regrole and member::regrole::text like 'nestegg\\_%' order by 1`
  expect(iam.map(row => row.name).filter(name => name !== 'nestegg_administrator')).toEqual([
    'nestegg_operator',
    'nestegg_owner',
    'nestegg_public',
    'nestegg_read',
    'nestegg_write',
  ])
  const [database] = await superuser`select datdba::regrole::text as owner from pg_database where datname = 'nestegg'`
  expect(database).toEqual({ owner: 'nestegg_owner' })
})
