import { afterAll, describe, expect, it } from 'vitest'
import { anyVersion, path, startLedger, succeed } from './ledger-platform.ts'

const ledger = await startLedger()
const { account, householdId, platform, user } = ledger
afterAll(() => platform.close())
const administrator = platform.database.connect('postgres')

const enter = (accountId: string, date: string, amount: string, more: object = {}) =>
  succeed(user, 'POST', path, { accountId, date, amount, description: 'Shop', ...more })
const list = (query: string) => succeed(user, 'GET', `${path}?${query}`)
const faultsOf = async (body: object) => {
  const { body: answer, status } = await user.request('POST', path, { body })
  return { status, paths: (answer.errors ?? []).map((error: { path: string }) => error.path) }
}

describe('the register', () => {
  it('has the running balance of each posted row, right after a back-dated entry', async () => {
    const accountId = await account({ opening_balance: '100.00' })
    await enter(accountId, '2026-01-10', '-30.00')
    await enter(accountId, '2026-03-01', '5.25')
    await enter(accountId, '2026-01-10', '-0.01')
    const before = await list(`accountId=${accountId}`)
    expect(before.items.map((row: { runningBalance: string }) => row.runningBalance)).toEqual(['75.24', '69.99', '70.00'])
    await enter(accountId, '2025-12-31', '1000.00')
    await administrator`
      insert into wealth.transactions (household_id, account_id, date, amount, description, is_pending, source, fingerprint)
      values (${householdId}, ${accountId}, '2026-02-01', '-7.00', 'Pending', true, 'plaid', 'pending')`
    const after = await list(`accountId=${accountId}&limit=2`)
    expect(after.items.map((row: { runningBalance: string | null }) => row.runningBalance)).toEqual(['1075.24', null])
    const rest = await list(`accountId=${accountId}&limit=2&cursor=${after.nextCursor}`)
    expect(rest.items.map((row: { runningBalance: string }) => row.runningBalance)).toEqual(['1069.99', '1070.00'])
    const balance = await succeed(user, 'GET', `/v1/wealth/accounts/${accountId}/balance?date=2026-01-10`)
    expect(balance).toMatchObject({ balance: '1069.99', openingBalance: '100.00', currency: 'USD' })
    expect((await succeed(user, 'GET', `/v1/wealth/accounts/${accountId}/balance`)).balance).toBe('1075.24')
  })

  it('is filtered by date, amount, category, tag, type, source and text, and counts', async () => {
    const accountId = await account()
    await enter(accountId, '2026-01-01', '-9.95', { merchantName: 'Bakery', category: 'food_and_drink', tags: ['weekend'] })
    await enter(accountId, '2026-01-02', '-10.00', { description: 'Fuel', notes: 'For the bäkery trip' })
    await enter(accountId, '2026-01-03', '2500.00', { description: 'Pay', category: 'income' })
    const dates = async (query: string) =>
      (await list(`accountId=${accountId}&${query}`)).items.map((row: { date: string }) => row.date.slice(-2))
    expect(await dates('dateFrom=2026-01-02&dateTo=2026-01-02')).toEqual(['02'])
    expect(await dates('amountFrom=-10.00&amountTo=-9.96')).toEqual(['02'])
    expect(await dates('category=income')).toEqual(['03'])
    expect(await dates('isUncategorised=true')).toEqual(['02'])
    expect(await dates('tag=weekend')).toEqual(['01'])
    expect(await dates('search=BÄKERY')).toEqual(['02'])
    expect(await dates('search=bakery')).toEqual(['01'])
    expect(await dates('type=buy')).toEqual([])
    expect(await dates('source=person&isPending=false')).toEqual(['03', '02', '01'])
    expect(await dates('from=2026-01-02')).toEqual(['02', '01'])
    expect(await list(`householdId=${householdId}&search=fuel&count=true`)).toMatchObject({ total: 1, items: [{ runningBalance: null }] })
  })
})

