import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql as sqlText } from 'drizzle-orm'
import { openDatabase } from '../../../db/database.ts'
import { addDays, addMonths } from '../../../domain/shared/index.ts'
import { healthChecks } from '../../../domain/wealth/index.ts'
import { recalculateLots } from '../../../lambdas/wealth/recalculate-lots.ts'
import { succeed } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'
import { priceSecurity } from './priced-securities.ts'
import { asJob } from './wealth-platform.ts'

let lots: Lots
const today = new Date().toISOString().slice(0, 10)
const before = (days: number): string => addDays(today, -days)
const firstOfMonth = `${today.slice(0, 7)}-01`

interface Found {
  readonly check: string
  readonly area: string
  readonly severity: string
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string }
  readonly facts: Record<string, unknown>
}
const read = () =>
  lots.get('data-health') as Promise<{ items: Found[]; counts: Record<string, number>; leftOut: unknown[]; checked: unknown[] }>
const find = async (check: string, id?: string): Promise<Found | undefined> =>
  (await read()).items.find(item => item.check === check && (id === undefined || item.subject.id === id))
/** Everything that a check has found in this file. */
const seen = new Set<string>()
const expectFound = async (check: string, id: string, facts: Record<string, unknown>) => {
  const item = await find(check, id)
  expect(item, check).toMatchObject({ facts })
  seen.add(check)
  return item!
}

const administrator = () => lots.platform.database.connect('postgres')
/** Weekdays before today, the newest first. */
const weekdays = (count: number): string[] =>
  Array.from({ length: 2 * count }, (_, index) => before(index + 1))
    .filter(date => ![0, 6].includes(new Date(date).getUTCDay()))
    .slice(0, count)
const closes = (count: number, price: (place: number) => number): Record<string, number> =>
  Object.fromEntries(
    weekdays(count)
      .map((date, place) => [date, price(place)] as const)
      .toReversed(),
  )
const buy = (symbol: string, date = before(60), fields: Record<string, unknown> = {}) =>
  lots.enter(lots.taxable, 'buy', date, { symbol, quantity: '10', price: '10', ...fields })
/** Adds a transaction as an import does, which may contradict the ledger. */
const addTransaction = (accountId: string, columns: Record<string, unknown>, security?: Record<string, unknown>): Promise<void> =>
  asJob(lots.platform, lots.householdId, async transaction => {
    const owned = { household_id: lots.householdId, account_id: accountId }
    const values = { ...owned, description: 'Row', source: 'import', fingerprint: crypto.randomUUID(), ...columns }
    const [row] = await transaction<{ id: string }[]>`insert into wealth.transactions ${transaction(values)} returning id`
    if (security === undefined) return
    const traded: Record<string, unknown> = { ...owned, transaction_id: row!.id, trade_date: columns['date'], ...security }
    await transaction`insert into wealth.investment_transactions ${transaction(traded)}`
  })

/** Calculates the lots of what was added, as the work in the background does. */
const calculate = (): Promise<unknown> =>
  openDatabase(administrator()).transaction(async transaction => {
    const document = JSON.stringify({ householdId: lots.householdId, requestId: 'test', route: 'test' })
    await transaction.execute(sqlText`select operations.begin_household_work(${document}::text::jsonb)`)
    return recalculateLots(transaction, lots.householdId)
  })

beforeAll(async () => {
  lots = await startLots()
  await lots.enter(lots.taxable, 'contribution', before(1), { symbol: undefined, amount: '50000.00' })
  await lots.enter(lots.ira, 'contribution', before(1), { symbol: undefined, taxYear: Number(today.slice(0, 4)), amount: '50000.00' })
})
afterAll(() => lots.platform.close())

