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

const read = async (id: string) => (await user.request('GET', `/v1/wealth/accounts/${id}`)).body
const post = (body: object) => user.request('POST', '/v1/wealth/accounts', { body: { householdId, name: 'Tried', ...body } })
const patch = (id: string, body: object) => user.request('PATCH', `/v1/wealth/accounts/${id}`, { body, headers: { 'if-match': '*' } })

describe('the balance of an account', () => {
  test('of a ledger is its opening balance and its posted transactions up to today', async () => {
    const account = await newAccount(user, householdId, { type: 'checking', openingBalance: '100.00' })
    expect(account).toMatchObject({
      balanceSource: 'ledger',
      currency: 'USD',
      currentBalance: '100.00',
      availableBalance: '100.00',
      balanceDate: null,
    })
    await addTransactions(platform, account, [
      { date: daysAgo(60), amount: '-30.10' },
      { date: daysAgo(0), amount: '5.05' },
      { date: daysAgo(0), amount: '-9.00', isPending: true },
      { date: daysAgo(-2), amount: '1000.00' },
    ])
    expect(await read(account.id)).toMatchObject({
      currentBalance: '74.95',
      availableBalance: '65.95',
      balanceDate: daysAgo(0),
      isStale: false,
    })
  })

  test('of a ledger without a transaction for 45 days is marked as old', async () => {
    const account = await newAccount(user, householdId, { type: 'savings' })
    await addTransactions(platform, account, [{ date: daysAgo(46), amount: '1.00' }])
    expect(await read(account.id)).toMatchObject({ isStale: true })
  })

  test('that is stated is its first valuation', async () => {
    const account = await newAccount(user, householdId, { type: 'property', currentBalance: '420000.00' })
    expect(account).toMatchObject({ balanceSource: 'stated', currentBalance: '420000.00', balanceDate: todayIn('UTC') })
    expect(await newAccount(user, householdId, { type: 'vehicle' })).toMatchObject({ currentBalance: null, balanceDate: null })
  })

  test('that an institution states becomes a value of its day', async () => {
    const account = await newAccount(user, householdId, { type: 'retirement', balanceSource: 'stated' })
    await stateBalance(platform, account, '500.00')
    await stateBalance(platform, account, '510.00')
    expect(await read(account.id)).toMatchObject({ currentBalance: '510.00', vestedBalance: '510.00', statedBalance: '510.00' })
    const { body } = await user.request('GET', `/v1/wealth/accounts/${account.id}/valuations`)
    expect(body.items).toMatchObject([{ balance: '510.00', source: 'import', date: todayIn('UTC') }])
  })
})

