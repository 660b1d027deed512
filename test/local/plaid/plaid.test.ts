import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { Configuration, CountryCode, PlaidApi, Products } from 'plaid'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Item } from '../../../local/plaid/bank.ts'
import { bankTransaction } from '../../../local/plaid/sample.ts'
import { type RunningPlaid, startPlaid } from '../../../local/plaid/server.ts'
import { listen } from '../../../local/listener.ts'

const keys = { clientId: 'client', secret: 'secret' }
let plaid: RunningPlaid

const clientOf = (secret = keys.secret, timeout = 5_000) =>
  new PlaidApi(
    new Configuration({
      basePath: plaid.endpoint,
      baseOptions: { timeout, headers: { 'PLAID-CLIENT-ID': keys.clientId, 'PLAID-SECRET': secret } },
    }),
  )

/** The status and body of a refused request. */
const refusal = async (call: Promise<unknown>): Promise<Record<string, unknown>> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  const { response } = error as { response?: { status: number; data: Record<string, unknown> } }
  return { status: response?.status, ...response?.data }
}

const addItem = (): Item => plaid.bank.exchange(plaid.bank.addItem('ins_local_1', null))

beforeAll(async () => {
  plaid = await startPlaid(keys)
})
afterAll(() => plaid.close())
afterEach(() => plaid.bank.heal())

const linkRequest = {
  client_name: 'Nestegg',
  language: 'en',
  country_codes: [CountryCode.Us],
  user: { client_user_id: 'household' },
  products: [Products.Transactions],
  hosted_link: { completion_redirect_uri: 'http://127.0.0.1/done' },
}

test('A person connects a bank through the hosted page, and its token is exchanged', async () => {
  const client = clientOf()
  const { data: link } = await client.linkTokenCreate(linkRequest)
  expect((await client.linkTokenGet({ link_token: link.link_token })).data.link_sessions).toEqual([])
  const page = await fetch(link.hosted_link_url!)
  expect(await page.text()).toContain('Harbor Street Bank')
  const done = await fetch(link.hosted_link_url!, {
    method: 'POST',
    body: new URLSearchParams({ institution: 'ins_local_1' }),
    redirect: 'manual',
  })
  expect([done.status, done.headers.get('location')]).toEqual([303, 'http://127.0.0.1/done'])
  const { data: got } = await client.linkTokenGet({ link_token: link.link_token })
  const [added] = got.link_sessions![0]!.results!.item_add_results
  const { data: exchanged } = await client.itemPublicTokenExchange({ public_token: added!.public_token })
  const { data } = await client.itemGet({ access_token: exchanged.access_token })
  expect(data.item).toMatchObject({ item_id: exchanged.item_id, institution_name: 'Harbor Street Bank', error: null })
  const { data: named } = await client.institutionsGetById({ institution_id: data.item.institution_id!, country_codes: [CountryCode.Us] })
  expect(named.institution.name).toBe('Harbor Street Bank')
  const { data: balances } = await client.accountsBalanceGet({ access_token: exchanged.access_token })
  expect(balances.accounts.map(({ type, mask }) => [type, mask])).toEqual([
    ['depository', '4417'],
    ['credit', '9120'],
    ['loan', '7003'],
  ])
  await client.itemRemove({ access_token: exchanged.access_token })
  expect(await refusal(client.itemGet({ access_token: exchanged.access_token }))).toMatchObject({ error_code: 'INVALID_ACCESS_TOKEN' })
})

test('A person who leaves the hosted page connects nothing; update mode takes an item out of its error', async () => {
  const client = clientOf()
  const { data: link } = await client.linkTokenCreate(linkRequest)
  await fetch(link.hosted_link_url!, { method: 'POST', body: new URLSearchParams({ leave: 'yes' }), redirect: 'manual' })
  const { data: left } = await client.linkTokenGet({ link_token: link.link_token })
  expect(left.link_sessions![0]!.results).toBeNull()
  const item = addItem()
  plaid.bank.setError(item.itemId, 'ITEM_LOGIN_REQUIRED')
  const access_token = item.accessToken
  expect(await refusal(client.transactionsSync({ access_token }))).toMatchObject({
    status: 400,
    error_type: 'ITEM_ERROR',
    error_code: 'ITEM_LOGIN_REQUIRED',
    display_message: expect.any(String),
    request_id: expect.any(String),
  })
  const { products: _, ...update } = linkRequest
  const { data: again } = await client.linkTokenCreate({ ...update, access_token })
  await fetch(again.hosted_link_url!, { method: 'POST', body: new URLSearchParams({ institution: '' }), redirect: 'manual' })
  expect((await client.transactionsSync({ access_token })).data.added.length).toBeGreaterThan(0)
})

