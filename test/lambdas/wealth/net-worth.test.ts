import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../../domain/shared/index.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import { fireJob } from '../../../local/schedules.ts'
import { succeed } from './ledger-platform.ts'
import { type Lots, reverse, startLots } from './lots-platform.ts'
import { priceSecurity } from './priced-securities.ts'
import { asJob } from './wealth-platform.ts'

let lots: Lots
let stated: string
let euros: string
let late: string
const today = new Date().toISOString().slice(0, 10)
const before = (days: number): string => addDays(today, -days)
const sql = () => lots.platform.database.connect('postgres')
const query = (more: Record<string, string> = {}) => String(new URLSearchParams({ householdId: lots.householdId, ...more }))
const netWorth = (more?: Record<string, string>) => succeed(lots.user, 'GET', `/v1/wealth/net-worth?${query(more)}`)

const job = jobs.find(({ id }) => id === 'wealth/refresh-values')!
let firings = 0
const refresh = () => fireJob(job, new Date(Date.UTC(2026, 0, 1) + (firings += 1) * 3_600_000).toISOString())

const ranges = (): Record<string, string>[] => [
  {},
  { from: before(40) },
  { from: before(365), to: before(20) },
  { from: before(700), to: before(300) },
]
const inRanges = async () => {
  const answers = []
  for (const range of ranges()) answers.push(await netWorth(range))
  return answers
}

/** The answers as they are from the beginning: nothing is stored. What was stored is put back. */
const fromScratch = async () => {
  await sql()`update wealth.value_histories set expires_at = now() - interval '1 second'`
  const answers = await inRanges()
  await sql()`update wealth.value_histories set expires_at = now() + interval '1 day'`
  return answers
}

const store = async (date: string, symbol: string, close: number) => {
  const [series] = await sql()<{ id: number }[]>`
    select s.id from market.series s join market.instruments i on i.id = s.instrument_id where i.symbol = ${symbol}`
  const time = `${date}T00:00:00Z`
  const { count } = await sql()`
    update market.all_bars set open = ${close}, high = ${close}, low = ${close}, close = ${close} where series_id = ${series!.id} and time = ${time}`
  if (count === 0)
    await sql()`
      insert into market.bars (series_id, time, open, high, low, close, volume)
      values (${series!.id}, ${time}, ${close}, ${close}, ${close}, ${close}, 1)`
}
const rate = (date: string, value: string) =>
  sql()`insert into market.fx_rates (base, quote, date, rate, source) values ('EUR', 'USD', ${date}, ${value}, 'test')
    on conflict (base, quote, date) do update set rate = excluded.rate`

/** A statement that a job of the household runs. */
const change = (text: TemplateStringsArray, ...values: string[]) =>
  asJob(lots.platform, lots.householdId, transaction => transaction(text, ...values))

beforeAll(async () => {
  lots = await startLots()
  await priceSecurity(lots.platform, 'VTI', { [before(810)]: 100, [before(400)]: 120, [before(100)]: 110, [before(3)]: 130 })
  await priceSecurity(lots.platform, 'SAP', { [before(600)]: 50, [before(90)]: 60 }, { currency: 'EUR' })
  await sql()`
    insert into market.fx_rates (base, quote, date, rate, source)
    select 'EUR', 'USD', day::date, case when day < ${before(200)} then 1.10 else 1.20 end, 'test'
    from generate_series(${before(900)}::date, ${today}::date, '1 day') day`
  await lots.enter(lots.taxable, 'contribution', before(800), { symbol: undefined, amount: '10000.00' })
  await lots.enter(lots.taxable, 'buy', before(800), { quantity: '80', price: '100' })
  euros = await lots.account({ name: 'Depot', type: 'investment', currency: 'EUR' })
  await lots.enter(euros, 'contribution', before(500), { symbol: undefined, amount: '2000.00' })
  await lots.enter(euros, 'buy', before(500), { symbol: 'SAP', quantity: '20', price: '50' })
  stated = await lots.account({ name: 'House', type: 'property', balance_source: 'stated' })
  const debt = await lots.account({ name: 'Loan', type: 'loan', balance_source: 'stated' })
  for (const [accountId, date, balance] of [
    [stated, before(450), '200000.00'],
    [debt, before(450), '-150000.00'],
    [debt, before(30), '-149000.00'],
  ] as const)
    await sql()`
      insert into wealth.account_valuations (household_id, account_id, date, balance) values (${lots.householdId}, ${accountId}, ${date}, ${balance})`
})
afterAll(() => lots.platform.close())

