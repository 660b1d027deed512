import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../../domain/shared/index.ts'
import { succeed } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'
import { priceSecurity } from './priced-securities.ts'

let lots: Lots
let stated: string
let portfolioId: string
const today = new Date().toISOString().slice(0, 10)
const before = (days: number): string => addDays(today, -days)
const query = (more: Record<string, string> = {}) => String(new URLSearchParams({ householdId: lots.householdId, ...more }))
const performance = (more?: Record<string, string>) => succeed(lots.user, 'GET', `/v1/wealth/performance?${query(more)}`)
const derivation = (more?: Record<string, string>) => succeed(lots.user, 'GET', `/v1/wealth/performance/derivation?${query(more)}`)

beforeAll(async () => {
  lots = await startLots()
  const administrator = lots.platform.database.connect('postgres')
  await priceSecurity(lots.platform, 'VTI', { [before(800)]: 100, [before(401)]: 120, [before(100)]: 110, [before(1)]: 132 })
  await priceSecurity(lots.platform, 'INDEX', { [before(805)]: 10, [before(1)]: 12 })
  const [benchmark] = await administrator<{ id: string }[]>`
    insert into market.benchmarks (symbol, name, benchmark_type, category, currency, composition)
    values ('INDEX', 'The index', 'index', 'all', 'USD', '[]') returning id`
  await lots.enter(lots.taxable, 'contribution', before(800), { symbol: undefined, amount: '10000.00' })
  await lots.enter(lots.taxable, 'buy', before(800), { quantity: '100', price: '100' })
  await lots.enter(lots.taxable, 'contribution', before(400), { symbol: undefined, amount: '12000.00' })
  await lots.enter(lots.taxable, 'buy', before(400), { quantity: '100', price: '120' })
  await lots.enter(lots.taxable, 'dividend', before(50), { amount: '200.00' })
  stated = await lots.account({ name: '401(k)', type: 'retirement', balance_source: 'stated' })
  for (const [date, balance] of [
    [before(300), '1000.00'],
    [before(10), '1600.00'],
  ] as const)
    await administrator`
      insert into wealth.account_valuations (household_id, account_id, date, balance) values (${lots.householdId}, ${stated}, ${date}, ${balance})`
  const body = { householdId: lots.householdId, name: 'All', accountIds: [lots.taxable], benchmarkId: benchmark!.id }
  portfolioId = (await succeed(lots.user, 'POST', '/v1/wealth/portfolios', body)).id
})
afterAll(() => lots.platform.close())

describe('the performance of a portfolio', () => {
  it('gives the returns side by side', async () => {
    const answer = await performance({ portfolioId })
    expect(answer).toMatchObject({ currency: 'USD', firstDate: before(800), from: before(800), to: today })
    // 200 shares at 132 and 200 of cash, of which 22,000 were put in.
    expect(answer.sums).toMatchObject({ beginValue: 0, endValue: 26_600, netFlow: 22_000, gain: 4_600, income: 200, currencyGain: 0 })
    // 10,000 became 12,000; 24,000 became 26,600.
    expect(answer.returns.timeWeighted.value).toBeCloseTo(1.2 * (26_600 / 24_000) - 1, 10)
    expect(answer.returns.simple.value).toBeCloseTo(4_600 / 22_000, 10)
    // The first flow was invested for 801 of 801 days, the second for 401.
    expect(answer.returns.modifiedDietz.value).toBeCloseTo(4_600 / (10_000 + (12_000 * 401) / 801), 10)
    const rate = answer.returns.moneyWeighted.value
    expect(10_000 * (1 + rate) ** (801 / 365) + 12_000 * (1 + rate) ** (401 / 365)).toBeCloseTo(26_600, 5)
    expect(answer.returns.benchmark.value).toBeCloseTo(0.2, 10)
    expect(answer.returns.timeWeighted.formula).toContain('linked')
    expect(answer.benchmark).toEqual({ symbol: 'INDEX', name: 'The index' })
    // From 120 to 110.
    expect(answer.risk.maximumDrawdown.value).toBeCloseTo(110 / 120 - 1, 10)
    expect(answer.drawdown.recoveryDate).not.toBeNull()
  })

  it('gives what each holding contributed, and that sums to the return', async () => {
    const { contributions, returns } = await performance({ portfolioId })
    const sum = contributions.reduce((total: number, item: { contribution: { value: number } }) => total + item.contribution.value, 0)
    expect(sum).toBeCloseTo(returns.timeWeighted.value, 10)
    expect(contributions.map(({ gain, symbol }: { gain: number; symbol: string | null }) => [symbol, gain])).toEqual([
      [null, 0],
      ['VTI', 4_600],
    ])
  })

  it('gives the usual periods, or says that the history is shorter', async () => {
    const { periods } = await performance({ portfolioId })
    const of = (name: string) => periods.find(({ period }: { period: string }) => period === name)
    expect(of('one_year').timeWeighted.value).toBeCloseTo(26_600 / 24_000 - 1, 10)
    expect(of('five_years')).toMatchObject({ from: null, timeWeighted: { value: null, reason: 'history_too_short' } })
    expect(of('since_inception').from).toBe(before(800))
  })

  it('of a range counts its days alone', async () => {
    const { returns, sums } = await performance({ portfolioId, from: before(399), to: before(100) })
    expect(sums).toMatchObject({ beginValue: 24_000, endValue: 22_000, netFlow: 0 })
    expect(returns.timeWeighted.value).toBeCloseTo(-1 / 12, 10)
    expect(returns.timeWeightedAnnual).toMatchObject({ value: null, reason: 'less_than_a_year' })
  })

  it.each([
    [{ from: before(900) }, 'query.from', 400],
    [{ to: addDays(today, 1) }, 'query.to', 400],
    [{ from: before(10), to: before(20) }, 'query.from', 400],
    [{ period: 'five_years' }, 'query.period', 400],
    [{ period: 'one_year', from: before(10) }, 'query.period', 400],
    [{ riskFreeRate: '2' }, 'query.riskFreeRate', 400],
    [{ symbol: 'NEVER' }, 'query.symbol', 422],
    [{ accountId: '01990000-0000-7000-8000-000000000009' }, 'query.accountId', 422],
  ])('refuses %j', async (more, path, status) => {
    const answer = await lots.user.request('GET', `/v1/wealth/performance?${query({ portfolioId, ...more })}`)
    expect([answer.status, answer.body.errors[0].path]).toEqual([status, path])
  })

  it('lays open the flows and values of each return', async () => {
    const answer = await derivation({ portfolioId })
    const { modifiedDietz, moneyWeighted, simple, timeWeighted } = answer
    const linked = timeWeighted.subPeriods.reduce(
      (growth: number, { beginValue, endValue, flow, flowAtEnd }: Record<string, number>) =>
        (growth * (endValue! + flowAtEnd!)) / (beginValue! + flow!),
      1,
    )
    expect(linked - 1).toBeCloseTo(timeWeighted.value, 12)
    expect(timeWeighted.subPeriods.map(({ flow, from }: { from: string; flow: number }) => [from, flow])).toEqual([
      [before(800), 10_000],
      [before(400), 12_000],
    ])
    expect(moneyWeighted.flows).toEqual([
      { date: before(800), amount: -10_000 },
      { date: before(400), amount: -12_000 },
      { date: addDays(today, 1), amount: 26_600 },
    ])
    expect(simple.parts).toMatchObject({ inflows: 22_000, outflows: 0, endValue: 26_600, gain: 4_600, capital: 22_000 })
    expect(modifiedDietz.gain / modifiedDietz.averageCapital).toBeCloseTo(modifiedDietz.value, 12)
    expect(answer.holdings).toMatchObject([
      { symbol: null, endValue: 200 },
      { symbol: 'VTI', endValue: 26_400, income: 200, lastPrice: { source: 'market', date: before(1) } },
    ])
  })
})

