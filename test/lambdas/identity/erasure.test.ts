import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { jobs } from '../../../lambdas/jobs.ts'
import { withRestored } from '../../../lambdas/operations/backups/restore-backup.ts'
import { clientSettings } from '../../../lambdas/runtime/client-settings.ts'
import { connect } from '../../../db/connections.ts'
import { fireJob } from '../../../local/schedules.ts'
import { findText } from '../../support/find-text.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'
import { backUp, makePlace } from '../operations/backups/place.ts'

const mailFolder = mkdtempSync(join(tmpdir(), 'nestegg-mails-'))
let platform: TestPlatform
let admin: TestUser
beforeAll(async () => {
  platform = await startTestPlatform({ mailFolder, accessTokenSeconds: 3_600 })
  admin = await platform.newUser()
  await administrator()`update identity.users set role = 'admin' where email = ${admin.email}`
})
afterAll(async () => {
  await platform.close()
  rmSync(mailFolder, { recursive: true })
})
const administrator = () => platform.database.connect('postgres')

/** A user with a plan, whose names and texts are found nowhere else. */
const newPerson = async () => {
  const name = `planted-${randomUUID().slice(0, 8)}`
  const user = await platform.newUser()
  const me = await user.request('GET', '/v1/identity/me')
  await user.request('PATCH', '/v1/identity/me', {
    body: { firstName: `First ${name}`, lastName: `Last ${name}` },
    headers: { 'if-match': me.headers.get('etag')! },
  })
  const { plan } = await newPlan(user, { name: `Plan of ${name}` })
  const texts = [name, user.email, user.email.split('@')[0]!]
  return { user, id: me.body.id as string, householdId: plan.householdId as string, planId: plan.id as string, texts }
}

let firings = 0
const finish = () =>
  fireJob(jobs.find(({ name }) => name === 'finish-erasures')!, new Date(Date.UTC(2026, 0, 1, (firings += 1))).toISOString())
const inUserPool = async (email: string): Promise<boolean> => {
  const { endpoint, poolId } = platform.services.userPool
  const pool = new CognitoIdentityProviderClient(clientSettings(endpoint))
  return pool.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: email })).then(
    () => true,
    (error: Error) => {
      if (error.name === 'UserNotFoundException') return false
      throw error
    },
  )
}
const erasureOf = async (id: string) => (await administrator()`select status, error from operations.erasures where user_id = ${id}`)[0]
const ofLastHour = (id: string) =>
  administrator()`update operations.erasures set requested_at = now() - interval '1 hour' where user_id = ${id}`

test('a person deletes the account: no table, mail, log line or later backup has a trace, and the answer says what stays', async () => {
  const { id, texts, user } = await newPerson()
  const others = await newPerson()
  const written: string[] = []
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(text => written.push(String(text)) > 0)
  for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => void written.push(parts.map(String).join(' ')))
  const answer = await user.request('POST', '/v1/identity/me/deletions', { body: { password: user.password } })
  await ofLastHour(id)
  await finish()
  vi.restoreAllMocks()
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({
    status: 'user-pool-erased',
    deleted: { 'identity.households': 1, 'planning.plans': 1 },
    anonymized: { 'identity.users': 1 },
  })
  expect(answer.body.kept.map(({ what }: { what: string }) => what)).toEqual(
    expect.arrayContaining(['operations.audit_logs', 'operations.legal_holds', 'identity.users', 'backups']),
  )
  expect(await findText(administrator(), texts)).toEqual({})
  expect(await inUserPool(user.email)).toBe(false)
  expect(await erasureOf(id)).toEqual({ status: 'completed', error: null })
  expect(texts.filter(text => written.join('\n').includes(text))).toEqual([])
  const mails = readdirSync(mailFolder).map(file => readFileSync(join(mailFolder, file), 'utf8'))
  expect(mails.filter(mail => mail.includes(user.email))).toEqual([])
  expect(mails.filter(mail => mail.includes(others.user.email))).not.toEqual([])

  const place = makePlace()
  const { manifest } = await backUp(platform.database, place)
  await withRestored({ location: platform.database.location, backupId: manifest.id, ...place }, async ({ scratch }) => {
    const restored = connect(scratch, 'nestegg_backup', 1)
    expect(await findText(restored, texts)).toEqual({})
    expect(await findText(restored, others.texts)).not.toEqual({})
    await restored.end()
  })
  place.remove()
  expect((await others.user.request('GET', `/v1/planning/plans/${others.planId}`)).status).toBe(200)
})

