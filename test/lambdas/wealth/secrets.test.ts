import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { logger } from '../../../lambdas/runtime/observability.ts'
import { openSecret } from '../../../lambdas/wealth/secrets/envelope.ts'
import { handler as rewrap } from '../../../lambdas/wealth/handlers/rewrap-credentials.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { admin } from '../../bin/admin/run.ts'
import { pointEnvironmentTo } from '../../support/postgres.ts'
import { findText } from '../../support/find-text.ts'
import { join } from '../../support/shared-household.ts'
import { type Connected, startConnected } from './connected.ts'

let connected: Connected
const written: string[] = []
beforeAll(async () => {
  connected = await startConnected()
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    vi.spyOn(logger, level).mockImplementation((...given) => {
      const seen = new WeakSet<object>()
      written.push(
        JSON.stringify(given, (_, value: unknown) => {
          if (typeof value !== 'object' || value === null) return value
          if (seen.has(value)) return 'again'
          seen.add(value)
          return value instanceof Error
            ? { fields: Object.entries(value), message: value.message, stack: value.stack, cause: value.cause }
            : value
        }),
      )
    })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await connected.platform.close()
})

const credential = `hunter-${crypto.randomUUID()}`

const newAccount = async (): Promise<string> => {
  const [row] = await connected.administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, balance_source) values (${connected.householdId}, 'Own', 'savings', 'ledger') returning id`
  return row!.id
}
const path = (accountId: string) => `/v1/wealth/accounts/${accountId}/credentials`

test('A credential is stored, replaced and removed by editors, and never shown', async () => {
  const { administrator, householdId, owner, platform } = connected
  const accountId = await newAccount()
  const [viewer, stranger] = [await platform.newUser(), await platform.newUser()]
  await join(platform, owner, householdId, viewer, 'viewer')
  const put = (user = owner, text = credential) => user.request('PUT', path(accountId), { body: { credential: text } })
  expect((await put(viewer)).status).toBe(403)
  expect((await put(stranger)).status).toBe(404)
  expect((await put(owner, 'before')).status).toBe(204)
  expect(await put()).toMatchObject({ status: 204, body: '' })
  const [row] = await administrator<{ credential: string; wrapped: string; key: string }[]>`
    select credential, wrapped_key as wrapped, key_id as key from wealth.account_credentials where account_id = ${accountId}`
  const place = { householdId, kind: 'account-credential', id: accountId } as const
  expect(await openSecret({ sealed: row!.credential, wrappedKey: row!.wrapped, keyId: row!.key }, place)).toBe(credential)
  for (const role of ['nestegg_write', 'nestegg_read', 'nestegg_operator'] as const)
    await expect(platform.database.connect(role)`select credential from wealth.account_credentials`).rejects.toThrow('permission denied')
  expect((await viewer.request('DELETE', path(accountId))).status).toBe(403)
  expect((await owner.request('DELETE', path(accountId))).status).toBe(204)
  expect((await owner.request('DELETE', path(accountId))).status).toBe(404)
})

test('No token and no credential is in a log, an answer, the audit trail or any other table', async () => {
  const { administrator, bank, connect, owner, sync } = connected
  const { id, item } = await connect()
  const accountId = await newAccount()
  await owner.request('PUT', path(accountId), { body: { credential } })
  const answers: unknown[] = [await sync(id)]
  for (const fault of ['INTERNAL_SERVER_ERROR', 'lost-answer', 'RATE_LIMIT'] as const) {
    bank.fail('/item/get', fault)
    answers.push(await sync(id))
    await administrator`update wealth.plaid_connections set next_sync_at = now(), failure_count = 0 where id = ${id}`
  }
  bank.fail('/link/token/create', 'INTERNAL_SERVER_ERROR')
  answers.push(await owner.request('POST', `/v1/wealth/plaid/connections/${id}/relink-tokens`))
  answers.push(await owner.request('GET', `/v1/wealth/plaid/connections/${id}`))
  // A secret that cannot be opened.
  await administrator`update wealth.plaid_connections set wrapped_key = access_token where id = ${id}`
  answers.push(await sync(id))
  expect(written.length).toBeGreaterThan(3)
  const keys = JSON.parse(readFileSync(process.env['PLAID_KEYS_FILE']!, 'utf8')) as { secret: string }
  for (const secret of [item.accessToken, credential, keys.secret]) {
    expect(written.join('\n')).not.toContain(secret)
    expect(JSON.stringify(answers)).not.toContain(secret)
    expect(JSON.stringify(process.env)).not.toContain(secret)
    expect(await findText(administrator, [secret])).toEqual({})
  }
})

test('A rotation encrypts all keys again, and goes on where it was stopped', async () => {
  const { administrator, connect, owner, platform, sync } = connected
  pointEnvironmentTo(platform.database.location)
  await administrator`delete from wealth.plaid_connections`
  const { id } = await connect()
  const accountId = await newAccount()
  await owner.request('PUT', path(accountId), { body: { credential } })
  const keyIds = async () =>
    (await administrator`select key_id as key from wealth.plaid_connections union select key_id from wealth.account_credentials`).map(
      ({ key }) => String(key),
    )
  const before = await keyIds()
  expect(before).toHaveLength(1)
  const file = process.env['CREDENTIAL_KEY_FILE']!
  const done = await admin('wealth', 'rotate-keys')
  expect(done).toMatchObject({ code: 0, error: '', out: expect.stringMatching(/has a new key, which opens \d keys/) })
  expect(existsSync(`${file}.next`)).toBe(false)
  const after = await keyIds()
  expect(after).toHaveLength(1)
  expect(after).not.toEqual(before)
  expect((await sync(id)).status).toBe(200)
  // A secret with a lost key is named, and the others can still be read.
  await administrator`update wealth.account_credentials set wrapped_key = 'AAAA' where account_id = ${accountId}`
  const refused = await admin('wealth', 'rotate-keys')
  expect(refused).toMatchObject({ code: 3, out: expect.stringContaining('1 key cannot be opened') })
  expect(existsSync(`${file}.next`)).toBe(true)
  expect((await sync(id)).status).toBe(200)
  await owner.request('PUT', path(accountId), { body: { credential } })
  expect(await admin('wealth', 'rotate-keys')).toMatchObject({ code: 0 })
  expect((await sync(id)).status).toBe(200)
})

test('The job encrypts what is marked again', async () => {
  const { administrator, connect, sync } = connected
  await administrator`delete from wealth.plaid_connections`
  await administrator`delete from wealth.account_credentials`
  const { id } = await connect()
  const fire = (day: string) => rewrap({ scheduledTime: `2027-01-${day}T04:05:00Z` }, lambdaContext('job', crypto.randomUUID(), 300))
  expect(await fire('01')).toMatchObject({ result: { rewrapped: 0, refused: 0 } })
  await administrator`update wealth.plaid_connections set key_wrapped_at = '-infinity'`
  expect(await fire('02')).toMatchObject({ result: { rewrapped: 1, refused: 0 } })
  expect((await sync(id)).status).toBe(200)
})
