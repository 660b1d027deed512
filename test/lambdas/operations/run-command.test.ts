import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readMigrations } from '../../../db/migrate/index.ts'
import { type CommandAnswer, handler } from '../../../lambdas/operations/handlers/run-command.ts'
import { createTestDatabase, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'
import { commandRequest, operatorArn, operatorContext, operatorEvent } from './operator-event.ts'

const tags = readMigrations().map(({ tag }) => tag)
const newest = tags.at(-1) ?? ''
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.spyOn(console, 'log').mockReturnValue(undefined)
  pointEnvironmentTo(database.location)
  vi.stubEnv('NESTEGG_ENVIRONMENT', 'prod')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await database.drop()
})

const send = async (body: unknown, userArn?: string | null) => {
  const { body: text = '', statusCode } = await handler(operatorEvent(body, userArn), operatorContext)
  return { status: statusCode, body: JSON.parse(text) as CommandAnswer & { detail: string; errors: unknown[] } }
}
const run = async (command: string, given?: Record<string, unknown>, requestId?: string) => {
  const { body, status } = await send(commandRequest(command, given, requestId))
  expect(status).toBe(200)
  return body
}
const administrator = () => database.connect('postgres')
const recorded = async (command: string) => {
  const [row] = await administrator()`
    select request_id, started_at <= finished_at as finished, caller, caller_id, access_key_id, source_ip, command, arguments, outcome, error
    from operations.operator_commands where command = ${command} order by id desc limit 1`
  return row
}
const commandCount = async () => (await administrator()`select from operations.operator_commands`).length

describe('the first administrator', () => {
  const email = 'someone@nestegg.example'
  beforeAll(async () => void (await administrator()`insert into identity.users (cognito_sub, email) values ('subject-1', ${email})`))

  it('is made by a command, which is recorded with the caller that AWS has verified, and without the address', async () => {
    expect(await run('users set-role', { email, role: 'admin' })).toEqual({
      exitCode: 0,
      output: `${email} is an administrator from the next request on.\n`,
    })
    expect(await administrator()`select role from identity.users`).toEqual([{ role: 'admin' }])
    const row = await recorded('users set-role')
    expect(row).toEqual({
      request_id: expect.any(String),
      finished: true,
      caller: operatorArn,
      caller_id: 'AROAIOSFODNN7EXAMPLE:operator-1',
      access_key_id: 'ASIAIOSFODNN7EXAMPLE',
      source_ip: '192.0.2.1',
      command: 'users set-role',
      arguments: { role: 'admin' },
      outcome: 'succeeded',
      error: null,
    })
    const [audited] = await administrator()`
      select route, changed_fields, resource_id = (select id from identity.users) as "isUser" from operations.audit_logs
      where request_id = ${row!['request_id']}`
    expect(audited).toEqual({ route: 'users set-role', changed_fields: ['role'], isUser: true })
  })

  it('can be signed out, and the audit row names the command', async () => {
    expect(await run('users sign-out', { email })).toMatchObject({ exitCode: 0 })
    const row = await recorded('users sign-out')
    expect(await administrator()`select route from operations.audit_logs where request_id = ${row!['request_id']}`).toEqual([
      { route: 'users sign-out' },
    ])
  })
})

describe('a failed command', () => {
  it('answers with the reason, and is recorded without personal data', async () => {
    expect(await run('users close', { email: 'nobody@nestegg.example' })).toEqual({
      exitCode: 1,
      output: '',
      error: 'No user has the address nobody@nestegg.example. Users appear here when they sign up or sign in.',
    })
    expect(await recorded('users close')).toMatchObject({
      arguments: {},
      finished: true,
      outcome: 'failed',
      error: 'No user has the address <email>. Users appear here when they sign up or sign in.',
    })
  })

  it('of the database is described by the reason of PostgreSQL', async () => {
    const { error, exitCode } = await run('market settings', { partitionsAhead: 500 })
    expect(exitCode).toBe(1)
    expect(error).toMatch(/^new row for relation "bar_settings" violates check constraint/)
  })
})