test('an administrator erases a person, whose sessions end at once; the job removes the person from the user pool', async () => {
  const { id, texts, user } = await newPerson()
  const answer = await admin.request('POST', `/v1/identity/users/${id}/erasures`)
  expect(answer).toMatchObject({ status: 200, body: { status: 'database-erased', kind: 'admin', userId: id } })
  expectProblem(await user.request('GET', '/v1/identity/me'), at(401))
  expect(await inUserPool(user.email)).toBe(true)
  await platform.request('POST', '/v1/identity/sessions', { body: { email: user.email, password: user.password } })
  expect(await findText(administrator(), texts)).toEqual({})
  await finish()
  expect(await inUserPool(user.email)).toBe(false)
  expect(await erasureOf(id)).toEqual({ status: 'user-pool-erased', error: null })
  await ofLastHour(id)
  await finish()
  expect(await erasureOf(id)).toEqual({ status: 'completed', error: null })
  const { body } = await admin.request('GET', `/v1/identity/erasures?userId=${id}`)
  expect(body.items).toMatchObject([{ userId: id, status: 'completed' }])
  expect((await admin.request('POST', `/v1/identity/users/${id}/erasures`)).body.status).toBe('completed')
  expectProblem(await admin.request('POST', `/v1/identity/users/${randomUUID()}/erasures`), at(404))
})

test('a user pool that fails is tried again by the next run, and then it is complete', async () => {
  const { id } = await newPerson()
  await admin.request('POST', `/v1/identity/users/${id}/erasures`)
  const send = vi.spyOn(CognitoIdentityProviderClient.prototype, 'send').mockRejectedValue(new Error('The user pool is away.'))
  await expect(finish()).rejects.toThrow('could not be continued')
  send.mockRestore()
  expect(await erasureOf(id)).toEqual({ status: 'database-erased', error: 'Error' })
  await ofLastHour(id)
  await finish()
  expect(await erasureOf(id)).toEqual({ status: 'completed', error: null })
})

test('a legal hold refuses: the administrator sees the hold, the person does not', async () => {
  const { householdId, id, user } = await newPerson()
  const hold = await admin.request('POST', '/v1/operations/legal-holds', { body: { householdId, reason: 'Claim 1' } })
  const byAdmin = await admin.request('POST', `/v1/identity/users/${id}/erasures`)
  expectProblem(byAdmin, at(409))
  expect(byAdmin.body).toMatchObject({ type: '/problems/data-must-be-kept', detail: expect.stringContaining(hold.body.id) })
  const own = await user.request('POST', '/v1/identity/me/deletions', { body: { password: user.password } })
  expectProblem(own, at(409))
  expect(own.body.type).toBe('/problems/data-must-be-kept')
  expect(JSON.stringify(own.body)).not.toMatch(/hold|Claim/i)
  await admin.request('POST', `/v1/operations/legal-holds/${hold.body.id}/release`)
  expect((await admin.request('POST', `/v1/identity/users/${id}/erasures`)).status).toBe(200)
})

interface Exported {
  readonly index: { readonly tables: readonly { table: string; rows: number; columns: string[]; leftOut: string[]; because?: string }[] }
  readonly rows: readonly { readonly table: string; readonly row: Record<string, unknown> }[]
}
const parseExport = (text: string): Exported => {
  const [first, ...rest] = text.trimEnd().split('\n')
  return { index: JSON.parse(first!).index, rows: rest.map(line => JSON.parse(line)) }
}

describe('an export', () => {
  test('has all rows of the person and of the households, and nothing private of another member', async () => {
    const { householdId, id, texts, user } = await newPerson()
    const other = await newPerson()
    await administrator()`insert into identity.household_members (household_id, user_id, role) values (${householdId}, ${other.id}, 'viewer')`
    const { body, headers, status } = await user.request('GET', '/v1/identity/me/export')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
    const { index, rows } = parseExport(body)
    for (const { columns, leftOut, rows: count, table } of index.tables) {
      const exported = rows.filter(each => each.table === table)
      expect([table, exported.length]).toEqual([table, count])
      for (const { row } of exported) expect(Object.keys(row).toSorted()).toEqual(columns.toSorted())
      if (leftOut.length > 0) expect(index.tables.find(each => each.table === table)!.because).toMatch(/\.$/)
    }
    for (const [table, count] of Object.entries({
      'identity.users': 1,
      'identity.preferences': 1,
      'identity.households': 1,
      'identity.household_members': 1,
      'planning.plans': 1,
    }))
      expect([table, rows.filter(each => each.table === table).length]).toEqual([table, count])
    const inputs = await administrator()`select count(*)::int as count from planning.plan_inputs where household_id = ${householdId}`
    expect(rows.filter(({ table }) => table === 'planning.plan_inputs')).toHaveLength(inputs[0]!['count'])
    expect(rows.filter(({ table }) => table === 'operations.audit_logs').every(({ row }) => row['user_id'] === id)).toBe(true)
    expect(rows.filter(({ table }) => table === 'operations.audit_logs').length).toBeGreaterThan(3)
    for (const text of texts.slice(0, 2)) expect(body).toContain(text)
    for (const text of other.texts) expect(body).not.toContain(text)
    const viewed = (await other.user.request('GET', '/v1/identity/me/export')).body
    expect(viewed).toContain(texts[0]!)
    expect(viewed).not.toContain(user.email)
  })

  test('needs a recent sign-in', async () => {
    const { user } = await newPerson()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 })
    const refused = await user.request('GET', '/v1/identity/me/export')
    vi.useRealTimers()
    expectProblem(refused, at(401))
    expect(refused.body.detail).toContain('15 minutes')
  })
})
