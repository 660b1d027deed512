import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { householdIn, newAccount } from './wealth-platform.ts'

let platform: TestPlatform
let user: TestUser
let householdId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  householdId = await householdIn(user)
})
afterAll(() => platform.close())

const anyVersion = { headers: { 'if-match': '*' } }
const put = ({ id }: { id: string }, body: object, headers: Record<string, string> = anyVersion.headers) =>
  user.request('PUT', `/v1/wealth/accounts/${id}/beneficiaries`, { body, headers })
const personIn = async (household: string) =>
  (await user.request('POST', `/v1/identity/households/${household}/people`, { body: { name: 'Robin' } })).body.id

describe('beneficiaries', () => {
  test('of each rank have shares of exactly 100 per cent, and are replaced as a whole', async () => {
    const account = await newAccount(user, householdId, { type: 'savings' })
    const thirds = ['33.333', '33.333', '33.334'].map((share, index) => ({ name: `Heir ${index}`, share }))
    const { body, headers } = await put(account, { primary: thirds, contingent: [{ name: 'Red Cross', kind: 'charity', share: '100' }] })
    expect(body.primary.map((each: { share: string }) => each.share)).toEqual(['33.333', '33.333', '33.334'])
    expect(body.contingent).toEqual([{ personId: null, name: 'Red Cross', kind: 'charity', share: '100' }])
    expect((await put(account, { primary: thirds.slice(0, 2) })).body.errors).toMatchObject([{ path: 'body.primary', message: /66.666/ }])
    expect((await put(account, { contingent: [{ name: 'One', share: '99.999' }] })).body.errors).toMatchObject([
      { path: 'body.contingent' },
    ])
    expect((await put(account, { primary: [{ name: 'One', share: '33.3333' }] })).status).toBe(400)
    expect((await put(account, {}, { 'if-match': headers.get('etag')! })).body).toMatchObject({ primary: [], contingent: [] })
    expect((await put(account, {}, { 'if-match': headers.get('etag')! })).status).toBe(412)
  })

  test('are people of the household or are named, not both', async () => {
    const account = await newAccount(user, householdId, { type: 'savings' })
    const [own, foreign] = [await personIn(householdId), await personIn(await householdIn(user))]
    expect((await put(account, { primary: [{ personId: foreign, share: '100' }] })).body.errors).toMatchObject([
      { path: 'body.primary.0.personId' },
    ])
    expect((await put(account, { primary: [{ personId: own, name: 'Robin', share: '100' }] })).status).toBe(400)
    expect((await put(account, { primary: [{ share: '100' }] })).status).toBe(400)
    expect((await put(account, { primary: [{ personId: own, share: '100' }] })).body.primary).toMatchObject([
      { personId: own, name: 'Robin' },
    ])
  })

  test('the estate shows which accounts have none; debts are not in it', async () => {
    const home = await householdIn(user)
    const [whole, half] = [
      await newAccount(user, home, { type: 'savings', name: 'Whole', openingBalance: '5.00' }),
      await newAccount(user, home, { type: 'property', name: 'Half' }),
    ]
    await newAccount(user, home, { type: 'vehicle', name: 'Open' })
    await newAccount(user, home, { type: 'mortgage', name: 'Debt' })
    const one = [{ name: 'Trust', kind: 'trust', share: '100' }]
    await put(whole, { primary: one, contingent: one })
    await put(half, { primary: one })
    const { body } = await user.request('GET', `/v1/wealth/estate?householdId=${home}`)
    expect(body.items).toMatchObject([
      { name: 'Half', designation: 'primary_only' },
      { name: 'Open', designation: 'none' },
      { name: 'Whole', designation: 'complete', currentBalance: '5.00', primary: [{ name: 'Trust', share: '100', amount: '5.00' }] },
    ])
    expect(body.heirs).toMatchObject([
      {
        name: 'Trust',
        kind: 'trust',
        currency: 'USD',
        amount: '5.00',
        accounts: [{ accountId: half.id, amount: null }, { amount: '5.00' }],
      },
    ])
    expect(body.totals).toEqual([{ currency: 'USD', designated: '5.00', undesignated: '0.00' }])
    const stranger = await platform.newUser()
    expect((await stranger.request('GET', `/v1/wealth/estate?householdId=${home}`)).status).toBe(404)
  })
})

describe('goals', () => {
  const post = (body: object) => user.request('POST', '/v1/wealth/goals', { body: { householdId, name: 'Roof', kind: 'home', ...body } })

  test('progress is the balance of the linked accounts', async () => {
    const [one, two] = [
      await newAccount(user, householdId, { type: 'savings', openingBalance: '250.00' }),
      await newAccount(user, householdId, { type: 'property', currentBalance: '83.33' }),
    ]
    const nextYear = `${new Date().getUTCFullYear() + 2}-01-01`
    const { body } = await post({ targetAmount: '1000.00', targetDate: nextYear, accountIds: [one.id, two.id] })
    expect(body).toMatchObject({ savedAmount: '333.33', progress: 0.3333, remaining: '666.67', currency: 'USD', status: 'active' })
    expect(Number(body.neededPerMonth)).toBeGreaterThan(26)
    const changed = await user.request('PATCH', `/v1/wealth/goals/${body.id}`, {
      body: { accountIds: [one.id], targetDate: null },
      ...anyVersion,
    })
    expect(changed.body).toMatchObject({ savedAmount: '250.00', progress: 0.25, neededPerMonth: null, accountIds: [one.id], version: 2 })
    const listed = await user.request('GET', `/v1/wealth/goals?householdId=${householdId}&sort=priority`)
    expect(listed.body.items).toMatchObject([{ id: body.id, savedAmount: '250.00' }])
  })

  test('accounts of another currency or household are refused, and amounts that are nothing', async () => {
    const yen = await newAccount(user, householdId, { type: 'savings', currency: 'JPY' })
    const foreign = await newAccount(user, await householdIn(user), { type: 'savings' })
    expect((await post({ targetAmount: '1.00', accountIds: [yen.id] })).body.errors).toMatchObject([
      { path: 'body.accountIds.0', message: /JPY/ },
    ])
    expect((await post({ targetAmount: '1.00', accountIds: [foreign.id] })).status).toBe(422)
    expect((await post({ targetAmount: '0.00' })).body.errors).toMatchObject([{ path: 'body.targetAmount' }])
    const made = await post({ targetAmount: '10', currency: 'JPY', accountIds: [yen.id] })
    const back = await user.request('PATCH', `/v1/wealth/goals/${made.body.id}`, { body: { currency: 'USD' }, ...anyVersion })
    expect(back.body.errors).toMatchObject([{ path: 'body.accountIds.0' }])
  })
})
