import { afterAll, beforeAll, expect, test } from 'vitest'
import { pagesOf } from '../../domain/documents/pdf-text.ts'
import { type Ledger, path as transactions, startLedger, succeed } from './ledger-platform.ts'

let ledger: Ledger
let accounts: Record<'broker' | 'ira' | 'plan' | 'savings', string>
const ids: Record<string, string> = {}

const enter = async (name: string, accountId: string, body: object): Promise<void> => {
  ids[name] = (await succeed(ledger.user, 'POST', transactions, { accountId, description: name, ...body })).id
}
const report = (name: string, query = '') =>
  succeed(ledger.user, 'GET', `/v1/wealth/tax-reports/2025${name}?householdId=${ledger.householdId}${query}`)

beforeAll(async () => {
  ledger = await startLedger()
  const { account, householdId, platform, user } = ledger
  accounts = {
    broker: await account({ name: 'Brokerage', type: 'investment', tax_type: 'taxable_brokerage', institution_name: 'First Broker' }),
    ira: await account({ name: 'IRA', type: 'retirement', tax_type: 'traditional_ira' }),
    plan: await account({ name: '401(k)', type: 'retirement', tax_type: '401k' }),
    savings: await account({ name: 'Savings', type: 'savings' }),
  }
  const { broker, ira, plan, savings } = accounts
  const administrator = platform.database.connect('postgres')
  await administrator`insert into market.exchanges (code, name, timezone) values ('XNYS', 'New York', 'America/New_York') on conflict do nothing`
  const [instrument] = await administrator<{ id: string }[]>`
    insert into market.instruments (symbol, name, type, exchange_code, currency, country)
    values ('XYZ', 'XYZ Co.', 'stock', 'XNYS', 'USD', 'US') returning id`
  await administrator`
    insert into market.dividends (instrument_id, ex_date, amount, pay_date) values (${instrument!.id}, '2025-06-02', 1, '2025-06-16')`
  await enter('old shares', broker, { type: 'buy', date: '2024-01-05', symbol: 'XYZ', quantity: '30', price: '10', amount: '-300.00' })
  await enter('new shares', broker, { type: 'buy', date: '2025-05-30', symbol: 'XYZ', quantity: '10', price: '10', amount: '-100.00' })
  // First in, first out: of the 40 shares with a dividend, 30 old ones are sold, and 10 new ones soon after.
  await enter('dividend', broker, {
    type: 'dividend',
    date: '2025-06-16',
    symbol: 'XYZ',
    amount: '36.00',
    taxWithheld: '4.00',
    isQualified: true,
  })
  await enter('first sale', broker, { type: 'sell', date: '2025-06-17', symbol: 'XYZ', quantity: '30', price: '11', amount: '330.00' })
  await enter('second sale', broker, { type: 'sell', date: '2025-06-20', symbol: 'XYZ', quantity: '10', price: '11', amount: '110.00' })
  await enter('wrong', broker, { type: 'interest', date: '2025-07-01', amount: '99.00' })
  await succeed(user, 'POST', `${transactions}/${ids['wrong']}/reversals`, {})
  await enter('Interest paid', savings, { date: '2025-12-31', amount: '5.00' })
  await enter('Groceries', savings, { date: '2025-12-31', amount: '-5.00' })
  await enter('contribution', ira, { type: 'contribution', date: '2026-03-01', taxYear: 2025, amount: '700.00' })
  await enter('rollover out', plan, { type: 'withdrawal', date: '2025-03-03', amount: '-250.00' })
  await enter('rollover in', ira, { type: 'contribution', date: '2025-03-03', taxYear: 2025, amount: '250.00' })
  await succeed(user, 'POST', '/v1/wealth/transfers', { householdId, outflowId: ids['rollover out'], inflowId: ids['rollover in'] })
})
afterAll(() => ledger.platform.close())