describe('an account is refused, and the field is named:', () => {
  test.each<[name: string, body: object, field: string, message: RegExp]>([
    ['a loan above zero', { type: 'loan', openingBalance: '1.00' }, 'openingBalance', /zero or less/],
    ['a mortgage above zero', { type: 'mortgage', balanceSource: 'stated', currentBalance: '0.01' }, 'currentBalance', /zero or less/],
    ['savings below zero', { type: 'savings', openingBalance: '-0.01' }, 'openingBalance', /zero or more/],
    [
      'a checking account below its limit',
      { type: 'checking', openingBalance: '-500.01', creditLimit: '500.00' },
      'openingBalance',
      /-500.00 or more/,
    ],
    ['a property below zero', { type: 'property', currentBalance: '-1.00' }, 'currentBalance', /zero or more/],
    ['a cent of a yen', { type: 'savings', currency: 'JPY', openingBalance: '10.50' }, 'openingBalance', /smallest unit of JPY/],
    ['a limit in half yen', { type: 'checking', currency: 'JPY', creditLimit: '10.50' }, 'creditLimit', /smallest unit of JPY/],
    ['a ledger of a property', { type: 'property', balanceSource: 'ledger' }, 'balanceSource', /stated/],
    ['a stated checking account', { type: 'checking', balanceSource: 'stated' }, 'balanceSource', /ledger/],
    ['a stated balance of a ledger', { type: 'savings', currentBalance: '1.00' }, 'currentBalance', /opening balance/],
    ['an opening balance of a property', { type: 'property', openingBalance: '1.00' }, 'openingBalance', /stated/],
    ['a Roth mortgage', { type: 'mortgage', taxType: 'roth_ira' }, 'taxType', /left out/],
    ['a checking account that is a 401(k)', { type: 'checking', taxType: '401k' }, 'taxType', /hsa/],
    ['a whole number', { type: 'checking', mask: '123456789' }, 'mask', /last four/],
    ['an unknown currency', { type: 'checking', currency: 'XYZ' }, 'currency', /ISO 4217/],
  ])('%s', async (_, body, field, message) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([{ path: `body.${field}`, message: expect.stringMatching(message) as unknown }])
  })

  test('cards and other accounts can be above and below zero', async () => {
    for (const type of ['credit_card', 'other'])
      for (const openingBalance of ['-20.00', '20.00']) expect((await post({ type, openingBalance })).status).toBe(201)
  })

  test('a change is checked by the same rules', async () => {
    const { id } = await newAccount(user, householdId, { type: 'checking', openingBalance: '-200.00', creditLimit: '300.00' })
    expect((await patch(id, { openingBalance: '-300.01' })).body.errors).toMatchObject([{ path: 'body.openingBalance' }])
    expect((await patch(id, { creditLimit: '100.00' })).body.errors).toMatchObject([{ path: 'body.creditLimit' }])
    expect((await patch(id, { creditLimit: '100.00', openingBalance: '-50.00' })).body).toMatchObject({ currentBalance: '-50.00' })
    const stated = await newAccount(user, householdId, { type: 'vehicle' })
    expect((await patch(stated.id, { openingBalance: '1.00' })).status).toBe(400)
  })
})

describe('the owner of an account', () => {
  test('is a person of its household', async () => {
    const other = await householdIn(user)
    const personOf = async (household: string) =>
      (await user.request('POST', `/v1/identity/households/${household}/people`, { body: { name: 'Robin' } })).body.id
    const [own, foreign] = [await personOf(householdId), await personOf(other)]
    expect((await post({ type: 'savings', ownerId: foreign })).body.errors).toMatchObject([{ path: 'body.ownerId' }])
    const { id } = await newAccount(user, householdId, { type: 'savings', ownerId: own })
    expect((await patch(id, { ownerId: foreign })).status).toBe(422)
    expect((await patch(id, { ownerId: null })).body).toMatchObject({ ownerId: null })
  })
})

describe('closing', () => {
  test('keeps the history, and reopening takes it back', async () => {
    const account = await newAccount(user, householdId, { type: 'savings', openingBalance: '10.00', openedOn: daysAgo(100) })
    const close = (body: object) =>
      user.request('POST', `/v1/wealth/accounts/${account.id}/closures`, { body, headers: { 'if-match': '*' } })
    expect((await close({ closedOn: daysAgo(-1) })).body.errors).toMatchObject([{ path: 'body.closedOn' }])
    expect((await close({ closedOn: daysAgo(101) })).body.errors).toMatchObject([{ path: 'body.closedOn' }])
    expect((await close({ closedOn: daysAgo(10) })).body).toMatchObject({ closedOn: daysAgo(10), currentBalance: '10.00' })
    const list = async (query: string) =>
      (await user.request('GET', `/v1/wealth/accounts?householdId=${householdId}&${query}`)).body.items.map(
        (item: { id: string }) => item.id,
      )
    expect(await list('isClosed=true')).toEqual([account.id])
    expect(await list('isClosed=false')).not.toContain(account.id)
    const { body: trend } = await user.request('GET', `/v1/wealth/accounts/${account.id}/balances?interval=day&from=${daysAgo(12)}`)
    expect(trend.items.map((item: { date: string }) => item.date)).toEqual([daysAgo(12), daysAgo(11), daysAgo(10)])
    const reopened = await user.request('POST', `/v1/wealth/accounts/${account.id}/reopenings`, { headers: { 'if-match': '*' } })
    expect(reopened.body).toMatchObject({ closedOn: null })
  })
})
