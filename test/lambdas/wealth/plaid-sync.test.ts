import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { readEnvironment } from '../../../lambdas/runtime/environment.ts'
import { handler as continueWork } from '../../../lambdas/wealth/handlers/continue-ledger-work.ts'
import { handler as syncAll } from '../../../lambdas/wealth/handlers/sync-plaid-connections.ts'
import { workKey } from '../../../lambdas/wealth/ledger-work.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { newHousehold } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { type Connected, purchase, startConnected } from './connected.ts'

let connected: Connected
beforeAll(async () => {
  connected = await startConnected()
})
afterEach(() => connected.bank.heal())
afterAll(() => connected.platform.close())

test('Connecting stores accounts with balances as they are owed, and transactions with the sign of the account', async () => {
  const { administrator, connect, householdId, ledger, owner } = connected
  const { id, item } = await connect()
  const { body } = await owner.request('GET', `/v1/wealth/plaid/connections/${id}`)
  expect(body).toMatchObject({ householdId, institutionName: 'Harbor Street Bank', syncStatus: 'waiting', errorCode: null, isActive: true })
  expect(body.lastSyncAt).not.toBeNull()
  const accounts = await administrator`
    select name, type, mask, current_balance as balance, balance_source as source from wealth.accounts where plaid_connection_id = ${id} order by id`
  expect(accounts).toEqual([
    { name: 'Everyday Checking', type: 'checking', mask: '4417', balance: '6204.75', source: 'stated' },
    { name: 'Travel Card', type: 'credit_card', mask: '9120', balance: '-288.10', source: 'stated' },
    { name: 'Home Loan', type: 'mortgage', mask: '7003', balance: '-214380.55', source: 'stated' },
  ])
  const rows = await ledger(id)
  expect(rows).toHaveLength(10)
  expect(rows.filter(({ amount }) => amount === '3850.25')).toHaveLength(3)
  expect(rows.find(({ name }) => name === 'CORNER CAFE')).toMatchObject({ amount: '-5.75', pending: true, category: 'food_and_drink' })
  expect(item.changes).toHaveLength(10)
  const listed = await owner.request('GET', `/v1/wealth/plaid/connections?householdId=${householdId}`)
  expect(listed.body.items.map((each: { id: string }) => each.id)).toContain(id)
})

test('The same token again gives the same connection, and no second account', async () => {
  const { administrator, bank, householdId, owner } = connected
  const { body: link } = await owner.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
  const early = await owner.request('POST', '/v1/wealth/plaid/connections', { body: { householdId, linkToken: link.linkToken } })
  expect(early).toMatchObject({ status: 422, body: { errors: [{ path: 'body.linkToken' }] } })
  const unknown = { householdId, linkToken: 'link-sandbox-unknown' }
  expect((await owner.request('POST', '/v1/wealth/plaid/connections', { body: unknown })).status).toBe(422)
  bank.finishLink(link.linkToken)
  const body = { householdId, linkToken: link.linkToken }
  const first = await owner.request('POST', '/v1/wealth/plaid/connections', { body })
  const second = await owner.request('POST', '/v1/wealth/plaid/connections', { body })
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.body.id).toBe(first.body.id)
  const [row] = await administrator`select count(*)::int from wealth.accounts where plaid_connection_id = ${first.body.id}`
  expect(row).toEqual({ count: 3 })
  const elsewhere = await newHousehold(owner)
  const taken = await owner.request('POST', '/v1/wealth/plaid/connections', { body: { ...body, householdId: elsewhere } })
  expect(taken.status).toBe(409)
})

