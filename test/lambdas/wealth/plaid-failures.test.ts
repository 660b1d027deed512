import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Connected, purchase, startConnected } from './connected.ts'

let connected: Connected
beforeAll(async () => {
  connected = await startConnected()
})
afterEach(() => connected.bank.heal())
afterAll(() => connected.platform.close())

test('Plaid asks for another sign-in, and the person gives it', async () => {
  const { bank, connect, owner, sync } = connected
  const { id, item } = await connect()
  bank.setError(item.itemId, 'ITEM_LOGIN_REQUIRED')
  expect((await sync(id)).body).toMatchObject({
    syncStatus: 'sign-in-required',
    errorCode: 'ITEM_LOGIN_REQUIRED',
    errorMessage: expect.stringContaining('Sign in again'),
  })
  const { body } = await owner.request('POST', `/v1/wealth/plaid/connections/${id}/relink-tokens`)
  bank.finishLink(body.linkToken)
  expect((await sync(id)).body).toMatchObject({ syncStatus: 'waiting', errorCode: null, errorMessage: null })
})

test('the institution is down: the next one waits longer each time, and a limit of Plaid makes a person wait too', async () => {
  const { bank, connect, sync } = connected
  const { id } = await connect()
  const waits: number[] = []
  for (const _ of [1, 2, 3]) {
    bank.fail('/accounts/balance/get', 'INSTITUTION_DOWN')
    const { body } = await sync(id)
    expect(body).toMatchObject({ syncStatus: 'failed', errorCode: 'INSTITUTION_DOWN' })
    waits.push(Math.round((Date.parse(body.nextSyncAt) - Date.now()) / 60_000))
  }
  expect(waits).toEqual([5, 10, 20])
  bank.fail('/transactions/sync', 'RATE_LIMIT')
  await sync(id)
  const refused = await sync(id)
  expect([refused.status, refused.body.type]).toEqual([429, expect.stringContaining('plaid-limit')])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)
})

test('a change between two pages makes it begin again with the first, and nothing comes twice', async () => {
  const { bank, connect, ledger, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  const many = Array.from({ length: 1_100 }, () => ({ kind: 'added' as const, transaction: purchase(account) }))
  bank.record(item.itemId, ...many)
  // The first page is stored; the second fails once.
  let asked = 0
  const takeFault = bank.takeFault.bind(bank)
  bank.takeFault = path => {
    if (path === '/transactions/sync' && (asked += 1) === 2) return 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'
    return takeFault(path)
  }
  const { body } = await sync(id)
  bank.takeFault = takeFault
  expect(body).toMatchObject({ syncStatus: 'waiting', errorCode: null })
  expect(asked).toBe(5)
  const rows = await ledger(id)
  expect(rows).toHaveLength(1_110)
  expect(new Set(rows.map(({ plaid }) => plaid)).size).toBe(1_110)
})

test('two at once give one result', async () => {
  const { bank, connect, ledger, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  bank.record(item.itemId, ...Array.from({ length: 600 }, () => ({ kind: 'added' as const, transaction: purchase(account) })))
  const answers = await Promise.all([sync(id), sync(id), sync(id)])
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
  expect(await ledger(id)).toHaveLength(610)
})