test('Changes come in pages from a cursor, each once', async () => {
  const client = clientOf()
  const { accessToken: access_token, data, itemId } = addItem()
  const ids: string[] = []
  let cursor = ''
  let hasMore = true
  while (hasMore) {
    const { data: page } = await client.transactionsSync({ access_token, cursor, count: 4 })
    expect(page.added.length).toBeLessThanOrEqual(4)
    ids.push(...page.added.map(({ transaction_id }) => transaction_id))
    cursor = page.next_cursor
    hasMore = page.has_more
  }
  expect(new Set(ids).size).toBe(10)
  expect(ids).toHaveLength(10)
  const account_id = data.accounts[0]!.account_id
  const pending = bankTransaction({ transaction_id: 'p1', account_id, amount: 12.5, date: '2026-03-01', name: 'FUEL', pending: true })
  plaid.bank.record(itemId, { kind: 'added', transaction: pending })
  const { data: second } = await client.transactionsSync({ access_token, cursor })
  expect(second.added.map(({ transaction_id }) => transaction_id)).toEqual(['p1'])
  const posted = plaid.bank.post(itemId, 'p1', { amount: 13 })
  plaid.bank.record(itemId, { kind: 'modified', transaction: { ...pending, transaction_id: ids[0]!, amount: 1 } })
  const { data: third } = await client.transactionsSync({ access_token, cursor: second.next_cursor })
  expect(third.added).toMatchObject([{ transaction_id: posted, pending_transaction_id: 'p1', pending: false, amount: 13 }])
  expect(third.removed).toMatchObject([{ transaction_id: 'p1' }])
  expect(third.modified).toMatchObject([{ transaction_id: ids[0], amount: 1 }])
})

test('A change between two pages makes the next page fail, until the first is asked for again', async () => {
  const client = clientOf()
  const { accessToken: access_token, data, itemId } = addItem()
  const { data: first } = await client.transactionsSync({ access_token, count: 4 })
  plaid.bank.record(itemId, {
    kind: 'added',
    transaction: bankTransaction({
      transaction_id: 'n1',
      account_id: data.accounts[0]!.account_id,
      amount: 1,
      date: '2026-03-01',
      name: 'NEW',
    }),
  })
  expect(await refusal(client.transactionsSync({ access_token, cursor: first.next_cursor, count: 4 }))).toMatchObject({
    error_code: 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
  })
  const { data: again } = await client.transactionsSync({ access_token, count: 4 })
  const { data: next } = await client.transactionsSync({ access_token, cursor: again.next_cursor, count: 500 })
  expect(again.added.length + next.added.length).toBe(11)
})

test('Investments and liabilities have the form of Plaid', async () => {
  const client = clientOf()
  const broker = plaid.bank.exchange(plaid.bank.addItem('ins_local_2', null)).accessToken
  const { data: held } = await client.investmentsHoldingsGet({ access_token: broker })
  expect(held.holdings[0]).toMatchObject({ quantity: 60.5, security_id: held.securities[0]!.security_id })
  const range = { access_token: broker, start_date: '2000-01-01', end_date: '2999-12-31' }
  const { data: page } = await client.investmentsTransactionsGet({ ...range, options: { count: 2, offset: 2 } })
  expect([page.total_investment_transactions, page.investment_transactions.length]).toEqual([3, 1])
  const { accessToken } = addItem()
  const { data: owed } = await client.liabilitiesGet({ access_token: accessToken })
  expect(owed.liabilities.mortgage![0]!.interest_rate.percentage).toBe(4.125)
  expect(await refusal(client.investmentsHoldingsGet({ access_token: accessToken }))).toMatchObject({
    error_code: 'NO_INVESTMENT_ACCOUNTS',
  })
  expect(await refusal(client.liabilitiesGet({ access_token: broker }))).toMatchObject({ error_code: 'NO_LIABILITY_ACCOUNTS' })
})

