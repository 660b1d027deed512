import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { SignJWT, generateKeyPair } from 'jose'
import { keyCache, type VerificationKey, verifyWebhook } from '../../../lambdas/wealth/plaid/verify-webhook.ts'
import type { Item } from '../../../local/plaid/bank.ts'
import { bankTransaction } from '../../../local/plaid/sample.ts'
import { type Connected, startConnected } from './connected.ts'

let connected: Connected
let id: string
let item: Item
beforeAll(async () => {
  connected = await startConnected()
  // Where Plaid sends webhooks to.
  vi.stubEnv('FRONT_URL', connected.platform.services.url)
})
beforeEach(async () => {
  const made = await connected.connect()
  ;[id, item] = [made.id, made.item]
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await connected.platform.close()
})

const plaid = () => connected.platform.services.plaid
const news = { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE' }
const state = async () => (await connected.owner.request('GET', `/v1/wealth/plaid/connections/${id}`)).body
const add = () =>
  connected.bank.record(item.itemId, {
    kind: 'added',
    transaction: bankTransaction({
      transaction_id: crypto.randomUUID(),
      account_id: item.data.accounts[0]!.account_id,
      amount: 3,
      date: '2026-03-01',
      name: 'NEWS',
    }),
  })
/** Sends a body with a header of its own. */
const send = (body: string, token?: string) =>
  connected.platform.request('POST', '/v1/wealth/plaid/webhooks', {
    rawBody: body,
    headers: token === undefined ? {} : { 'plaid-verification': token },
  })

test('News are read at once', async () => {
  add()
  expect(await plaid().sendWebhook(item, news)).toBe(204)
  expect(await connected.ledger(id)).toHaveLength(11)
})

test('An error, a coming end of the consent and a revoked consent are shown', async () => {
  const error = { error_code: 'ITEM_LOGIN_REQUIRED', error_type: 'ITEM_ERROR', display_message: null }
  expect(await plaid().sendWebhook(item, { webhook_type: 'ITEM', webhook_code: 'ERROR', error })).toBe(204)
  expect(await state()).toMatchObject({ syncStatus: 'sign-in-required', errorMessage: 'The institution asks you to sign in again.' })
  expect(await plaid().sendWebhook(item, { webhook_type: 'ITEM', webhook_code: 'LOGIN_REPAIRED' })).toBe(204)
  expect(await state()).toMatchObject({ syncStatus: 'waiting', errorCode: null })
  await plaid().sendWebhook(item, { webhook_type: 'ITEM', webhook_code: 'PENDING_DISCONNECT' })
  expect(await state()).toMatchObject({ syncStatus: 'sign-in-required', errorCode: 'PENDING_DISCONNECT' })
  await plaid().sendWebhook(item, { webhook_type: 'ITEM', webhook_code: 'USER_PERMISSION_REVOKED' })
  expect(await state()).toMatchObject({ isActive: false })
})

test('An item that is not known here is no failure', async () => {
  expect(await plaid().sendWebhook({ ...item, itemId: 'other' }, { ...news, item_id: 'other' })).toBe(204)
})

describe('refused is', () => {
  const body = () => JSON.stringify({ ...news, item_id: item.itemId })
  const refusal = { status: 401, body: { type: expect.stringContaining('webhook-refused') } }

  test('one without a signature, or with one of another body, key or algorithm', async () => {
    add()
    expect(await send(body())).toMatchObject(refusal)
    expect(await send(body(), 'no token')).toMatchObject(refusal)
    expect(await send(`${body()} `, await plaid().keys.sign(body()))).toMatchObject(refusal)
    expect(await plaid().sendWebhook(item, news, { signedBody: '{}' })).toBe(401)
    const { privateKey } = await generateKeyPair('ES256')
    const [head, claims] = (await plaid().keys.sign(body())).split('.')
    const { kid } = JSON.parse(Buffer.from(head!, 'base64url').toString('utf8')) as { kid: string }
    const payload = JSON.parse(Buffer.from(claims!, 'base64url').toString('utf8')) as Record<string, unknown>
    const sign = (header: { alg: string; kid: string }, key: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(payload).setProtectedHeader(header).sign(key)
    expect(await send(body(), await sign({ alg: 'ES256', kid }, privateKey))).toMatchObject(refusal)
    expect(await send(body(), await sign({ alg: 'ES256', kid: 'unknown' }, privateKey))).toMatchObject(refusal)
    expect(await send(body(), await sign({ alg: 'HS256', kid }, new TextEncoder().encode('a secret that is long enough')))).toMatchObject(
      refusal,
    )
    expect(await send(body(), `${Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url')}.${claims}.`)).toMatchObject(
      refusal,
    )
    expect(await connected.ledger(id)).toHaveLength(10)
  })

  test('one that is older than five minutes, or from the future', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect(await plaid().sendWebhook(item, news, { issuedAt: now - 301 })).toBe(401)
    expect(await plaid().sendWebhook(item, news, { issuedAt: now + 60 })).toBe(401)
    expect(await plaid().sendWebhook(item, news, { issuedAt: now - 290 })).toBe(204)
  })

  test('one that came before', async () => {
    const token = await plaid().keys.sign(body())
    expect((await send(body(), token)).status).toBe(204)
    expect(await send(body(), token)).toMatchObject(refusal)
  })

  test('one with a key that has expired; a new key is accepted', async () => {
    const { keys } = plaid()
    const old = await keys.rotate()
    keys.expire(old)
    expect(await plaid().sendWebhook(item, news, { kid: old })).toBe(401)
    await keys.rotate()
    expect(await plaid().sendWebhook(item, news)).toBe(204)
  })
})

test('A key is asked for once, and again after ten minutes', async () => {
  let now = Date.now()
  const find = vi.fn<(kid: string) => Promise<VerificationKey>>(async kid => plaid().keys.describe(kid) as never)
  const keyOf = keyCache(find, () => now)
  const verify = async () => verifyWebhook('{}', await plaid().keys.sign('{}'), keyOf)
  await verify()
  await verify()
  expect(find).toHaveBeenCalledTimes(1)
  now += 10 * 60_000
  await verify()
  expect(find).toHaveBeenCalledTimes(2)
})
