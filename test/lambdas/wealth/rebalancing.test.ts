import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../../domain/shared/index.ts'
import { succeed } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'
import { priceSecurity } from './priced-securities.ts'

let lots: Lots
let path: string
let portfolioId: string
const today = new Date().toISOString().slice(0, 10)
const before = (days: number): string => addDays(today, -days)
const propose = (body: Record<string, unknown> = {}) => succeed(lots.user, 'POST', path, { taxRates: { short: 0.4, long: 0.2 }, ...body })

beforeAll(async () => {
  lots = await startLots()
  const classOf = (key: string) => ({ composition: [{ key, weight: '1' }] })
  await priceSecurity(lots.platform, 'STOCKS', { [before(1)]: 200 }, classOf('us_large_cap'))
  await priceSecurity(lots.platform, 'BONDS', { [before(1)]: 50 }, classOf('us_core_bond'))
  await priceSecurity(lots.platform, 'NEWBONDS', { [before(1)]: 25 }, classOf('us_core_bond'))
  const enter = (accountId: string, type: string, days: number, fields: Record<string, unknown>) =>
    lots.enter(accountId, type, before(days), fields)
  await enter(lots.taxable, 'contribution', 500, { symbol: undefined, amount: '10000.00' })
  await enter(lots.taxable, 'buy', 500, { symbol: 'STOCKS', quantity: '50', price: '100' })
  await enter(lots.taxable, 'buy', 500, { symbol: 'BONDS', quantity: '100', price: '50' })
  await enter(lots.ira, 'contribution', 400, { symbol: undefined, amount: '6000.00', taxYear: Number(before(400).slice(0, 4)) })
  await enter(lots.ira, 'buy', 400, { symbol: 'STOCKS', quantity: '30', price: '200' })
  const body = {
    householdId: lots.householdId,
    name: 'All',
    accountIds: [lots.taxable, lots.ira],
    targetKind: 'asset_class',
    targetAllocation: [
      { key: 'us_large_cap', weight: '0.6' },
      { key: 'us_core_bond', weight: '0.4' },
    ],
  }
  portfolioId = (await succeed(lots.user, 'POST', '/v1/wealth/portfolios', body)).id
  path = `/v1/wealth/portfolios/${portfolioId}/rebalancing-proposals`
})

afterAll(() => lots.platform.close())