describe('the net worth of a household', () => {
  it('is what its accounts are worth on the last day, and what changed them adds up', async () => {
    const answer = await netWorth()
    expect(answer).toMatchObject({ currency: 'USD', firstDate: before(800), from: before(800), to: today, unpriced: [], unconverted: [] })
    // 80 shares at 130 and 2,000 of cash; 20 at 60 EUR and 1,000 EUR at 1.20; the house; the loan.
    const worth = 80 * 130 + 2_000 + (20 * 60 + 1_000) * 1.2 + 200_000 - 149_000
    expect(answer.total).toMatchObject({ beginValue: 0, endValue: worth, assets: worth + 149_000, debts: -149_000 })
    for (const { beginValue, currencyGain, endValue, fees, income, netFlow, priceGain } of [answer.total, ...answer.accounts])
      expect(endValue - beginValue).toBeCloseTo(netFlow + income - fees + priceGain + currencyGain, 6)
    expect(answer.dates.at(-1)).toBe(answer.to)
    const lasts = answer.accounts.map(({ values }: { values: number[] }) => values.at(-1))
    expect(lasts.reduce((sum: number, value: number) => sum + value, 0)).toBeCloseTo(answer.total.endValue, 6)
    expect(answer.accounts.map(({ name }: { name: string }) => name)).toContain('Loan')
  })

  it('begins with the evening before the range', async () => {
    const { total } = await netWorth({ from: before(30), to: before(30) })
    expect(total.endValue - total.beginValue).toBeCloseTo(1_000, 6)
    expect(total.priceGain).toBeCloseTo(1_000, 6)
  })

  it('is empty before its first day, and keeps to its days', async () => {
    expect(await netWorth({ to: before(801) })).toMatchObject({ firstDate: before(800), from: null, total: null, dates: [], accounts: [] })
    expect(await netWorth({ from: before(3000), to: addDays(today, 40) })).toMatchObject({ from: before(800), to: today })
    const wrong = await lots.user.request('GET', `/v1/wealth/net-worth?${query({ from: today, to: before(1) })}`)
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'query.from' }] } })
    const { body } = await lots.user.request('POST', '/v1/identity/households', { body: { name: 'Empty', timezone: 'UTC' } })
    expect(await succeed(lots.user, 'GET', `/v1/wealth/net-worth?householdId=${body.id}`)).toMatchObject({ firstDate: null, total: null })
  })
})