describe('an entry by hand', () => {
  it('of cash is stored with its labels, which are the person’s', async () => {
    const accountId = await account()
    const row = await enter(accountId, '2026-04-01', '-12.30', { merchantName: 'Corner', category: 'shopping' })
    expect(row).toMatchObject({
      type: 'cash',
      amount: '-12.30',
      source: 'person',
      investment: null,
      provenance: { merchantName: 'person', category: 'person' },
    })
  })

  it('outside of the life of its account, or finer than its currency, is refused', async () => {
    const accountId = await account({ opened_on: '2026-01-01', closed_on: '2026-06-30', currency: 'JPY' })
    expect(await faultsOf({ accountId, date: '2025-12-31', amount: '-1', description: 'a' })).toEqual({ status: 422, paths: ['body.date'] })
    expect(await faultsOf({ accountId, date: '2026-07-01', amount: '-1', description: 'a' })).toEqual({ status: 422, paths: ['body.date'] })
    expect(await faultsOf({ accountId, date: '2026-02-01', amount: '-1.5', description: 'a' })).toEqual({
      status: 422,
      paths: ['body.amount'],
    })
    expect(await faultsOf({ accountId, date: '2026-02-01', amount: '0.00', description: 'a' })).toEqual({
      status: 400,
      paths: ['body.amount'],
    })
    expect(await faultsOf({ accountId, date: '2026-02-01', amount: '1', description: 'a', type: 'interest' })).toEqual({
      status: 422,
      paths: ['body.type'],
    })
  })

  it('of a trade must agree with quantity, price and fees to a cent', async () => {
    const accountId = await account({ type: 'investment', name: 'Brokerage', tax_type: 'taxable_brokerage' })
    const buy = {
      accountId,
      date: '2026-02-01',
      description: 'Bought',
      type: 'buy',
      symbol: 'VTI',
      quantity: '3.5',
      price: '100.123',
      commission: '1.00',
    }
    expect(await faultsOf({ ...buy, amount: '-351.42' })).toEqual({ status: 400, paths: ['body.amount'] })
    expect(await faultsOf({ ...buy, amount: '-351.43', quantity: undefined })).toEqual({ status: 400, paths: ['body.quantity'] })
    expect(await faultsOf({ ...buy, amount: '-351.43', taxYear: 2026 })).toEqual({ status: 400, paths: ['body.taxYear'] })
    const row = await succeed(user, 'POST', path, { ...buy, amount: '-351.43' })
    expect(row.investment).toMatchObject({ symbol: 'VTI', quantity: '3.5', price: '100.123', commission: '1.00', taxCategory: null })
    const dividend = { accountId, date: '2026-02-01', description: 'Dividend', type: 'dividend', symbol: 'VTI', amount: '4.00' }
    expect((await succeed(user, 'POST', path, { ...dividend, isQualified: true })).investment.taxCategory).toBe('qualified_dividend')
    expect((await succeed(user, 'POST', path, dividend)).investment.taxCategory).toBe('ordinary_dividend')
    const split = { accountId, date: '2026-02-02', description: 'Split', type: 'split', symbol: 'VTI', splitNumerator: 3 }
    expect(await faultsOf(split)).toEqual({ status: 400, paths: ['body.splitDenominator'] })
    expect((await succeed(user, 'POST', path, { ...split, splitDenominator: 2 })).amount).toBe('0.00')
  })

  it('of a contribution to a retirement account needs the year for which it counts', async () => {
    const accountId = await account({ type: 'retirement', name: 'IRA', tax_type: 'roth_ira' })
    const contribution = { accountId, date: '2026-03-01', amount: '500.00', description: 'Contribution', type: 'contribution' }
    expect(await faultsOf(contribution)).toEqual({ status: 422, paths: ['body.taxYear'] })
    expect(await faultsOf({ ...contribution, taxYear: 2024 })).toEqual({ status: 422, paths: ['body.taxYear'] })
    expect((await succeed(user, 'POST', path, { ...contribution, taxYear: 2025 })).investment).toMatchObject({
      taxYear: 2025,
      taxCategory: 'contribution',
    })
  })

  it('equal to others at the same time gets the next occurrence', async () => {
    const accountId = await account()
    await Promise.all(Array.from({ length: 4 }, () => enter(accountId, '2026-05-01', '-3.00')))
    const rows = await administrator`select occurrence from wealth.transactions where account_id = ${accountId} order by 1`
    expect(rows.map(row => row['occurrence'])).toEqual([1, 2, 3, 4])
  })
})

