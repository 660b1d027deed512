import { hostname, userInfo } from 'node:os'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
beforeAll(async () => {
  pointEnvironmentTo(database.location)
  await administrator`insert into identity.users (cognito_sub, email) values ('subject-1', 'Someone@nestegg.example')`
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.drop()
})

it('lists all users with role, state and last sign-in', async () => {
  const { code, out } = await admin('users', 'list')
  expect(code).toBe(0)
  expect(out).toMatch(/Someone@nestegg\.example\s+member\s+active\s+never/)
})

it('sets and resets a role, ignoring the case of the address, and writes an audit row', async () => {
  expect(await admin('users', 'set-role', 'someone@NESTEGG.example', 'admin')).toMatchObject({
    code: 0,
    out: expect.stringContaining('an administrator'),
  })
  expect(await administrator`select role from identity.users`).toEqual([{ role: 'admin' }])
  const [audited] =
    await administrator`select changed_fields from operations.audit_logs where action = 'UPDATE' and resource_type = 'identity.users'`
  expect(audited!['changed_fields']).toEqual(['role'])
  await admin('users', 'set-role', 'someone@nestegg.example', 'member')
  expect(await administrator`select role from identity.users`).toEqual([{ role: 'member' }])
})

it('fails if no user has the address, and if there is no such role', async () => {
  expect(await admin('users', 'set-role', 'nobody@nestegg.example', 'admin')).toMatchObject({
    code: 1,
    error: expect.stringContaining('No user has the address'),
  })
  expect(await admin('users', 'set-role', 'someone@nestegg.example', 'owner')).toMatchObject({ code: 2 })
})

it('closes an account, opens it again and ends its sessions', async () => {
  const state = async () => (await administrator`select is_active, tokens_valid_after from identity.users`)[0]!
  expect(await state()).toEqual({ is_active: true, tokens_valid_after: null })
  expect(await admin('users', 'sign-out', 'SOMEONE@nestegg.example')).toMatchObject({ code: 0, out: expect.stringContaining('signed out') })
  expect(await state()).toMatchObject({ is_active: true, tokens_valid_after: expect.anything() })
  expect(await admin('users', 'close', 'someone@nestegg.example')).toMatchObject({ code: 0, out: expect.stringContaining('is closed') })
  expect(await state()).toMatchObject({ is_active: false })
  expect((await admin('users', 'list')).out).toMatch(/Someone@nestegg\.example\s+member\s+closed/)
  expect(await admin('users', 'reopen', 'someone@nestegg.example')).toMatchObject({ code: 0 })
  expect(await state()).toMatchObject({ is_active: true })
  for (const command of ['close', 'reopen', 'sign-out']) {
    expect(await admin('users', command, 'nobody@nestegg.example')).toMatchObject({
      code: 1,
      error: expect.stringContaining('No user has the address'),
    })
  }
})

it('is recorded like every command, with the user of the operating system', async () => {
  const { code, out } = await admin('operations', 'list-commands', '--json', '--limit', '2')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject([
    { command: 'operations list-commands', outcome: null },
    {
      command: 'users sign-out',
      caller: `${userInfo().username}@${hostname()}`,
      callerId: null,
      sourceIp: null,
      arguments: {},
      outcome: 'failed',
      error: expect.stringContaining('No user has the address <email>'),
    },
  ])
})