test('An account that was entered by hand is recognised', async () => {
  const { administrator, connect, householdId } = connected
  const [own] = await administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, institution_name, mask, balance_source)
    values (${householdId}, 'My card', 'credit_card', 'harbor street bank', '9120', 'ledger') returning id`
  const { id } = await connect()
  const [row] =
    await administrator`select name, plaid_connection_id as connection, current_balance as balance from wealth.accounts where id = ${own!.id}`
  expect(row).toEqual({ name: 'My card', connection: id, balance: '-288.10' })
})

test('The job synchronises what is due, once', async () => {
  const { administrator, bank, connect, ledger } = connected
  const { id, item } = await connect()
  bank.record(item.itemId, { kind: 'added', transaction: purchase(item.data.accounts[0]!.account_id) })
  await administrator`update wealth.plaid_connections set next_sync_at = now() + interval '1 day'`
  await administrator`update wealth.plaid_connections set next_sync_at = now() where id = ${id}`
  const fire = () => syncAll({ scheduledTime: '2027-01-05T10:35:00Z' }, lambdaContext('job', crypto.randomUUID(), 900))
  expect(await fire()).toMatchObject({ status: 'succeeded', result: { synced: 1, failed: 0, skipped: 0 } })
  expect(await ledger(id)).toHaveLength(11)
  expect(await fire()).toMatchObject({ status: 'already-done' })
})

test('The rules follow a synchronisation, and none is asked for when nothing is new', async () => {
  const { administrator, bank, connect, householdId, ledger, owner, sync } = connected
  const rule = { name: 'Pay', conditions: [], actions: [{ action: 'set_category', category: 'government_services' }] }
  const { body: made } = await owner.request('POST', '/v1/wealth/rules', { body: { householdId, ...rule } })
  const { id, item } = await connect()
  const key = workKey({ kind: 'follow-up', householdId, scope: { connectionId: id } })
  const folder = readEnvironment().LEDGER_WORK_FOLDER!
  const work = () => continueWork({ detail: { object: { key } } }, lambdaContext('wealth-continue-ledger-work', crypto.randomUUID(), 900))
  expect(await work()).toMatchObject({ labelCount: 10 })
  expect(await work()).toMatchObject({ labelCount: 0 })
  expect(new Set((await ledger(id)).map(({ category }) => category))).toEqual(new Set(['government_services']))
  const { items } = (await owner.request('GET', `/v1/wealth/rule-runs?householdId=${householdId}&source=sync`)).body
  expect(items).toMatchObject([{ changeCount: 10 }])

  // As if it was longer ago.
  await administrator`update wealth.plaid_connections set rules_applied_at = now() where id = ${id}`
  await rm(joinPath(folder, key))
  await sync(id)
  expect(existsSync(joinPath(folder, key))).toBe(false)
  const added = purchase(item.data.accounts[0]!.account_id)
  bank.record(item.itemId, { kind: 'added', transaction: added })
  await sync(id)
  expect(await work()).toMatchObject({ labelCount: 1 })
  expect((await ledger(id)).find(({ plaid }) => plaid === added.transaction_id)!.category).toBe('government_services')
  await owner.request('DELETE', `/v1/wealth/rules/${made.id}`, { headers: { 'if-match': '*' } })
  await owner.request('DELETE', `/v1/wealth/plaid/connections/${id}`)
  expect(await work()).toMatchObject({ labelCount: 0 })
})

test('Viewers read connections and change none; strangers see none; removing one leaves the accounts', async () => {
  const { administrator, bank, connect, householdId, owner, platform, sync } = connected
  const { id, item } = await connect()
  const [viewer, stranger] = [await platform.newUser(), await platform.newUser()]
  await join(platform, owner, householdId, viewer, 'viewer')
  const path = `/v1/wealth/plaid/connections/${id}`
  expect((await viewer.request('GET', path)).status).toBe(200)
  for (const [user, status] of [
    [viewer, 403],
    [stranger, 404],
  ] as const) {
    expect((await sync(id, user)).status).toBe(status)
    expect((await user.request('DELETE', path)).status).toBe(status)
    expect((await user.request('POST', `${path}/relink-tokens`)).status).toBe(status)
    const linked = await user.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
    expect(linked.status).toBe(user === viewer ? 403 : 422)
  }
  expect((await stranger.request('GET', path)).status).toBe(404)
  bank.fail('/item/remove', 'lost-answer')
  expect((await owner.request('DELETE', path)).status).toBe(503)
  expect((await owner.request('DELETE', path)).status).toBe(204)
  expect(bank.items().some(({ itemId }) => itemId === item.itemId)).toBe(false)
  expect((await owner.request('GET', path)).status).toBe(404)
  const names =
    await administrator`select name from wealth.accounts where household_id = ${householdId} and plaid_connection_id is null and name = 'Home Loan'`
  expect(names.length).toBeGreaterThan(0)
})