describe('labels', () => {
  it('change without touching the movement, and go back to rules and sync when they are cleared', async () => {
    const { id } = await enter(await account(), '2026-01-01', '-5.00')
    const set = await user.request('PATCH', `${path}/${id}`, {
      body: { category: 'travel', tags: ['a', 'a', 'b'], notes: 'x' },
      headers: { 'if-match': '"v1"' },
    })
    expect(set.body).toMatchObject({ category: 'travel', tags: ['a', 'b'], version: 2, provenance: { category: 'person', tags: 'person' } })
    const stale = await user.request('PATCH', `${path}/${id}`, { body: { notes: 'y' }, headers: { 'if-match': '"v1"' } })
    expect(stale.status).toBe(412)
    const cleared = await succeed(user, 'PATCH', `${path}/${id}`, { category: null, tags: null }, anyVersion)
    expect(cleared).toMatchObject({ category: 'other', tags: [], provenance: { notes: 'person' } })
    expect(cleared.provenance).toEqual({ notes: 'person' })
  })

  it('of many change in one request, which can be undone where nothing has changed since', async () => {
    const accountId = await account()
    const rows = []
    for (const day of [1, 2, 3]) rows.push(await enter(accountId, `2026-01-0${day}`, '-5.00', { tags: ['old'], category: 'payment' }))
    const change = {
      householdId,
      filter: { accountId, category: 'payment' },
      labels: { category: 'shopping' },
      addedTags: ['new'],
      removedTags: ['old'],
    }
    const done = await succeed(user, 'POST', `${path}/labels`, change)
    expect(done.changed).toBe(3)
    const shown = await list(`accountId=${accountId}`)
    expect(shown.items.map((row: { category: string; tags: string[] }) => [row.category, row.tags])).toEqual(
      [1, 2, 3].map(() => ['shopping', ['new']]),
    )
    await succeed(user, 'PATCH', `${path}/${rows[0].id}`, { category: 'travel' }, anyVersion)
    expect(await succeed(user, 'POST', `${path}/labels/restorations`, { householdId, before: done.before })).toEqual({ restored: 2 })
    const restored = await list(`accountId=${accountId}`)
    expect(restored.items.map((row: { category: string; tags: string[] }) => [row.category, row.tags])).toEqual([
      ['payment', ['old']],
      ['payment', ['old']],
      ['travel', ['new']],
    ])
    const ids = await succeed(user, 'POST', `${path}/labels`, { householdId, transactionIds: [rows[1].id], labels: { notes: 'n' } })
    expect(ids).toMatchObject({ changed: 1, before: [{ id: rows[1].id, notes: null }] })
  })
})

describe('a reversal', () => {
  it('cancels a transaction once, with a replacement', async () => {
    const accountId = await account({ opening_balance: '50.00' })
    const { id } = await enter(accountId, '2026-01-05', '-20.00', { category: 'shopping' })
    const replacement = { date: '2026-01-06', amount: '-2.00', description: 'Shop' }
    const done = await succeed(user, 'POST', `${path}/${id}/reversals`, { replacement })
    expect(done).toMatchObject({
      reversal: { amount: '20.00', date: '2026-01-05', reversesId: id, source: 'reversal', category: 'shopping' },
      replacement: { amount: '-2.00', accountId },
    })
    expect((await succeed(user, 'GET', `${path}/${id}`)).reversedById).toBe(done.reversal.id)
    expect((await succeed(user, 'GET', `/v1/wealth/accounts/${accountId}/balance`)).balance).toBe('48.00')
    for (const refused of [id, done.reversal.id]) {
      const answer = await user.request('POST', `${path}/${refused}/reversals`, { body: {} })
      expect([answer.status, answer.body.type]).toEqual([409, '/problems/not-reversible'])
    }
  })

  it('asked for twice at once is made once', async () => {
    const { id } = await enter(await account(), '2026-01-05', '-20.00')
    const answers = await Promise.all([1, 2].map(() => user.request('POST', `${path}/${id}/reversals`, { body: {} })))
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409'])
  })

  it('of an investment has its security', async () => {
    const accountId = await account({ type: 'investment', name: 'Brokerage' })
    const buy = { type: 'buy', symbol: 'VTI', quantity: '1', price: '10' }
    const { id } = await enter(accountId, '2026-01-05', '-10.00', buy)
    const { reversal } = await succeed(user, 'POST', `${path}/${id}/reversals`, {})
    expect(reversal).toMatchObject({ type: 'buy', amount: '10.00', investment: { symbol: 'VTI', quantity: '1' } })
  })
})

it('lets no role change account, date or amount of a transaction, or remove one', async () => {
  const { id } = await enter(await account(), '2026-01-05', '-20.00')
  for (const role of ['nestegg_write', 'nestegg_read', 'nestegg_operator'] as const) {
    const sql = platform.database.connect(role)
    for (const statement of [
      `update wealth.transactions set amount = 1 where id = '${id}'`,
      `update wealth.transactions set date = '2026-01-01' where id = '${id}'`,
      `update wealth.transactions set account_id = operations.uuid_v7() where id = '${id}'`,
      `update wealth.investment_transactions set quantity = 1`,
      `delete from wealth.transactions where id = '${id}'`,
    ])
      await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  }
})
