import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { addTransactions, daysAgo, householdIn, newAccount, stateBalance, todayIn } from './wealth-platform.ts'

let platform: TestPlatform
let user: TestUser
let householdId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  householdId = await householdIn(user)
})
afterAll(() => platform.close())

const valuationsOf = ({ id }: { id: string }) => `/v1/wealth/accounts/${id}/valuations`
const value = (account: { id: string }, body: object) => user.request('POST', valuationsOf(account), { body })
const balanceOf = async ({ id }: { id: string }) => (await user.request('GET', `/v1/wealth/accounts/${id}`)).body.currentBalance
const anyVersion = { headers: { 'if-match': '*' } }

describe('valuations', () => {
  test('the latest up to today is the balance; one can be corrected and removed', async () => {
    const house = await newAccount(user, householdId, { type: 'property' })
    await value(house, { date: daysAgo(400), balance: '300000.00' })
    const { body: newer } = await value(house, { date: daysAgo(10), balance: '310000.00', note: 'Appraisal' })
    expect(await balanceOf(house)).toBe('310000.00')
    const path = `${valuationsOf(house)}/${newer.id}`
    expect((await user.request('PATCH', path, { body: { balance: '311000.00' }, ...anyVersion })).body).toMatchObject({ version: 2 })
    expect(await balanceOf(house)).toBe('311000.00')
    expect((await user.request('DELETE', path, anyVersion)).status).toBe(204)
    expect(await balanceOf(house)).toBe('300000.00')
    const listed = await user.request('GET', `${valuationsOf(house)}?count=true`)
    expect(listed.body).toMatchObject({ total: 1, items: [{ date: daysAgo(400), source: 'person' }] })
  })

  test('is refused after today, twice on a day, below zero, and for a ledger', async () => {
    const house = await newAccount(user, householdId, { type: 'property' })
    expect((await value(house, { date: daysAgo(-1), balance: '1.00' })).body.errors).toMatchObject([{ path: 'body.date' }])
    expect((await value(house, { balance: '-1.00' })).body.errors).toMatchObject([{ path: 'body.balance' }])
    expect((await value(house, { balance: '1.00' })).status).toBe(201)
    expect((await value(house, { balance: '2.00' })).status).toBe(409)
    const checking = await newAccount(user, householdId, { type: 'checking' })
    expect((await value(checking, { balance: '1.00' })).body.errors).toMatchObject([{ path: 'body.balance' }])
  })

  test('of an institution stays, and one of a person on the same day counts more', async () => {
    const plan = await newAccount(user, householdId, { type: 'retirement', balanceSource: 'stated' })
    await stateBalance(platform, plan, '500.00')
    const [stated] = (await user.request('GET', valuationsOf(plan))).body.items
    const path = `${valuationsOf(plan)}/${stated.id}`
    expect((await user.request('DELETE', path, anyVersion)).status).toBe(409)
    expect((await user.request('PATCH', path, { body: { balance: '1.00' }, ...anyVersion })).status).toBe(409)
    await value(plan, { balance: '505.00', vested: '400.00', unvested: '105.00' })
    expect((await user.request('GET', `/v1/wealth/accounts/${plan.id}`)).body).toMatchObject({
      currentBalance: '505.00',
      vestedBalance: '400.00',
      unvestedBalance: '105.00',
    })
  })

  test('today is that of the household: a day ahead of UTC, or behind it', async () => {
    for (const timezone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const there = await householdIn(user, timezone)
      const house = await newAccount(user, there, { type: 'property', currentBalance: '5.00' })
      expect(house.balanceDate).toBe(todayIn(timezone))
      expect((await value(house, { date: daysAgo(-1, timezone), balance: '1.00' })).status).toBe(400)
    }
  })
})

describe('trends', () => {
  test('of a ledger are computed, so that they are right after a back-dated entry', async () => {
    const home = await householdIn(user)
    const account = await newAccount(user, home, { type: 'checking', openingBalance: '100.00', openedOn: '2025-11-15' })
    await addTransactions(platform, account, [
      { date: '2025-12-31', amount: '50.00' },
      { date: '2026-01-01', amount: '-20.00' },
    ])
    const months = async () =>
      (await user.request('GET', `/v1/wealth/accounts/${account.id}/balances?from=2025-10-01&to=2026-02-10`)).body.items.map(
        (item: { date: string; balance: string }) => `${item.date} ${item.balance}`,
      )
    expect(await months()).toEqual(['2025-11-30 100.00', '2025-12-31 150.00', '2026-01-31 130.00', '2026-02-10 130.00'])
    await addTransactions(platform, account, [{ date: '2025-11-20', amount: '7.00' }])
    expect(await months()).toEqual(['2025-11-30 107.00', '2025-12-31 157.00', '2026-01-31 137.00', '2026-02-10 137.00'])
  })

  test('of a household are summed by currency, with assets and what is owed', async () => {
    const home = await householdIn(user)
    const house = await newAccount(user, home, { type: 'property' })
    await value(house, { date: '2026-01-10', balance: '1000.00' })
    await newAccount(user, home, { type: 'mortgage', openingBalance: '-400.00', openedOn: '2026-01-05' })
    await newAccount(user, home, { type: 'savings', currency: 'JPY', openingBalance: '9000.00', openedOn: '2026-01-20' })
    const { body } = await user.request('GET', `/v1/wealth/balances?householdId=${home}&from=2026-01-01&to=2026-01-31&interval=month`)
    expect(body.totals.toSorted((a: { currency: string }, b: { currency: string }) => (a.currency < b.currency ? -1 : 1))).toEqual([
      { currency: 'JPY', items: [{ date: '2026-01-31', balance: '9000.00', assets: '9000.00', owed: '0.00' }] },
      { currency: 'USD', items: [{ date: '2026-01-31', balance: '600.00', assets: '1000.00', owed: '-400.00' }] },
    ])
    expect(body.accounts).toHaveLength(3)
    expect(body.converted).toEqual({ currency: 'USD', items: [], missing: ['JPY'] })
    await platform.database.connect('postgres')`insert into market.fx_rates (base, quote, date, rate) values
      ('EUR', 'USD', '2026-01-30', 1.2), ('EUR', 'JPY', '2026-01-28', 180), ('USD', 'JPY', '2026-01-20', 1)`
    const later = await user.request('GET', `/v1/wealth/balances?householdId=${home}&from=2026-01-01&to=2026-01-31&interval=month`)
    // Through the euro: the rate of the pair itself is too old.
    expect(later.body.converted).toEqual({
      currency: 'USD',
      items: [{ date: '2026-01-31', balance: '660.00', assets: '1060.00', owed: '-400.00' }],
      missing: [],
    })
    const stranger = await platform.newUser()
    expect((await stranger.request('GET', `/v1/wealth/balances?householdId=${home}`)).status).toBe(404)
  })

  test('of too many days are refused', async () => {
    const account = await newAccount(user, householdId, { type: 'checking' })
    const answer = await user.request('GET', `/v1/wealth/accounts/${account.id}/balances?from=1990-01-01&interval=day`)
    expect(answer.body.errors).toMatchObject([{ path: 'query.interval' }])
    const reversed = await user.request('GET', `/v1/wealth/accounts/${account.id}/balances?from=2026-02-01&to=2026-01-01`)
    expect(reversed.body.errors).toMatchObject([{ path: 'query.from' }])
  })
})
