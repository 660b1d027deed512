import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Decimal, splitMoney } from '../../../domain/shared/index.ts'
import { fingerprintOf } from '../../../domain/wealth/index.ts'
import { type Connected, purchase, startConnected } from './connected.ts'

let connected: Connected
beforeAll(async () => {
  connected = await startConnected()
})
afterEach(() => connected.bank.heal())
afterAll(() => connected.platform.close())

test('a pending transaction is posted in its row, with or without the link, and keeps what a person has set', async () => {
  const { bank, connect, label, ledger, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  const [linked, unlinked] = [
    purchase(account, { pending: true }),
    purchase(account, { pending: true, amount: 33, name: 'BOOKSHOP ARCADE' }),
  ]
  bank.record(item.itemId, { kind: 'added', transaction: linked }, { kind: 'added', transaction: unlinked })
  await sync(id)
  await label(linked.transaction_id, 'first')
  await label(unlinked.transaction_id, 'second')
  const before = await ledger(id)
  const [one, two] = [
    bank.post(item.itemId, linked.transaction_id, { amount: 24.5, date: '2026-03-04' }),
    bank.post(item.itemId, unlinked.transaction_id, { pending_transaction_id: null, date: '2026-03-05', name: 'POS ARCADE BOOKSHOP NY' }),
  ]
  await sync(id)
  const after = await ledger(id)
  expect(after).toHaveLength(before.length)
  const idOf = (rows: typeof before, plaid: string) => rows.find(row => row.plaid === plaid)?.id
  expect(after.find(({ plaid }) => plaid === one)).toMatchObject({
    id: idOf(before, linked.transaction_id),
    amount: '-24.50',
    date: '2026-03-04',
    pending: false,
    notes: 'first',
    tags: ['shared'],
    category: 'travel',
  })
  expect(after.find(({ plaid }) => plaid === two)).toMatchObject({
    id: idOf(before, unlinked.transaction_id),
    pending: false,
    notes: 'second',
    category: 'travel',
  })
})

test('labels survive when the removal comes before the posting, or after it, in another synchronisation', async () => {
  const { bank, connect, label, ledger, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  const [early, late] = [purchase(account, { pending: true, amount: 41 }), purchase(account, { pending: true, amount: 42 })]
  bank.record(item.itemId, { kind: 'added', transaction: early }, { kind: 'added', transaction: late })
  await sync(id)
  await label(early.transaction_id, 'early')
  await label(late.transaction_id, 'late')
  const gone = ({ transaction_id }: typeof early) => ({ kind: 'removed' as const, transaction: { account_id: account, transaction_id } })
  const posted = (one: typeof early) => ({
    kind: 'added' as const,
    transaction: { ...one, transaction_id: `${one.transaction_id}-posted`, pending: false, date: '2026-03-06' },
  })
  bank.record(item.itemId, gone(early), posted(late))
  await sync(id)
  expect((await ledger(id)).some(({ plaid }) => plaid === early.transaction_id)).toBe(false)
  bank.record(item.itemId, posted(early), gone(late))
  await sync(id)
  const rows = await ledger(id)
  expect(rows.find(({ plaid }) => plaid === `${early.transaction_id}-posted`)).toMatchObject({
    notes: 'early',
    category: 'travel',
    pending: false,
  })
  expect(rows.filter(({ amount }) => amount === '-42.00')).toMatchObject([{ notes: 'late', category: 'travel', pending: false }])
})

test('splits of a pending transaction stay with its amount, in its row or in another, and change in proportion with a new amount', async () => {
  const { administrator, bank, connect, owner, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  const [kept, corrected, moved] = [51, 52, 53].map(amount => purchase(account, { pending: true, amount }))
  bank.record(item.itemId, ...[kept!, corrected!, moved!].map(transaction => ({ kind: 'added' as const, transaction })))
  await sync(id)
  await administrator`
    insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category)
    select household_id, id, part, case part when 0 then -1 else amount + 1 end, 'travel' from wealth.transactions, generate_series(0, 1) as part
    where plaid_transaction_id in ${administrator([kept!, corrected!, moved!].map(({ transaction_id }) => transaction_id))}`
  bank.post(item.itemId, kept!.transaction_id, {})
  bank.post(item.itemId, corrected!.transaction_id, { amount: 60 })
  bank.record(item.itemId, { kind: 'removed', transaction: { account_id: account, transaction_id: moved!.transaction_id } })
  await sync(id)
  bank.record(item.itemId, {
    kind: 'added',
    transaction: { ...moved!, transaction_id: `${moved!.transaction_id}-posted`, pending: false },
  })
  await sync(id)
  const rows = await administrator`
    select t.amount, jsonb_agg(s.amount::text order by s.position) filter (where s.id is not null) as parts from wealth.transactions t
    join wealth.accounts a on a.id = t.account_id left join wealth.transaction_splits s on s.transaction_id = t.id
    where a.plaid_connection_id = ${id} and t.amount in (-51, -52, -53, -60) group by t.id order by t.amount desc`
  expect(rows).toEqual([
    { amount: '-51.00', parts: ['-1.00', '-50.00'] },
    { amount: '-53.00', parts: ['-1.00', '-52.00'] },
    { amount: '-60.00', parts: ['-1.15', '-58.85'] },
  ])
  const { body } = await owner.request('GET', `/v1/wealth/plaid/connections/${id}`)
  expect(body.changedSplits).toMatchObject([
    { description: corrected!.name, amountBefore: '-52.00', amountAfter: '-60.00', currency: 'USD', date: '2026-03-02' },
  ])
})

test('a corrected transaction has its parts in proportion, its reversal the old ones, and the notice ends after thirty days', async () => {
  const { administrator, bank, connect, owner, sync } = connected
  const { id, item } = await connect()
  const one = purchase(item.data.accounts[0]!.account_id, { amount: 90 })
  bank.record(item.itemId, { kind: 'added', transaction: one })
  await sync(id)
  await administrator`
    insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category)
    select household_id, id, part, -30, 'travel' from wealth.transactions, generate_series(0, 2) as part where plaid_transaction_id = ${one.transaction_id}`
  bank.record(item.itemId, { kind: 'modified', transaction: { ...one, amount: -100 } })
  await sync(id)
  const parts = await administrator`
    select t.amount, t.source, jsonb_agg(s.amount::text order by s.position) as parts from wealth.transactions t
    join wealth.transaction_splits s on s.transaction_id = t.id where t.description = ${one.name} group by t.id order by t.id`
  expect(parts).toEqual([
    { amount: '-90.00', source: 'plaid', parts: ['-30.00', '-30.00', '-30.00'] },
    { amount: '90.00', source: 'reversal', parts: ['30.00', '30.00', '30.00'] },
    { amount: '100.00', source: 'plaid', parts: ['33.34', '33.33', '33.33'] },
  ])
  const notices = async () => (await owner.request('GET', `/v1/wealth/plaid/connections/${id}`)).body.changedSplits
  expect(await notices()).toHaveLength(1)
  await administrator`update wealth.plaid_connections set changed_splits = jsonb_set(changed_splits, '{0,changedAt}', '"2020-01-01T00:00:00Z"') where id = ${id}`
  bank.record(item.itemId, { kind: 'added', transaction: purchase(one.account_id) })
  await sync(id)
  expect(await notices()).toEqual([])
})

test('parts change as the domain divides money', async () => {
  const { administrator, connect, ledger } = connected
  const { id } = await connect()
  // The total of a day does not have it.
  const target = (await ledger(id)).find(({ pending }) => pending)!.id
  const cents = fc.integer({ min: 1, max: 9_999_999 })
  await fc.assert(
    fc.asyncProperty(fc.array(cents, { minLength: 1, maxLength: 6 }), cents, async (before, after) => {
      await administrator`delete from wealth.transaction_splits where transaction_id = ${target}`
      await administrator`update wealth.transactions set amount = ${-after / 100} where id = ${target}`
      await administrator`
        insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category)
        select t.household_id, t.id, place - 1, -part::numeric / 100, 'other' from wealth.transactions t, unnest(string_to_array(${before.join(',')}, ',')::integer[]) with ordinality as p (part, place)
        where t.id = ${target}`
      await administrator`select wealth.fit_splits(c, ${target}, 2) from wealth.plaid_connections c where c.id = ${id}`
      const stored = await administrator<{ amount: string }[]>`
        select amount from wealth.transaction_splits where transaction_id = ${target} order by position`
      const divided = splitMoney(new Decimal(-after).dividedBy(100), before, 'USD').map(part => part.toFixed(2))
      expect(stored.map(({ amount }) => amount)).toEqual(divided.filter(part => Number(part) !== 0))
    }),
    { numRuns: 60 },
  )
})

test('a transaction has the fingerprint of a row of a file, and a balance becomes a valuation', async () => {
  const { administrator, bank, connect, sync } = connected
  const { id, item } = await connect()
  const transaction = purchase(item.data.accounts[0]!.account_id, { amount: 12.5, name: 'CAFÉ\u00a0 ÜBER  ΣΊΣΥΦΟΣ' })
  bank.record(item.itemId, { kind: 'added', transaction })
  await sync(id)
  const [row] = await administrator`select fingerprint from wealth.transactions where plaid_transaction_id = ${transaction.transaction_id}`
  const { date, name: description } = transaction
  expect(row).toEqual({ fingerprint: fingerprintOf({ type: 'cash', date, amount: '-12.50', description }) })
  const valued = await administrator`
    select distinct v.balance from wealth.account_valuations v join wealth.accounts a on a.id = v.account_id
    where a.plaid_connection_id = ${id} and a.type = 'checking'`
  expect(valued).toEqual([{ balance: '6204.75' }])
})

test('a posted transaction that Plaid removes or corrects is reversed, and labels follow only where no person has set them', async () => {
  const { bank, connect, label, ledger, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  const [removed, corrected, relabelled, own] = [purchase(account), purchase(account), purchase(account), purchase(account)]
  bank.record(item.itemId, ...[removed, corrected, relabelled, own].map(transaction => ({ kind: 'added' as const, transaction })))
  await sync(id)
  await label(corrected.transaction_id, 'mine')
  await label(own.transaction_id, 'mine too')
  const category = { primary: 'MEDICAL', detailed: 'MEDICAL_PHARMACIES', confidence_level: 'HIGH' }
  bank.record(
    item.itemId,
    { kind: 'removed', transaction: removed },
    { kind: 'modified', transaction: { ...corrected, amount: 21 } },
    { kind: 'modified', transaction: { ...relabelled, personal_finance_category: category } },
    { kind: 'modified', transaction: { ...own, personal_finance_category: category } },
  )
  const before = (await ledger(id)).length
  await sync(id)
  await sync(id)
  const rows = await ledger(id)
  expect(rows).toHaveLength(before + 3)
  const of = (name: string) =>
    rows.filter(row => row.name === name).map(({ amount, notes, reverses }) => [amount, notes, reverses !== null])
  expect(of(removed.name)).toEqual([
    ['-20.00', null, false],
    ['20.00', null, true],
  ])
  expect(of(corrected.name)).toEqual([
    ['-20.00', 'mine', false],
    ['20.00', null, true],
    ['-21.00', 'mine', false],
  ])
  expect(rows.find(({ name }) => name === relabelled.name)!.category).toBe('health_and_fitness')
  expect(rows.find(({ name }) => name === own.name)).toMatchObject({ category: 'travel', notes: 'mine too' })
})

test('the account of a transfer comes along to a corrected transaction, and to the posted one of a removed pending one', async () => {
  const { administrator, bank, connect, sync } = connected
  const { id, item } = await connect()
  const account = item.data.accounts[0]!.account_id
  const [corrected, pending, unnamed] = [purchase(account), purchase(account, { pending: true, amount: 61 }), purchase(account)]
  bank.record(item.itemId, ...[corrected, pending, unnamed].map(transaction => ({ kind: 'added' as const, transaction })))
  await sync(id)
  const [loan] = await administrator<
    { id: string }[]
  >`select id from wealth.accounts where plaid_connection_id = ${id} and type = 'mortgage'`
  // Without another label, so that the account alone is what was added.
  await administrator`
    update wealth.transactions set transfer_account_id = ${loan!.id}
    where plaid_transaction_id in ${administrator([corrected.transaction_id, pending.transaction_id])}`
  bank.record(
    item.itemId,
    { kind: 'modified', transaction: { ...corrected, amount: 21 } },
    { kind: 'modified', transaction: { ...unnamed, amount: 22 } },
    { kind: 'removed', transaction: pending },
  )
  await sync(id)
  bank.record(item.itemId, {
    kind: 'added',
    transaction: { ...pending, transaction_id: `${pending.transaction_id}-posted`, pending: false },
  })
  await sync(id)
  const rows = await administrator`
    select amount, transfer_account_id as account from wealth.transactions
    where description in ${administrator([corrected.name, pending.name, unnamed.name])} and source = 'plaid' order by id`
  expect(rows).toEqual([
    { amount: '-20.00', account: loan!.id },
    { amount: '-20.00', account: null },
    { amount: '-21.00', account: loan!.id },
    { amount: '-22.00', account: null },
    { amount: '-61.00', account: loan!.id },
  ])
})

test('the reversal of what an institution corrects equals a reversal by hand, with its security', async () => {
  const { administrator, bank, connect, ledger, owner, sync } = connected
  const { id, item } = await connect('ins_local_2')
  const buy = item.data.investmentTransactions.find(({ type }) => type === 'buy')!
  const twin = { ...buy, investment_transaction_id: `${buy.investment_transaction_id}-twin` }
  bank.setData(item.itemId, { investmentTransactions: [buy, twin] })
  await sync(id)
  bank.setData(item.itemId, { investmentTransactions: [{ ...buy, amount: buy.amount + 1 }, twin] })
  await sync(id)
  const byHand = (await ledger(id)).find(({ plaid }) => plaid === twin.investment_transaction_id)!
  const made = await owner.request('POST', `/v1/wealth/transactions/${byHand.id}/reversals`, { body: {} })
  expect(made.status).toBe(201)
  const reversals = await administrator`
    select to_jsonb(t) - '{id, reverses_id, fingerprint, created_at, updated_at, created_by, updated_by}'::text[] as row,
      to_jsonb(i) - 'transaction_id' as security,
      t.fingerprint = left(encode(sha256(convert_to('reverses' || E'\n' || t.reverses_id, 'UTF8')), 'hex'), 32) as has_fingerprint
    from wealth.transactions t join wealth.accounts a on a.id = t.account_id left join wealth.investment_transactions i on i.transaction_id = t.id
    where a.plaid_connection_id = ${id} and t.source = 'reversal'`
  expect(reversals).toHaveLength(2)
  expect(reversals[0]).toEqual(reversals[1])
  expect(reversals[0]).toMatchObject({
    has_fingerprint: true,
    row: { amount: 14_101.5, type: 'buy', occurrence: 1 },
    security: { symbol: 'VTI', quantity: 60, price: 235, commission: 1.5 },
  })
})

test('investments have the security, the quantity and the sign of the account', async () => {
  const { administrator, connect, ledger, sync } = connected
  const { id } = await connect('ins_local_2')
  await sync(id)
  expect((await ledger(id)).map(({ amount, name }) => [name, amount])).toEqual([
    ['DEPOSIT', '15000.00'],
    ['BUY TOTAL STOCK MARKET ETF', '-14101.50'],
    ['DIVIDEND TOTAL STOCK MARKET ETF', '48.20'],
  ])
  const [bought] = await administrator`
    select i.symbol, i.quantity::float, i.price::float, i.commission, t.type from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id
    join wealth.accounts a on a.id = i.account_id where a.plaid_connection_id = ${id} and t.type = 'buy'`
  expect(bought).toEqual({ symbol: 'VTI', quantity: 60, price: 235, commission: '1.50', type: 'buy' })
})