describe('the prices of held securities', () => {
  it('are missing, or of the last trade', async () => {
    await buy('NOPRICE')
    const { severity } = await expectFound('no_price', 'NOPRICE', {
      accountId: lots.taxable,
      accountName: 'Brokerage',
      isListed: false,
      lastTradeOn: before(60),
    })
    expect(severity).toBe('warning')
  })

  it('are old after more than five trading days', async () => {
    const days = weekdays(8)
    await priceSecurity(lots.platform, 'OLD', { [days[6]!]: 10 })
    await priceSecurity(lots.platform, 'FRESH', { [days[5]!]: 10 })
    await buy('OLD')
    await buy('FRESH')
    await expectFound('stale_price', 'OLD', { date: days[6], price: '10', currency: 'USD', tradingDays: 6 })
    expect(await find('stale_price', 'FRESH')).toBeUndefined()
  })

  it('jump without a split, or have a split without a jump', async () => {
    await priceSecurity(
      lots.platform,
      'JUMP',
      closes(10, place => (place < 4 ? 50 : 100)),
    )
    await priceSecurity(
      lots.platform,
      'FLAT',
      closes(10, () => 100),
    )
    const database = administrator()
    const days = weekdays(10)
    await database`insert into market.splits (instrument_id, ex_date, numerator, denominator) select id, ${days[3]!}, 2, 1 from market.instruments where symbol = 'FLAT'`
    await buy('JUMP')
    await buy('FLAT')
    await expectFound('missing_split', 'JUMP', { date: days[3], numerator: 2, denominator: 1 })
    await expectFound('split_without_jump', 'FLAT', { date: days[3], numerator: 2, denominator: 1 })
    await expectFound('split_not_entered', 'FLAT', { accountId: lots.taxable, date: days[3], numerator: 2, denominator: 1, quantity: '10' })
    await lots.enter(lots.taxable, 'split', days[2]!, { symbol: 'FLAT', amount: '0', splitNumerator: 2, splitDenominator: 1 })
    expect(await find('split_not_entered', 'FLAT')).toBeUndefined()
    await lots.enter(lots.taxable, 'split', days[3]!, { symbol: 'JUMP', amount: '0', splitNumerator: 2, splitDenominator: 1 })
    expect(await find('missing_split', 'JUMP')).toBeUndefined()
  })

  it('are wrong for a day, in another unit, or missing for more than five trading days', async () => {
    const days = weekdays(40)
    await priceSecurity(
      lots.platform,
      'SPIKE',
      closes(40, place => (place === 5 ? 150 : 100 + (place % 3))),
    )
    await priceSecurity(
      lots.platform,
      'PENCE',
      closes(10, place => (place === 3 || place === 4 ? 10_000 : 100)),
    )
    const { [days[10]!]: _, ...rest } = closes(40, () => 100)
    const gap = Object.fromEntries(Object.entries(rest).filter(([date]) => !days.slice(8, 14).includes(date)))
    await priceSecurity(lots.platform, 'GAP', gap)
    for (const symbol of ['SPIKE', 'PENCE', 'GAP']) await buy(symbol)
    await expectFound('wrong_price', 'SPIKE', { date: days[5], count: 1 })
    await expectFound('wrong_unit', 'PENCE', { from: days[4], until: days[3], factor: 100 })
    await expectFound('price_gap', 'GAP', { tradingDays: 6 })
    // It is back on the next day: a split stays.
    expect(await find('missing_split', 'SPIKE')).toBeUndefined()
  })
})

it('exchange rates are missing or old', async () => {
  await lots.account({ name: 'Francs', currency: 'CHF', opening_balance: '10' })
  const database = administrator()
  await expectFound('missing_rate', 'CHF', { quote: 'USD' })
  await database`insert into market.fx_rates (base, quote, date, rate) values ('EUR', 'CHF', ${before(3)}, 0.95), ('EUR', 'USD', ${before(8)}, 1.1)`
  await expectFound('stale_rate', 'CHF', { quote: 'USD', date: before(8), days: 8 })
  await database`insert into market.fx_rates (base, quote, date, rate) values ('USD', 'EUR', ${before(7)}, 0.91)`
  expect(await find('stale_rate', 'CHF')).toBeUndefined()
})