describe('a request', () => {
  it('runs once, even if it is sent again', async () => {
    const request = commandRequest('market import-returns', { name: 'once', source: 'a survey', csv: 'year,a\n2000,0.1\n' })
    expect((await send(request)).body).toEqual({ exitCode: 0, output: 'Imported "once" version 1: 1 series, 2000 to 2000\n' })
    expect((await recorded('market import-returns'))!['arguments']).toEqual({ name: 'once', source: 'a survey' })
    expect((await send(request)).body).toEqual({
      exitCode: 1,
      output: '',
      error: 'This request was received twice. It ran once, and has succeeded.',
    })
    expect((await recorded('market import-returns'))!['outcome']).toBe('succeeded')
  })

  it.each([
    ['without an identity', null],
    ['of a user', 'arn:aws:iam::123456789012:user/nestegg-prod-operator'],
    ['of a role with another name', 'arn:aws:sts::123456789012:assumed-role/nestegg-prod-operator-2/operator-1'],
    ['of the operators of another environment', 'arn:aws:sts::123456789012:assumed-role/nestegg-dev-operator/operator-1'],
    ['of another account', 'arn:aws:sts::999999999999:assumed-role/nestegg-prod-operator/operator-1'],
  ])('%s is refused before anything is read or recorded', async (_, userArn) => {
    const before = await commandCount()
    expect(await send('not even JSON', userArn)).toMatchObject({ status: 403 })
    expect((await send(commandRequest('db status'), userArn)).status).toBe(403)
    expect(await commandCount()).toBe(before)
  })

  it.each([
    ['that is not JSON', '{"command":', 'body'],
    ['for an unknown command', commandRequest('db create'), 'body.command'],
    ['without an id', { command: 'db status' }, 'body.requestId'],
    ['with an unknown field', { ...commandRequest('db status'), caller: 'me' }, 'body.caller'],
    ['with an unknown argument', commandRequest('db status', { verbose: true }), 'body.arguments.verbose'],
    ['without an argument', commandRequest('users set-role', { email: 'someone@nestegg.example' }), 'body.arguments.role'],
    ['with a wrong argument', commandRequest('db rollback', { steps: 0 }), 'body.arguments.steps'],
    ['with a character that cannot be stored', commandRequest('users close', { email: 'a\0@b' }), 'body.arguments.email'],
  ])('%s is refused, and the field is named', async (_, body, path) => {
    const before = await commandCount()
    expect(await send(body)).toMatchObject({ status: 400, body: { errors: [{ path, message: expect.any(String) }] } })
    expect(await commandCount()).toBe(before)
  })

  it('that finds no database is answered and not recorded', async () => {
    vi.stubEnv('DATABASE_PORT', '1')
    expect(await run('db status')).toMatchObject({ exitCode: 1, error: expect.stringContaining('ECONNREFUSED') })
  })
})

describe('commands at the same time', () => {
  it('each have their effect and their record', async () => {
    const given = (number: number) => ({ name: 'at once', source: 'a survey', csv: `year,a\n2000,0.${number}\n` })
    const answers = await Promise.all([1, 2, 3, 4].map(number => run('market import-returns', given(number))))
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0])
    const rows = await administrator()`select outcome from operations.operator_commands where arguments ->> 'name' = 'at once'`
    expect(rows.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 }, () => 'succeeded'))
    expect(await administrator()`select max(version) as newest from market.return_datasets where name = 'at once'`).toEqual([{ newest: 4 }])
  })
})

it('lists the newest commands with their callers', async () => {
  const { output } = await run('operations list-commands', { limit: 3 })
  expect(output.trim().split('\n')).toHaveLength(4)
  expect(output).toMatch(/^STARTED +OUTCOME +CALLER +COMMAND +ARGUMENTS +ERROR\n/)
  expect(output).toContain(`not finished  ${operatorArn} (192.0.2.1)  operations list-commands`)
  const json: unknown = JSON.parse((await run('operations list-commands', { json: true })).output)
  expect(json).toContainEqual(expect.objectContaining({ caller: operatorArn, command: 'users set-role', outcome: 'succeeded' }))
})

it('keeps the records as they are: nobody changes them after the end, not even the owner of the database', async () => {
  const operator = database.connect('nestegg_operator')
  const changed = await operator`update operations.operator_commands set error = 'another' where outcome is not null returning 1`
  expect(changed).toHaveLength(0)
  await expect(operator`update operations.operator_commands set caller = 'another'`).rejects.toThrow('permission denied')
  await expect(operator`delete from operations.operator_commands`).rejects.toThrow('permission denied')
  const earlier = operator`insert into operations.operator_commands (request_id, caller, command, arguments, started_at)
    values (gen_random_uuid(), 'another', 'db status', '{}', now() - interval '1 day')`
  await expect(earlier).rejects.toThrow('row-level security')
  const owner = database.connect('nestegg_owner')
  expect(await owner`delete from operations.operator_commands returning 1`).toHaveLength(0)
  expect(await commandCount()).toBeGreaterThan(5)
})

describe('migrations', () => {
  it('are shown and rolled back, with the backup named, and two rollbacks at once roll back two', async () => {
    expect(await run('db status')).toEqual({ exitCode: 0, output: tags.map(tag => `applied  ${tag}\n`).join('') })
    expect(await run('db rollback')).toMatchObject({ exitCode: 1, error: expect.stringContaining('--without-snapshot') })
    const answers = await Promise.all([run('db rollback', { snapshot: 'before-it' }), run('db rollback', { withoutSnapshot: true })])
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    const output = answers.map(answer => answer.output).join('')
    expect(output).toContain('snapshot taken: before-it')
    expect(output).toContain('without a snapshot. Only the continuous backups of Aurora can restore')
    expect(output).toContain(`Rolled back ${newest}`)
    expect(output).toContain(`Rolled back ${tags.at(-2)}`)
    expect(await run('db status')).toMatchObject({ exitCode: 3, output: expect.stringContaining(`pending  ${tags.at(-2)}`) })
  })

  it('are rolled back completely, including the records of commands', async () => {
    expect(await run('db rollback', { steps: 99, withoutSnapshot: true })).toMatchObject({ exitCode: 0 })
    expect(await run('db rollback')).toEqual({ exitCode: 0, output: 'Nothing is applied.\n' })
    expect((await run('db status')).exitCode).toBe(3)
  })
})
