import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../../domain/shared/index.ts'
import { anyVersion, succeed } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'
import { priceSecurity } from './priced-securities.ts'

let lots: Lots
const today = new Date().toISOString().slice(0, 10)
const before = (days: number): string => addDays(today, -days)
const path = '/v1/wealth/portfolios'

const make = (body: Record<string, unknown>) =>
  succeed(lots.user, 'POST', path, { householdId: lots.householdId, name: 'All', accountIds: [lots.taxable], ...body })
const holdings = (id: string, query = '') => succeed(lots.user, 'GET', `${path}/${id}/holdings${query}`)

beforeAll(async () => {
  lots = await startLots()
  await priceSecurity(
    lots.platform,
    'VTI',
    { [before(100)]: 100, [before(3)]: 130 },
    { composition: [{ key: 'us_large_cap', weight: '0.8' }] },
  )
  await priceSecurity(lots.platform, 'EXS1', { [before(2)]: 50 }, { currency: 'EUR' })
  const administrator = lots.platform.database.connect('postgres')
  await administrator`insert into market.fx_rates (base, quote, date, rate) values ('EUR', 'USD', ${before(50)}, 1.10), ('EUR', 'USD', ${before(1)}, 1.20)`
  await lots.enter(lots.taxable, 'contribution', before(120), { symbol: undefined, amount: '5000.00' })
  await lots.enter(lots.taxable, 'buy', before(90), { quantity: '20', price: '100' })
  await lots.enter(lots.taxable, 'sell', before(30), { quantity: '5', price: '120' })
  await lots.enter(lots.taxable, 'buy', before(50), { symbol: 'EXS1', quantity: '10', price: '44' })
  await lots.enter(lots.taxable, 'buy', before(40), { symbol: 'PRIVATE', quantity: '4', price: '25' })
  await lots.enter(lots.taxable, 'split', before(20), { symbol: 'PRIVATE', amount: '0', splitNumerator: 2, splitDenominator: 1 })
  await lots.enter(lots.ira, 'buy', before(10), { quantity: '1', price: '125' })
})
afterAll(() => lots.platform.close())

describe('the holdings of a portfolio', () => {
  it('are valued at market prices, at the last trade where there is none, and converted', async () => {
    const { id } = await make({ name: 'Valued' })
    const answer = await holdings(id)
    const of = (symbol: string | null) => answer.items.find((item: { symbol: string | null }) => item.symbol === symbol)
    expect(of('VTI')).toMatchObject({
      name: 'VTI fund',
      quantity: '15',
      averageCost: '100',
      currentValue: '1950.00',
      unrealisedGain: '450.00',
      unrealisedGainPct: 0.3,
      price: { price: '130', priceDate: before(3), source: 'market' },
      classSource: 'composition',
    })
    // 10 shares were bought for 440 USD when a euro cost 1.10: 400 EUR. They are worth 500 EUR, at 1.20.
    expect(of('EXS1')).toMatchObject({ currentValue: '600.00', unrealisedGain: '160.00', priceGain: '120.00', currencyGain: '40.00' })
    // A share that cost 25 before the split of 2 for 1 is two of 12.50.
    expect(of('PRIVATE')).toMatchObject({
      quantity: '8',
      currentValue: '100.00',
      price: { price: '12.5', priceDate: before(40), source: 'trade' },
    })
    // 5,000 - 2,000 + 600 - 440 - 100.
    expect(of(null)).toMatchObject({ kind: 'cash', currentValue: '3060.00' })
    expect(answer).toMatchObject({ totalValue: '5710.00', cashBalance: '3060.00', investedValue: '2650.00', unvaluedCount: 0 })
    expect(answer.allocation.map(({ key, value }: { key: string; value: string }) => [key, value])).toEqual([
      ['cash', '3060.00'],
      ['us_large_cap', '1560.00'],
      ['unclassified', '1090.00'],
    ])
  })

  it('of a past day are those of the ledger up to it, at the prices of that day', async () => {
    const { id } = await make({ name: 'Past' })
    const answer = await holdings(id, `?date=${before(60)}`)
    expect(answer.items).toMatchObject([
      { symbol: null, currentValue: '3000.00' },
      { symbol: 'VTI', quantity: '20', currentValue: '2000.00', unrealisedGain: '0.00', price: { priceDate: before(100) } },
    ])
    const tooEarly = await holdings(id, `?date=${before(200)}`)
    expect(tooEarly).toMatchObject({ items: [], totalValue: '0.00' })
    const refused = await lots.user.request('GET', `${path}/${id}/holdings?date=${addDays(today, 1)}`)
    expect(refused.status).toBe(400)
    expect(refused.body.errors[0].path).toBe('query.date')
  })

  it('are compared with a target, over all accounts of the portfolio', async () => {
    const targetAllocation = [
      { key: 'VTI', weight: '0.5' },
      { key: 'cash', weight: '0.5' },
    ]
    const { id } = await make({ name: 'Two', accountIds: [lots.taxable, lots.ira], targetKind: 'instrument', targetAllocation })
    const { allocation, totalValue } = await holdings(id)
    // The IRA has a share of VTI and owes the 125 that it cost.
    expect(totalValue).toBe('5715.00')
    expect(allocation[0]).toMatchObject({ key: 'cash', value: '2935.00', target: 0.5, isInside: true })
    expect(allocation[1]).toMatchObject({ key: 'VTI', value: '2080.00', target: 0.5, isInside: false, difference: '777.50' })
  })

  it('have the classes that the household gives a security', async () => {
    const classes = [
      { key: 'emerging_equity', weight: '0.25' },
      { key: 'developed_equity', weight: '0.75' },
    ]
    const made = await succeed(lots.user, 'POST', '/v1/wealth/security-classes', { householdId: lots.householdId, symbol: 'EXS1', classes })
    const { id } = await make({ name: 'Classes' })
    const item = (await holdings(id)).items.find(({ symbol }: { symbol: string }) => symbol === 'EXS1')
    expect(item).toMatchObject({ classes, classSource: 'household' })
    await succeed(lots.user, 'DELETE', `/v1/wealth/security-classes/${made.id}`, undefined, anyVersion)
  })
})