describe('the stored history', () => {
  it('is used while nothing has changed', async () => {
    const calculated = await inRanges()
    const result = await refresh()
    expect(result).toMatchObject({ status: 'succeeded' })
    expect(await inRanges()).toEqual(calculated)
    const [row] = await sql()<{ id: string; value: number[] }[]>`
      select id, value from wealth.account_values where account_id = ${stated} order by first_day desc limit 1`
    await sql()`update wealth.account_values set value = array_fill(1::float8, array[cardinality(value)]) where id = ${row!.id}`
    const house = (await netWorth()).accounts.find(({ name }: { name: string }) => name === 'House')
    expect(house.endValue).toBe(1)
    await sql()`update wealth.account_values set value = ${row!.value} where id = ${row!.id}`
    expect(await inRanges()).toEqual(calculated)
  })

  const changes: Record<string, () => Promise<unknown>> = {
    'a transaction of today': () => lots.enter(lots.taxable, 'buy', today, { quantity: '5', price: '131' }),
    'a late transaction': async () => {
      late = (await lots.enter(lots.taxable, 'buy', before(350), { quantity: '2', price: '121' })).id
    },
    'a transaction before all others': () => lots.enter(lots.taxable, 'contribution', before(820), { symbol: undefined, amount: '500.00' }),
    'a security that is new': async () => {
      await lots.enter(lots.taxable, 'buy', before(10), { symbol: 'NEW', quantity: '3', price: '40' })
      await lots.enter(lots.taxable, 'buy', before(8), { symbol: 'NEW', quantity: '1', price: '45' })
    },
    'the first price of a security': () => priceSecurity(lots.platform, 'NEW', { [before(20)]: 41 }),
    'a split': () => lots.enter(lots.taxable, 'split', before(5), { amount: '0', splitNumerator: 2, splitDenominator: 1 }),
    'a close of today': () => store(today, 'VTI', 66),
    'a corrected close': () => store(before(100), 'VTI', 111),
    'an exchange rate': () => rate(before(15), '1.25'),
    'a corrected exchange rate': () => rate(before(310), '1.11'),
    'a statement': () =>
      sql()`insert into wealth.account_valuations (household_id, account_id, date, balance) values (${lots.householdId}, ${stated}, ${before(60)}, '210000.00')`,
    'a corrected statement': () =>
      sql()`update wealth.account_valuations set balance = '205000.00' where account_id = ${stated} and date = ${before(60)}`,
    'a removed statement': () => sql()`delete from wealth.account_valuations where account_id = ${stated} and date = ${before(60)}`,
    'a transfer between accounts on two days': async () => {
      await lots.enter(lots.taxable, 'transfer_out', before(12), { quantity: '1' })
      await lots.enter(euros, 'transfer_in', before(10), { quantity: '1' })
    },
    'cash on its way over the end of the last quarter': async () => {
      await lots.enter(lots.taxable, 'withdrawal', before(70), { symbol: undefined, amount: '-100.00' })
      const other = await lots.account({ name: 'Bank', type: 'checking' })
      await lots.enter(other, 'cash', before(66), { symbol: undefined, amount: '100.00' })
      await change`update wealth.transactions set transfer_account_id = ${other} where account_id = ${lots.taxable} and date = ${before(70)}`
    },
    'a reversal': () => reverse(lots.user, late),
    'another price currency': () => sql()`update market.instruments set currency = 'EUR' where symbol = 'NEW'`,
    'an opening balance': () => sql()`update wealth.accounts set opening_balance = 700 where id = ${euros}`,
    'an account that is closed with a balance': () => sql()`update wealth.accounts set closed_on = ${before(25)} where id = ${stated}`,
    'an account that is open again': () => sql()`update wealth.accounts set closed_on = null where id = ${stated}`,
    'an account that goes': () => change`delete from wealth.accounts where name = 'Bank'`,
    'a removed transaction': () => change`delete from wealth.transactions where account_id = ${lots.taxable} and date = ${before(8)}`,
    'another currency of the household': () => sql()`update identity.households set currency = 'EUR' where id = ${lots.householdId}`,
    'another timezone': () => sql()`update identity.households set timezone = 'Asia/Tokyo' where id = ${lots.householdId}`,
  }

  for (const [name, make] of Object.entries(changes))
    it(`is never older than ${name}`, async () => {
      await refresh()
      const [stored] = await sql()`select calculated_at from wealth.value_histories where household_id = ${lots.householdId}`
      expect(stored).toBeDefined()
      const earlier = await inRanges()
      await make()
      const answers = await inRanges()
      if (name !== 'another timezone') expect(answers).not.toEqual(earlier)
      expect(answers).toEqual(await fromScratch())
      await refresh()
      expect(await inRanges()).toEqual(answers)
    })

  it('needs no calculation for a label', async () => {
    await refresh()
    await change`update wealth.transactions set notes = 'Seen' where household_id = ${lots.householdId}`
    const [count] = await sql()`select count(*)::integer as changes from wealth.value_changes where household_id = ${lots.householdId}`
    expect(count).toEqual({ changes: 0 })
  })

  it('is calculated from the last quarter that has not changed', async () => {
    await refresh()
    const firstDays = () =>
      sql()`select id from wealth.account_values where household_id = ${lots.householdId} and first_day < ${before(100)} order by id`
    const earlier = await firstDays()
    expect(earlier.length).toBeGreaterThan(5)
    await lots.enter(lots.taxable, 'buy', today, { quantity: '1', price: '70' })
    await refresh()
    expect(await firstDays()).toEqual(earlier)
  })

  it('goes with the last account', async () => {
    await change`delete from wealth.accounts where household_id = ${lots.householdId}`
    expect(await netWorth()).toMatchObject({ firstDate: null, total: null })
    await refresh()
    expect(await sql()`select from wealth.value_histories where household_id = ${lots.householdId}`).toHaveLength(0)
    expect(await sql()`select from wealth.value_changes where household_id = ${lots.householdId}`).toHaveLength(0)
  })
})
