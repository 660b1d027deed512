import { hostname, userInfo } from 'node:os'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { findText } from '../../support/find-text.ts'
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

it('exports and erases a person by id, and shows what was done and what stays', async () => {
  const [person] = await administrator<{ id: string }[]>`
    insert into identity.users (cognito_sub, email, first_name) values ('subject-2', 'planted@nestegg.example', 'Planted') returning id`
  const exported = await admin('person', 'export', person!.id)
  expect(exported.code).toBe(0)
  const [index, ...rows] = exported.out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(index.index).toMatchObject({
    userId: person!.id,
    tables: expect.arrayContaining([expect.objectContaining({ table: 'identity.users', rows: 1 })]),
  })
  expect(rows).toContainEqual({
    table: 'identity.users',
    row: expect.objectContaining({ email: 'planted@nestegg.example', first_name: 'Planted' }),
  })
  const reads = await administrator`select route from operations.audit_logs where action = 'READ' and resource_id = ${person!.id}`
  expect(reads).toEqual([{ route: 'person export' }])

  expect(await admin('person', 'erase', person!.id)).toMatchObject({ code: 2, error: expect.stringContaining('--yes') })
  const erased = await admin('person', 'erase', person!.id, '--yes')
  expect(erased).toMatchObject({ code: 0, out: expect.stringMatching(/anonymized\s+identity\.users\s+1[^]+KEPT[^]+database-erased/) })
  expect(await findText(administrator, ['planted'])).toEqual({})
  expect(JSON.parse((await admin('person', 'erase', person!.id, '--yes', '--json')).out)).toMatchObject({
    kind: 'operator',
    userId: person!.id,
  })

  const [hold] = await administrator<{ id: string }[]>`
    insert into operations.legal_holds (user_id, reason) values (${person!.id}, 'Claim') returning id`
  expect(await admin('person', 'erase', person!.id, '--yes')).toMatchObject({ code: 1, error: expect.stringContaining('legal hold') })
  await administrator`delete from operations.legal_holds where id = ${hold!.id}`
  for (const command of ['export', 'erase'])
    expect(await admin('person', command, crypto.randomUUID(), ...(command === 'erase' ? ['--yes'] : []))).toMatchObject({ code: 1 })
})
