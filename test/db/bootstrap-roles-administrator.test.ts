import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Sql } from '../../db/connections.ts'
import { bootstrapRoles } from '../../db/migrate/index.ts'
import { locate, type PrivateServer, startEmptyServer } from '../support/postgres.ts'

/** Like Aurora's administrator: not a superuser, but with the right to make roles and databases. */
let started: PrivateServer
let superuser: Sql
let administrator: Sql
beforeAll(async () => {
  started = await startEmptyServer()
  superuser = connect(locate(started.server, 'postgres'), 'postgres')
  await superuser.unsafe(`create role nesteggadmin login createrole createdb password '${started.server.password}'`)
  await superuser.unsafe('create role rds_iam')
  await superuser.unsafe('grant rds_iam to nesteggadmin with admin true, inherit false, set false')
  await superuser.unsafe('create database nestegg owner nesteggadmin')
  administrator = connectAsAdministrator()
})
const connectAsAdministrator = (): Sql => {
  const { host, password, port } = started.server
  return postgres({ host, port, database: 'nestegg', username: 'nesteggadmin', password, max: 1, onnotice: () => undefined })
}
afterAll(async () => {
  await administrator.end()
  await superuser.end()
  await started.remove()
})

it('works repeatedly for an administrator who is not a superuser, and leaves them outside the roles that sign in with IAM', async () => {
  // Each deployment connects again.
  for (const nestegg_runs of ['first', 'second']) {
    const connection = connectAsAdministrator()
    await bootstrapRoles(connection, { functions: { nestegg_runs } })
    await connection.end()
  }
  const effective = await superuser`
    select roleid::regrole::text as role from pg_auth_members
    where member = 'nesteggadmin'::regrole and (inherit_option or set_option)`
  expect([...effective]).toEqual([])
  const iam = await superuser<{ name: string }[]>`
    select member::regrole::text as name from pg_auth_members where roleid = 'rds_iam'::regrole and member::regrole::text like 'nestegg\\_%' order by 1`
  expect(iam.map(row => row.name).filter(name => name !== 'nesteggadmin')).toEqual([
    'nestegg_backup',
    'nestegg_operator',
    'nestegg_owner',
    'nestegg_public',
    'nestegg_read',
    'nestegg_write',
  ])
  const [database] = await superuser`select datdba::regrole::text as owner from pg_database where datname = 'nestegg'`
  expect(database).toEqual({ owner: 'nestegg_owner' })
})

describe('an administrator who could not sign in any more', () => {
  it.each([
    ['a member of rds_iam', 'rds_iam'],
    ['a member of a role that is one', 'nestegg_owner'],
  ])('%s, is refused, and nothing is changed', async (_, role) => {
    const passwords = () => superuser`select rolname, rolpassword from pg_authid where rolname like 'nestegg%' order by 1`
    const before = await passwords()
    await superuser.unsafe(`grant ${role} to nesteggadmin with inherit true, set true`)
    await expect(bootstrapRoles(administrator, { functions: { nestegg_runs: 'third' } })).rejects.toThrow(
      'The administrator nesteggadmin is a member of rds_iam, directly or through another role',
    )
    expect(await passwords()).toEqual(before)
    await superuser.unsafe(`grant ${role} to nesteggadmin with inherit false, set false`)
    await bootstrapRoles(administrator, { functions: { nestegg_runs: 'fourth' } })
    expect(await passwords()).not.toEqual(before)
  })
})