describe('positions and lots', () => {
  it('are below zero, without a basis or not complete', async () => {
    await buy('OVER')
    await lots.enter(lots.taxable, 'transfer_in', before(50), { symbol: 'GIVEN', quantity: '3' })
    await buy('CASHED')
    await lots.enter(lots.taxable, 'transfer_out', before(30), { symbol: 'CASHED', quantity: '2' })
    await addTransaction(
      lots.taxable,
      { type: 'sell', date: before(20), amount: '132.00' },
      { symbol: 'OVER', quantity: '12', price: '11' },
    )
    await calculate()
    await expectFound('negative_position', 'OVER', { accountId: lots.taxable, date: before(20), quantity: '2', count: 1 })
    await expectFound('unknown_cost_basis', 'GIVEN', { quantity: '3', date: before(50) })
    const item = await expectFound('incomplete_lots', 'CASHED', { accountId: lots.taxable, date: before(30) })
    expect(item.facts['message']).toMatch(/other half/)
  })

  it('have no symbol or no asset class', async () => {
    await addTransaction(
      lots.taxable,
      { type: 'buy', date: before(60), amount: '-100.00' },
      { security_id: '922908363', security_name: 'Some fund', quantity: '10', price: '10' },
    )
    await calculate()
    await buy('FORMER')
    await lots.enter(lots.taxable, 'symbol_change', before(10), { symbol: 'FORMER', newSymbol: 'LATTER' })
    expect(await find('no_price', 'LATTER')).toBeDefined()
    expect(await find('unnamed_security', 'LATTER')).toBeUndefined()
    await expectFound('unnamed_security', '922908363', { accountId: lots.taxable, quantity: '10' })
    await expectFound('unclassified_security', 'NOPRICE', { accountId: lots.taxable })
    await succeed(lots.user, 'POST', '/v1/wealth/security-classes', {
      householdId: lots.householdId,
      symbol: 'NOPRICE',
      classes: [{ key: 'us_large_cap', weight: '1' }],
    })
    expect(await find('unclassified_security', 'NOPRICE')).toBeUndefined()
  })

  it('wait to be calculated for more than an hour', async () => {
    const database = administrator()
    const idOf = (minutes: number) => {
      const hex = (Date.now() - minutes * 60_000).toString(16).padStart(12, '0')
      return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`
    }
    await database`insert into wealth.lot_changes (id, household_id, symbol) values (${idOf(59)}, ${lots.householdId}, 'OVER')`
    expect(await find('lots_under_way')).toBeUndefined()
    await database`insert into wealth.lot_changes (id, household_id, symbol) values (${idOf(61)}, ${lots.householdId}, 'OVER')`
    await expectFound('lots_under_way', lots.householdId, { count: 1 })
    await database`delete from wealth.lot_changes where household_id = ${lots.householdId}`
  })
})

describe('accounts', () => {
  it('differ from their statement', async () => {
    const id = await lots.account({
      name: 'Differs',
      opening_balance: '100',
      current_balance: '120',
      balance_stated_at: new Date(),
      opened_on: before(10),
    })
    await expectFound('balance_differs', id, { balance: '100.00', stated: '120.00', difference: '20.00', date: today })
    await addTransaction(id, { date: today, amount: '20.00', is_pending: true })
    expect(await find('balance_differs', id)).toBeUndefined()
  })

  it('are below or above zero, or closed with a balance', async () => {
    const below = await lots.account({ name: 'Below', opening_balance: '-5', credit_limit: '4.99' })
    const allowed = await lots.account({ name: 'Allowed', opening_balance: '-5', credit_limit: '5' })
    const loan = await lots.account({ name: 'Loan', type: 'loan', opening_balance: '5' })
    const closed = await lots.account({ name: 'Closed', opening_balance: '5', opened_on: before(50), closed_on: before(5) })
    await expectFound('balance_below_zero', below, { balance: '-5.00', currency: 'USD' })
    await expectFound('debt_above_zero', loan, { balance: '5.00' })
    await expectFound('closed_with_balance', closed, { balance: '5.00', date: before(5) })
    expect(await find('balance_below_zero', allowed)).toBeUndefined()
  })

  it('are old as the page of the account says', async () => {
    const make = async (name: string, days: number) => {
      const id = await lots.account({ name, opening_balance: '1' })
      await addTransaction(id, { date: before(days), amount: '1.00', category: 'income' })
      return id
    }
    const [old, fresh] = [await make('Ledger 46', 46), await make('Ledger 45', 45)]
    await expectFound('nothing_entered', old, { date: before(46), days: 46, allowedDays: 45 })
    expect(await find('nothing_entered', fresh)).toBeUndefined()
    const house = await lots.account({ name: 'House', type: 'property', balance_source: 'stated' })
    await expectFound('nothing_recorded', house, { isStated: true })
    const database = administrator()
    const state = (date: string) => database`
      insert into wealth.account_valuations (household_id, account_id, date, balance) values (${lots.householdId}, ${house}, ${date}, 1000)`
    await state(before(900))
    await state(before(401))
    await expectFound('stale_balance', house, { date: before(401), days: 401, allowedDays: 400 })
    await expectFound('statement_gap', house, { from: before(900), until: before(401), days: 499 })
    expect((await succeed(lots.user, 'GET', `/v1/wealth/accounts/${house}`)).isStale).toBe(true)
    await state(before(400))
    expect(await find('stale_balance', house)).toBeUndefined()
    expect((await succeed(lots.user, 'GET', `/v1/wealth/accounts/${house}`)).isStale).toBe(false)
  })

  it('have months without transactions, or begin below zero', async () => {
    const id = await lots.account({ name: 'Gap', opening_balance: '10' })
    for (const month of [14, 13, 12, 11, 8, 7, 6, 5, 4, 3, 2, 1, 0])
      await addTransaction(id, { date: addMonths(firstOfMonth, -month), amount: '1.00', category: 'income' })
    await expectFound('coverage_gap', id, {
      from: addMonths(firstOfMonth, -10),
      until: addDays(addMonths(firstOfMonth, -8), -1),
      months: 2,
    })
    const late = await lots.account({ name: 'Late' })
    await addTransaction(late, { date: addMonths(firstOfMonth, -2), amount: '-20.00', category: 'shopping' })
    await addTransaction(late, { date: firstOfMonth, amount: '30.00', category: 'income' })
    await expectFound('no_opening_balance', late, { balance: '-20.00', date: addDays(addMonths(firstOfMonth, -1), -1) })
    expect(await find('coverage_gap', late)).toBeUndefined()
  })

  it('have no tax type', async () => {
    const id = await lots.account({ name: 'Unknown', type: 'retirement', opening_balance: '1' })
    await expectFound('no_tax_type', id, {})
    expect(await find('no_tax_type', lots.ira)).toBeUndefined()
  })
})

it('connections ask for a sign-in, fail, expire, or bring nothing', async () => {
  const database = administrator()
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
  const connect = async (name: string, columns: Record<string, unknown>) => {
    const values = {
      household_id: lots.householdId,
      plaid_item_id: name,
      access_token: 'x',
      wrapped_key: 'x',
      key_id: 'x',
      institution_name: name,
      next_sync_at: hours(1),
      last_sync_at: hours(-1),
      ...columns,
    }
    const [row] = await database<{ id: string }[]>`insert into wealth.plaid_connections ${database(values)} returning id`
    return row!.id
  }
  const broken = await connect('Broken', { sync_status: 'sign-in-required', error_message: 'Sign in again.' })
  const failing = await connect('Failing', { sync_status: 'failed', error_message: 'Down.', last_sync_at: hours(-25) })
  const expiring = await connect('Expiring', { consent_expires_at: hours(14 * 24 - 1) })
  const late = await connect('Late', { last_sync_at: hours(-73) })
  const good = await connect('Good', { last_sync_at: hours(-71), consent_expires_at: hours(14 * 24 + 1) })
  await connect('Off', { is_active: false, sync_status: 'sign-in-required' })
  await expectFound('connection_broken', broken, { message: 'Sign in again.' })
  await expectFound('connection_failing', failing, { message: 'Down.' })
  await expectFound('connection_expiring', expiring, { isExpired: false })
  await expectFound('not_synced', late, {})
  const found = (await read()).items.filter(({ area }) => area === 'connections')
  expect(found).toHaveLength(4)
  expect(found.map(({ subject }) => subject.id)).not.toContain(good)
})

it('imports fail, wait, or could not read rows', async () => {
  const database = administrator()
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  const add = async (file_name: string, columns: Record<string, unknown>) => {
    const values = { household_id: lots.householdId, file_name, size_bytes: 10, ...columns }
    return database.begin(async transaction => {
      // A trigger would set the time of the row.
      await transaction`set local session_replication_role = replica`
      const [row] = await transaction<{ id: string }[]>`insert into wealth.imports ${transaction(values)} returning id`
      return row!.id
    })
  }
  const failed = await add('failed.csv', { failure: 'The account was closed.' })
  const open = await add('open.csv', { created_at: ago(25) })
  await add('new.csv', { created_at: ago(23) })
  const rejected = await add('rejected.csv', { status: 'committed', committed_at: ago(29 * 24), rejected_count: 3 })
  await add('old.csv', { status: 'committed', committed_at: ago(31 * 24), rejected_count: 3 })
  await expectFound('failed_import', failed, { message: 'The account was closed.' })
  await expectFound('unfinished_import', open, { isUnderWay: false })
  await expectFound('rejected_rows', rejected, { count: 3 })
  expect((await read()).items.filter(({ area }) => area === 'imports')).toHaveLength(3)
})

describe('transactions', () => {
  it('may be doubled, are in the future, or are pending for long', async () => {
    const id = await lots.account({ name: 'Rows', opening_balance: '1000' })
    await addTransaction(id, { date: before(20), amount: '-12.34', category: 'shopping', description: 'Shop' })
    await addTransaction(id, { date: before(17), amount: '-12.34', category: 'shopping', description: 'SHOP 1', source: 'plaid' })
    await addTransaction(id, { date: before(13), amount: '-12.34', category: 'shopping', description: 'Later', source: 'person' })
    await addTransaction(id, { date: addDays(today, 2), amount: '-1.00', category: 'shopping' })
    await addTransaction(id, { date: before(15), amount: '-2.00', category: 'shopping', is_pending: true })
    await addTransaction(id, { date: before(14), amount: '-3.00', category: 'shopping', is_pending: true })
    await expectFound('possible_duplicates', id, {
      count: 1,
      from: before(20),
      until: before(17),
      amount: '-12.34',
      currency: 'USD',
      description: 'SHOP 1',
    })
    await expectFound('future_transaction', id, { count: 1, from: addDays(today, 2) })
    await expectFound('old_pending', id, { count: 1, until: before(15), allowedDays: 14 })
    const own = (await read()).items.filter(({ area, subject }) => area === 'transactions' && subject.id === id)
    expect(own).toHaveLength(3)
  })

  it('have no category, no other half, or a proposed one', async () => {
    const [one, other] = [
      await lots.account({ name: 'From', opening_balance: '1000' }),
      await lots.account({ name: 'To', opening_balance: '1' }),
    ]
    const enter = async (accountId: string, date: string, amount: string, category: string) =>
      (await succeed(lots.user, 'POST', '/v1/wealth/transactions', { accountId, date, amount, description: 'Move', category })).id as string
    await enter(one, before(8), '-100.00', 'transfer')
    await enter(one, before(7), '-100.00', 'transfer')
    await enter(one, before(6), '-4.00', 'other')
    await expectFound('unmatched_transfer', one, { count: 1, from: before(8), until: before(8) })
    const item = await expectFound('uncategorised', lots.householdId, {})
    expect(item.facts['count']).toBeGreaterThanOrEqual(1)
    await enter(one, before(4), '-77.00', 'transfer')
    await enter(other, before(4), '77.00', 'transfer')
    await succeed(lots.user, 'POST', '/v1/wealth/transfers/detections', { householdId: lots.householdId })
    await expectFound('transfer_to_confirm', lots.householdId, { count: 1 })
  })
})

describe('the answer', () => {
  it('has seen every check', () => {
    expect(Object.keys(healthChecks).filter(check => !seen.has(check))).toEqual([])
  })

  it('counts the findings and has the gravest first', async () => {
    const { checked, counts, items, leftOut } = await read()
    const ranks = items.map(({ severity }) => ['problem', 'warning', 'hint'].indexOf(severity))
    expect(ranks).toEqual(ranks.toSorted((one, other) => one - other))
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(items.length)
    expect(leftOut).toEqual([])
    expect(checked).toContainEqual({ area: 'imports', checks: 3, subjects: 5 })
  })

  it('is empty for a new household, and there is none of another one', async () => {
    const user = await lots.platform.newUser()
    const { id: householdId } = await succeed(user, 'POST', '/v1/identity/households', { name: 'New', timezone: 'Pacific/Kiritimati' })
    const answer = await succeed(user, 'GET', `/v1/wealth/data-health?householdId=${householdId}`)
    expect(answer).toMatchObject({ items: [], counts: { problem: 0, warning: 0, hint: 0 } })
    expect(answer.date).toBe(new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date()))
    expect((await user.request('GET', `/v1/wealth/data-health?householdId=${lots.householdId}`)).status).toBe(404)
  })
})