describe('a portfolio', () => {
  it('has a version for each change of its settings, which can be compared and restored', async () => {
    const made = await make({ name: 'First name' })
    const change = (body: Record<string, unknown>) => succeed(lots.user, 'PATCH', `${path}/${made.id}`, body, anyVersion)
    await change({ name: 'Second name', rebalancing: { absoluteBand: '0.03', relativeBand: '0.2' } })
    await change({ targetKind: 'asset_class', targetAllocation: [{ key: 'cash', weight: '1' }], accountIds: [lots.ira] })
    const { items } = await succeed(lots.user, 'GET', `${path}/${made.id}/versions?sort=version`)
    expect(items.map(({ change: kind, version }: { change: string; version: number }) => [version, kind])).toEqual([
      [1, 'created'],
      [2, 'updated'],
      [3, 'updated'],
    ])
    const { differences } = await succeed(lots.user, 'GET', `${path}/${made.id}/differences?from=1&to=2`)
    expect(differences.map(({ path: field }: { path: string }) => field)).toEqual(['name', 'rebalancing'])
    const restored = await succeed(lots.user, 'POST', `${path}/${made.id}/restorations`, { version: 1 }, anyVersion)
    expect(restored).toMatchObject({ name: 'First name', version: 4, targetKind: 'none', accountIds: [lots.taxable] })
    expect(await succeed(lots.user, 'GET', `${path}/${made.id}/versions/3`)).toMatchObject({ portfolio: { targetKind: 'asset_class' } })
    expect((await lots.user.request('GET', `${path}/${made.id}/versions/9`)).status).toBe(404)
  })

  it('is the default one if it is the first, or if it is made it, and the oldest is it after its removal', async () => {
    const user = await lots.platform.newUser()
    const { id: householdId } = await succeed(user, 'POST', '/v1/identity/households', { name: 'New', timezone: 'UTC' })
    const { id: accountId } = await succeed(user, 'POST', '/v1/wealth/accounts', { householdId, name: 'IRA', type: 'retirement' })
    const create = (name: string, more = {}) => succeed(user, 'POST', path, { householdId, name, accountIds: [accountId], ...more })
    const defaults = async () =>
      (await succeed(user, 'GET', `${path}?householdId=${householdId}`)).items
        .filter(({ isDefault }: { isDefault: boolean }) => isDefault)
        .map(({ name }: { name: string }) => name)
    await create('One')
    const two = await create('Two')
    expect(await defaults()).toEqual(['One'])
    await succeed(user, 'PATCH', `${path}/${two.id}`, { isDefault: true }, anyVersion)
    expect(await defaults()).toEqual(['Two'])
    await succeed(user, 'DELETE', `${path}/${two.id}`, undefined, anyVersion)
    expect(await defaults()).toEqual(['One'])
  })

  it.each([
    [
      'a target of 101 %',
      {
        targetKind: 'asset_class',
        targetAllocation: [
          { key: 'cash', weight: '0.6' },
          { key: 'tips', weight: '0.41' },
        ],
      },
      400,
      'body.targetAllocation',
    ],
    [
      'a weight of zero',
      { targetKind: 'asset_class', targetAllocation: [{ key: 'cash', weight: '0' }] },
      400,
      'body.targetAllocation.0.weight',
    ],
    ['weights without a kind', { targetAllocation: [{ key: 'cash', weight: '1' }] }, 400, 'body.targetAllocation'],
    ['no account', { accountIds: [] }, 400, 'body.accountIds'],
    ['an account of nobody', { accountIds: ['01990000-0000-7000-8000-000000000009'] }, 422, 'body.accountIds.0'],
    ['a benchmark that does not exist', { benchmarkId: '01990000-0000-7000-8000-000000000009' }, 422, 'body.benchmarkId'],
    [
      'a model that does not exist',
      { targetKind: 'model', portfolioModelId: '01990000-0000-7000-8000-000000000009' },
      422,
      'body.portfolioModelId',
    ],
  ])('is refused with %s', async (_, body, status, field) => {
    const answer = await lots.user.request('POST', path, {
      body: { householdId: lots.householdId, name: 'Bad', accountIds: [lots.taxable], ...body },
    })
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([status, field])
  })

  it('takes no debt and no account of another household', async () => {
    const card = await lots.account({ name: 'Card', type: 'credit_card' })
    const answer = await lots.user.request('POST', path, { body: { householdId: lots.householdId, name: 'Bad', accountIds: [card] } })
    expect([answer.status, answer.body.errors[0].message]).toEqual([422, 'Card is a debt: a portfolio has none'])
    const other = await lots.platform.newUser()
    const { id } = await make({ name: 'Mine' })
    expect((await other.request('GET', `${path}/${id}/holdings`)).status).toBe(404)
  })

  it('can have a portfolio model of planning as its target', async () => {
    const { items } = await succeed(lots.user, 'GET', '/v1/planning/portfolio-models?limit=1')
    const { id } = await make({ name: 'Model', targetKind: 'model', portfolioModelId: items[0].id })
    const { allocation } = await holdings(id)
    for (const [key, weight] of Object.entries(items[0].assetAllocation))
      expect(allocation.find((part: { key: string }) => part.key === key)).toMatchObject({ target: weight })
  })
})