describe('the performance of others', () => {
  it('of an account with a stated balance has its gains on the days of statements', async () => {
    const { contributions, returns, sums } = await performance({ accountId: stated })
    expect(sums).toMatchObject({ netFlow: 1000, gain: 600, endValue: 1600 })
    expect(returns.timeWeighted.value).toBeCloseTo(0.6, 10)
    expect(contributions).toHaveLength(1)
  })

  it('of a household adds up its investments', async () => {
    const { sums } = await performance()
    expect(sums).toMatchObject({ endValue: 28_200, netFlow: 23_000, gain: 5_200 })
  })

  it('of a security counts its trades as flows', async () => {
    const { sums } = await performance({ symbol: 'VTI' })
    expect(sums).toMatchObject({ netFlow: 21_800, endValue: 26_400, gain: 4_600 })
  })

  it('of nothing has no figures, and no error', async () => {
    const answer = await performance({ accountId: lots.ira })
    expect(answer).toMatchObject({ firstDate: null, returns: null, points: [] })
    expect(await derivation({ accountId: lots.ira })).toMatchObject({ timeWeighted: null, holdings: [] })
  })

  it('is not given of the household of another', async () => {
    const other = await lots.platform.newUser()
    expect((await other.request('GET', `/v1/wealth/performance?${query()}`)).status).toBe(404)
  })
})

describe('an account with a stated balance and securities', () => {
  let mixed: string
  const worth = async () => {
    const portfolios = await lots.get('portfolios')
    const { id } = portfolios.items.find(({ name }: { name: string }) => name === 'Stated')
    return {
      portfolio: await succeed(lots.user, 'GET', `/v1/wealth/portfolios/${id}/holdings`),
      history: (await performance({ portfolioId: id })).sums,
    }
  }

  beforeAll(async () => {
    mixed = await lots.account({ name: 'Rollover', type: 'retirement', balance_source: 'stated' })
    await lots.enter(mixed, 'buy', before(150), { quantity: '10', price: '110' })
    const administrator = lots.platform.database.connect('postgres')
    await administrator`
      insert into wealth.account_valuations (household_id, account_id, date, balance) values (${lots.householdId}, ${mixed}, ${before(60)}, '1500.00')`
    await succeed(lots.user, 'POST', '/v1/wealth/portfolios', { householdId: lots.householdId, name: 'Stated', accountIds: [mixed] })
  })

  it('is worth its statement, and what prices and money made since: as its performance says', async () => {
    // On the day of the statement 10 shares were worth 1,100 of 1,500, so 400 is the rest. Today a share is worth 132.
    const { history, portfolio } = await worth()
    expect(portfolio.totalValue).toBe('1720.00')
    expect(portfolio.items.find(({ kind }: { kind: string }) => kind === 'rest').currentValue).toBe('400.00')
    expect(history.endValue).toBeCloseTo(1_720, 6)
  })

  it('counts what was traded since the statement once', async () => {
    // Four shares are sold for 120 each: 6 shares are left, and the rest grows by 480.
    await lots.enter(mixed, 'sell', before(20), { quantity: '4', price: '120' })
    const { history, portfolio } = await worth()
    expect(portfolio.totalValue).toBe('1672.00')
    expect(portfolio.items.find(({ kind }: { kind: string }) => kind === 'rest').currentValue).toBe('880.00')
    expect(history.endValue).toBeCloseTo(1_672, 6)
  })
})