test('It fails in the ways of Plaid, as often as it is asked to', async () => {
  const { accessToken: access_token, itemId } = addItem()
  const client = clientOf()
  for (const [fault, status, type] of [
    ['RATE_LIMIT', 429, 'RATE_LIMIT_EXCEEDED'],
    ['INTERNAL_SERVER_ERROR', 500, 'API_ERROR'],
    ['PRODUCT_NOT_READY', 400, 'ITEM_ERROR'],
    ['INSTITUTION_DOWN', 400, 'INSTITUTION_ERROR'],
  ] as const) {
    plaid.bank.fail('/transactions/sync', fault)
    expect(await refusal(client.transactionsSync({ access_token }))).toMatchObject({ status, error_type: type, error_code: fault })
    expect((await client.transactionsSync({ access_token })).status).toBe(200)
  }
  plaid.bank.fail('*', 'time-out')
  await expect(clientOf(keys.secret, 300).itemGet({ access_token })).rejects.toMatchObject({ code: 'ECONNABORTED' })
  plaid.bank.fail('/item/remove', 'lost-answer')
  await expect(client.itemRemove({ access_token })).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(plaid.bank.items().some(item => item.itemId === itemId)).toBe(false)
  expect(await refusal(clientOf('wrong').itemGet({ access_token }))).toMatchObject({ status: 400, error_code: 'INVALID_API_KEYS' })
  const unready = addItem()
  plaid.bank.setReady(unready.itemId, false)
  const { data } = await client.transactionsSync({ access_token: unready.accessToken })
  expect(data).toMatchObject({ added: [], next_cursor: '', has_more: false, transactions_update_status: 'NOT_READY' })
})

test('Webhooks are signed with keys that rotate and expire', async () => {
  const got: { body: string; token: string }[] = []
  const { server, url } = await listen({
    port: 0,
    handle: async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      got.push({ body: Buffer.concat(chunks).toString('utf8'), token: String(request.headers['plaid-verification']) })
      response.end()
    },
  })
  try {
    const item = plaid.bank.exchange(plaid.bank.addItem('ins_local_1', url))
    const client = clientOf()
    expect(await plaid.sendWebhook(item, { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE' })).toBe(200)
    const { kid } = decodeProtectedHeader(got[0]!.token)
    const { data } = await client.webhookVerificationKeyGet({ key_id: kid! })
    const { payload, protectedHeader } = await jwtVerify(got[0]!.token, await importJWK({ ...data.key }, 'ES256'))
    expect(protectedHeader.alg).toBe('ES256')
    expect(payload['request_body_sha256']).toBe(createHash('sha256').update(got[0]!.body).digest('hex'))
    expect(data.key.expired_at).toBeNull()
    await plaid.keys.rotate()
    plaid.keys.expire(kid!)
    await plaid.sendWebhook(item, { webhook_type: 'ITEM', webhook_code: 'ERROR' })
    const next = decodeProtectedHeader(got[1]!.token).kid!
    expect(next).not.toBe(kid)
    expect((await client.webhookVerificationKeyGet({ key_id: kid! })).data.key.expired_at).toEqual(expect.any(Number))
    const { data: newest } = await client.webhookVerificationKeyGet({ key_id: next })
    await expect(jwtVerify(got[0]!.token, createLocalJWKSet({ keys: [{ ...newest.key }] }))).rejects.toThrow('no applicable key')
    expect(await refusal(client.webhookVerificationKeyGet({ key_id: 'unknown' }))).toMatchObject({
      error_code: 'INVALID_WEBHOOK_VERIFICATION_KEY_ID',
    })
  } finally {
    server.close()
  }
})

test('Items in a file are there after a restart, and only its owner can read them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-plaid-'))
  const stateFile = join(folder, 'plaid.json')
  try {
    const first = await startPlaid({ ...keys, stateFile })
    const { accessToken } = first.bank.exchange(first.bank.addItem('ins_local_1', null))
    await first.close()
    const second = await startPlaid({ ...keys, stateFile })
    expect(second.bank.itemOf(accessToken).data.accounts).toHaveLength(3)
    await second.close()
    expect(statSync(stateFile).mode & 0o777).toBe(0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