describe('a proposal', () => {
  it('sells in the account without tax first, and brings each class into its band', async () => {
    // 16,000 of shares and 5,000 of bonds: 76 % against 60 %. The IRA alone has the 3,400 that are too much.
    const { date, proposals, taxSource } = await propose()
    expect([date, taxSource, proposals.length]).toEqual([today, 'given', 1])
    const [{ classes, realised, tax, trades }] = proposals
    expect(trades).toMatchObject([
      { accountId: lots.ira, symbol: 'STOCKS', side: 'sell', amount: '3400.00', quantity: '17' },
      { accountId: lots.ira, symbol: 'BONDS', side: 'buy', amount: '3400.00', quantity: '68' },
    ])
    expect(tax).toBe('0.00')
    expect(realised).toMatchObject({ short: '0.00', long: '0.00' })
    expect(classes.every(({ isInside }: { isInside: boolean }) => isInside)).toBe(true)
  })

  it('stands beside others with other budgets of gains, each with its tax and what it leaves out', async () => {
    const { proposals } = await propose({
      gainsBudgets: ['0.00', '500.00', null],
      minimumCash: [],
      doNotSell: [],
      withdrawals: [{ accountId: lots.taxable, amount: '4000.00' }],
    })
    expect(proposals.map(({ gainsBudget }: { gainsBudget: string | null }) => gainsBudget)).toEqual(['0.00', '500.00', null])
    for (const { gainsBudget, realised, skips } of proposals) {
      const gain = Number(realised.short) + Number(realised.long)
      if (gainsBudget !== null) expect(gain).toBeLessThanOrEqual(Number(gainsBudget))
      for (const { message } of skips) expect(message).toMatch(/\.$/)
    }
  })

  it('keeps what is marked, and says so', async () => {
    const { proposals } = await propose({ doNotSell: ['STOCKS'] })
    expect(proposals[0].trades.some(({ symbol }: { symbol: string }) => symbol === 'STOCKS')).toBe(false)
    expect(proposals[0].skips.map(({ reason }: { reason: string }) => reason)).toContain('do_not_sell')
  })

  it('invests new money without a sale', async () => {
    const { proposals } = await propose({ mode: 'cash_flow', newCash: [{ accountId: lots.taxable, amount: '2000.00' }] })
    expect(proposals[0].trades).toMatchObject([{ accountId: lots.taxable, symbol: 'BONDS', side: 'buy', amount: '2000.00' }])
  })

  it('says how much of the tracking error is left, by the published assumptions', async () => {
    const { assumptions, proposals } = await propose()
    expect(assumptions).toContain('Horizon')
    expect(proposals[0].trackingError).toBeLessThan(0.01)
  })

  it.each([
    [{ minimumTrade: '-1' }, 400, 'body.minimumTrade'],
    [{ gainsBudgets: [] }, 400, 'body.gainsBudgets'],
    [{ newCash: [{ accountId: '01990000-0000-7000-8000-000000000009', amount: '1.00' }] }, 422, 'body.newCash.0.accountId'],
    [{ candidates: [{ key: 'us_core_bond', symbols: ['NONE'] }] }, 422, 'body.candidates.0.symbols.0'],
    [{ candidates: [{ key: 'timber', symbols: ['BONDS'] }] }, 422, 'body.candidates.0.key'],
    [{ candidates: Array.from({ length: 2 }, () => ({ key: 'us_core_bond', symbols: ['BONDS'] })) }, 400, 'body.candidates.1.key'],
    [{ doNotSell: ['STOCKS', 'NONE'] }, 422, 'body.doNotSell.1'],
  ])('is refused for %j', async (body, status, field) => {
    const answer = await lots.user.request('POST', path, { body })
    expect([answer.status, answer.body.errors[0].path]).toEqual([status, field])
  })

  it('refuses an account that is given twice', async () => {
    const newCash = ['1.00', '2.00'].map(amount => ({ accountId: lots.taxable, amount }))
    const answer = await lots.user.request('POST', path, { body: { newCash } })
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, 'body.newCash.1.accountId'])
  })

  it('buys a security that has a target of its own and is not held, and says which one has no price', async () => {
    const body = {
      householdId: lots.householdId,
      name: 'By security',
      accountIds: [lots.taxable],
      targetKind: 'instrument',
      targetAllocation: [
        { key: 'STOCKS', weight: '0.5' },
        { key: 'NEWBONDS', weight: '0.3' },
        { key: 'UNPRICED', weight: '0.2' },
      ],
    }
    const { id } = await succeed(lots.user, 'POST', '/v1/wealth/portfolios', body)
    const [{ skips, trades }] = (await succeed(lots.user, 'POST', `/v1/wealth/portfolios/${id}/rebalancing-proposals`, {})).proposals
    expect(trades).toContainEqual(expect.objectContaining({ symbol: 'NEWBONDS', side: 'buy' }))
    expect(skips).toContainEqual(expect.objectContaining({ symbol: 'UNPRICED', reason: 'no_price' }))
  })

  it('waits while tax lots are calculated', async () => {
    const administrator = lots.platform.database.connect('postgres')
    await administrator`insert into wealth.lot_changes (household_id, symbol) values (${lots.householdId}, 'STOCKS')`
    const answer = await lots.user.request('POST', path, { body: {} })
    await administrator`delete from wealth.lot_changes where household_id = ${lots.householdId}`
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/lots-under-way'])
  })

  it('buys a security that is not held yet, if it may', async () => {
    const { proposals } = await propose({
      mode: 'cash_flow',
      newCash: [{ accountId: lots.taxable, amount: '2000.00' }],
      candidates: [{ key: 'us_core_bond', symbols: ['NEWBONDS', 'BONDS'] }],
    })
    expect(proposals[0].trades).toMatchObject([{ symbol: 'NEWBONDS', side: 'buy', amount: '2000.00', quantity: '80' }])
  })

  it('counts no tax while the facts of the year are not known, and says so', async () => {
    const answer = await succeed(lots.user, 'POST', path, {})
    expect(answer).toMatchObject({ taxSource: 'unknown', taxRates: { short: 0, long: 0 } })
  })

  it('puts no more into an account than its contribution limit leaves', async () => {
    // At most 7,500 may be put into an IRA in 2026 (IRS Notice 2025-67), and no more than was earned: here 1,000, so 4,000 of 5,000 stay outside.
    const person = { name: 'Sam', relationship: 'self', birthDate: '1984-05-06' }
    const { id: personId } = await succeed(lots.user, 'POST', `/v1/identity/households/${lots.householdId}/people`, person)
    const administrator = lots.platform.database.connect('postgres')
    await administrator`update wealth.accounts set owner_id = ${personId} where id = ${lots.ira}`
    const facts = { filingStatus: 'single', people: [{ personId, wages: '1000.00' }] }
    const year = `/v1/wealth/households/${lots.householdId}/tax-years/${today.slice(0, 4)}`
    expect((await lots.user.request('PUT', year, { body: facts, headers: { 'if-match': '*' } })).status).toBeLessThan(300)
    const { proposals } = await propose({ mode: 'cash_flow', newCash: [{ accountId: lots.ira, amount: '5000.00' }] })
    expect(proposals[0].cash.find(({ accountId }: { accountId: string }) => accountId === lots.ira).added).toBe('1000.00')
    expect(proposals[0].skips).toContainEqual(
      expect.objectContaining({ accountId: lots.ira, reason: 'contribution_limit', amount: '4000.00' }),
    )
  })

  it('needs a target', async () => {
    const body = { householdId: lots.householdId, name: 'None', accountIds: [lots.taxable] }
    const { id } = await succeed(lots.user, 'POST', '/v1/wealth/portfolios', body)
    const answer = await lots.user.request('POST', `/v1/wealth/portfolios/${id}/rebalancing-proposals`, { body: {} })
    expect([answer.status, answer.body.errors[0].message]).toEqual([422, 'the portfolio has no target: set one first'])
  })
})