test('dividends and interest are in the boxes of the forms, the qualified part by the holding period', async () => {
  const { accounts: own, dividends, transactions: lines } = await report('/income')
  expect(own).toHaveLength(2)
  const broker = own.find(({ accountId }: { accountId: string }) => accountId === accounts.broker)
  expect(broker.dividends).toMatchObject({
    '1a': { amount: '40.00', transactionIds: [ids['dividend']] },
    '1b': { amount: '30.00' },
    '4': { amount: '4.00' },
    '7': { amount: '0.00', transactionIds: [] },
  })
  expect(dividends).toEqual([
    expect.objectContaining({ exDate: '2025-06-02', exDateSource: 'market', reported: '40.00', qualified: '30.00', byHolding: '30.00' }),
  ])
  expect(dividends[0].note).toMatch(/^10 of 40 shares were held for at most 21 days/)
  const savings = own.find(({ accountId }: { accountId: string }) => accountId === accounts.savings)
  expect(savings.interest['1']).toEqual({ amount: '5.00', transactionIds: [ids['Interest paid']] })
  expect(lines.map(({ transactionId }: { transactionId: string }) => transactionId)).toEqual([ids['dividend'], ids['Interest paid']])
})

test('retirement accounts have contributions of the tax year, and a confirmed transfer between them is a rollover', async () => {
  const { accounts: own } = await report('/retirement')
  expect(own.map(({ accountId }: { accountId: string }) => accountId)).toEqual([accounts.plan, accounts.ira])
  expect(own[0].distributions).toEqual([
    expect.objectContaining({ form: '1099-R', box: '1', amount: '250.00', title: 'Gross distribution, rolled over' }),
  ])
  expect(own[1].contributions).toEqual([
    expect.objectContaining({ form: '5498', box: '1', amount: '700.00', transactionIds: [ids['contribution']] }),
    expect.objectContaining({ form: '5498', box: '2', amount: '250.00', transactionIds: [ids['rollover in']] }),
  ])
})

test('the report by category has neither transfers nor what was reversed', async () => {
  const { categories } = await report('')
  expect(categories).toEqual([
    { category: 'qualified_dividend', currency: 'USD', isSheltered: false, amount: '40.00', transactionIds: [ids['dividend']] },
    { category: 'interest', currency: 'USD', isSheltered: false, amount: '5.00', transactionIds: [ids['Interest paid']] },
    {
      category: 'capital_gain',
      currency: 'USD',
      isSheltered: false,
      amount: '440.00',
      transactionIds: [ids['first sale'], ids['second sale']],
    },
  ])
})

test.each(['categories', 'income', 'retirement'])('%s are exported as CSV, JSON and PDF, with the same bytes each time', async name => {
  const csv = await report('/export', `&report=${name}&format=csv`)
  expect(csv).toMatch(/^[a-z_,]+\r\n/)
  expect(csv.split('\r\n').length).toBeGreaterThan(3)
  const json = await report('/export', `&report=${name}&format=json`)
  expect(json).toEqual(await report(name === 'categories' ? '' : `/${name}`))
  const bytes = async () => {
    const query = `householdId=${ledger.householdId}&report=${name}&format=pdf`
    const response = await fetch(`${ledger.platform.services.url}/v1/wealth/tax-reports/2025/export?${query}`, {
      headers: { authorization: `Bearer ${ledger.user.token}` },
    })
    expect(response.headers.get('content-type')).toBe('application/pdf')
    return Buffer.from(await response.arrayBuffer())
  }
  const pdf = await bytes()
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pagesOf(pdf).flat()).toContain('Home, tax year 2025')
  expect(Buffer.compare(pdf, await bytes())).toBe(0)
})

test.each([
  ['/v1/wealth/tax-reports/25?householdId={}', 400, 'path.year'],
  ['/v1/wealth/tax-reports/2025', 400, 'query.householdId'],
  ['/v1/wealth/tax-reports/2025/export?householdId={}&report=gains&format=csv', 400, 'query.report'],
  ['/v1/wealth/tax-reports/2025/export?householdId={}&report=income&format=xls', 400, 'query.format'],
  ['/v1/wealth/tax-reports/2025?householdId=01990000-0000-7000-8000-000000000009', 404, undefined],
])('%s is refused', async (address, status, field) => {
  const answer = await ledger.user.request('GET', address.replace('{}', ledger.householdId))
  expect([answer.status, answer.body.errors?.[0].path]).toEqual([status, field])
})
