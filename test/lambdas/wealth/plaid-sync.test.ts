import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Decimal, splitMoney } from '../../../domain/shared/index.ts'
import { fingerprintOf } from '../../../domain/wealth/index.ts'
import { readEnvironment } from '../../../lambdas/runtime/environment.ts'
import { handler as continueWork } from '../../../lambdas/wealth/handlers/continue-ledger-work.ts'
import { handler as syncAll } from '../../../lambdas/wealth/handlers/sync-plaid-connections.ts'
import { workKey } from '../../../lambdas/wealth/ledger-work.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { bankTransaction } from '../../../local/plaid/sample.ts'
import { newHousehold } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { type Connected, startConnected } from './connected.ts'

let connected: Connected
beforeAll(async () => {
  connected = await startConnected()
})
afterEach(() => connected.bank.heal())
afterAll(() => connected.platform.close())

let names = 0
/** A transaction of the first account of an item. */
const purchase = (account_id: string, given: Partial<Parameters<typeof bankTransaction>[0]> = {}) => {
  names += 1
  return bankTransaction({
    transaction_id: `p${names}`,
    account_id,
    amount: 20,
    date: '2026-03-02',
    name: `BAKERY SOURDOUGH ${names}`,
    ...given,
  })
}

test('Connecting stores accounts with balances as they are owed, and transactions with the sign of the account', async () => {
  const { administrator, connect, householdId, ledger, owner } = connected
  const { id, item } = await connect()
  const { body } = await owner.request('GET', `/v1/wealth/plaid/connections/${id}`)
  expect(body).toMatchObject({ householdId, institutionName: 'Harbor Street Bank', syncStatus: 'waiting', errorCode: null, isActive: true })
  expect(body.lastSyncAt).not.toBeNull()
  const accounts = await administrator`
    select name, type, mask, current_balance as balance, balance_source as source from wealth.accounts where plaid_connection_id = ${id} order by id`
  expect(accounts).toEqual([
    { name: 'Everyday Checking', type: 'checking', mask: '4417', balance: '6204.75', source: 'stated' },
    { name: 'Travel Card', type: 'credit_card', mask: '9120', balance: '-288.10', source: 'stated' },
    { name: 'Home Loan', type: 'mortgage', mask: '7003', balance: '-214380.55', source: 'stated' },
  ])
  const rows = await ledger(id)
  expect(rows).toHaveLength(10)
  expect(rows.filter(({ amount }) => amount === '3850.25')).toHaveLength(3)
  expect(rows.find(({ name }) => name === 'CORNER CAFE')).toMatchObject({ amount: '-5.75', pending: true, category: 'food_and_drink' })
  expect(item.changes).toHaveLength(10)
  const listed = await owner.request('GET', `/v1/wealth/plaid/connections?householdId=${householdId}`)
  expect(listed.body.items.map((each: { id: string }) => each.id)).toContain(id)
})

test('The same token again gives the same connection, and no second account', async () => {
  const { administrator, bank, householdId, owner } = connected
  const { body: link } = await owner.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
  const early = await owner.request('POST', '/v1/wealth/plaid/connections', { body: { householdId, linkToken: link.linkToken } })
  expect(early).toMatchObject({ status: 422, body: { errors: [{ path: 'body.linkToken' }] } })
  const unknown = { householdId, linkToken: 'link-sandbox-unknown' }
  expect((await owner.request('POST', '/v1/wealth/plaid/connections', { body: unknown })).status).toBe(422)
  bank.finishLink(link.linkToken)
  const body = { householdId, linkToken: link.linkToken }
  const first = await owner.request('POST', '/v1/wealth/plaid/connections', { body })
  const second = await owner.request('POST', '/v1/wealth/plaid/connections', { body })
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.body.id).toBe(first.body.id)
  const [row] = await administrator`select count(*)::int from wealth.accounts where plaid_connection_id = ${first.body.id}`
  expect(row).toEqual({ count: 3 })
  const elsewhere = await newHousehold(owner)
  const taken = await owner.request('POST', '/v1/wealth/plaid/connections', { body: { ...body, householdId: elsewhere } })
  expect(taken.status).toBe(409)
})

test('An account that was entered by hand is recognised', async () => {
  const { administrator, connect, householdId } = connected
  const [own] = await administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, institution_name, mask, balance_source)
    values (${householdId}, 'My card', 'credit_card', 'harbor street bank', '9120', 'ledger') returning id`
  const { id } = await connect()
  const [row] =
    await administrator`select name, plaid_connection_id as connection, current_balance as balance from wealth.accounts where id = ${own!.id}`
  expect(row).toEqual({ name: 'My card', connection: id, balance: '-288.10' })
})

describe('what Plaid changes', () => {
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
    const [row] =
      await administrator`select fingerprint from wealth.transactions where plaid_transaction_id = ${transaction.transaction_id}`
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
})

describe('what goes wrong', () => {
  test('Plaid asks for another sign-in, and the person gives it', async () => {
    const { bank, connect, owner, sync } = connected
    const { id, item } = await connect()
    bank.setError(item.itemId, 'ITEM_LOGIN_REQUIRED')
    expect((await sync(id)).body).toMatchObject({
      syncStatus: 'sign-in-required',
      errorCode: 'ITEM_LOGIN_REQUIRED',
      errorMessage: expect.stringContaining('Sign in again'),
    })
    const { body } = await owner.request('POST', `/v1/wealth/plaid/connections/${id}/relink-tokens`)
    bank.finishLink(body.linkToken)
    expect((await sync(id)).body).toMatchObject({ syncStatus: 'waiting', errorCode: null, errorMessage: null })
  })

  test('the institution is down: the next one waits longer each time, and a limit of Plaid makes a person wait too', async () => {
    const { bank, connect, sync } = connected
    const { id } = await connect()
    const waits: number[] = []
    for (const _ of [1, 2, 3]) {
      bank.fail('/accounts/balance/get', 'INSTITUTION_DOWN')
      const { body } = await sync(id)
      expect(body).toMatchObject({ syncStatus: 'failed', errorCode: 'INSTITUTION_DOWN' })
      waits.push(Math.round((Date.parse(body.nextSyncAt) - Date.now()) / 60_000))
    }
    expect(waits).toEqual([5, 10, 20])
    bank.fail('/transactions/sync', 'RATE_LIMIT')
    await sync(id)
    const refused = await sync(id)
    expect([refused.status, refused.body.type]).toEqual([429, expect.stringContaining('plaid-limit')])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)
  })

  test('a change between two pages makes it begin again with the first, and nothing comes twice', async () => {
    const { bank, connect, ledger, sync } = connected
    const { id, item } = await connect()
    const account = item.data.accounts[0]!.account_id
    const many = Array.from({ length: 1_100 }, () => ({ kind: 'added' as const, transaction: purchase(account) }))
    bank.record(item.itemId, ...many)
    // The first page is stored; the second fails once.
    let asked = 0
    const takeFault = bank.takeFault.bind(bank)
    bank.takeFault = path => {
      if (path === '/transactions/sync' && (asked += 1) === 2) return 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'
      return takeFault(path)
    }
    const { body } = await sync(id)
    bank.takeFault = takeFault
    expect(body).toMatchObject({ syncStatus: 'waiting', errorCode: null })
    expect(asked).toBe(5)
    const rows = await ledger(id)
    expect(rows).toHaveLength(1_110)
    expect(new Set(rows.map(({ plaid }) => plaid)).size).toBe(1_110)
  })

  test('two at once give one result', async () => {
    const { bank, connect, ledger, sync } = connected
    const { id, item } = await connect()
    const account = item.data.accounts[0]!.account_id
    bank.record(item.itemId, ...Array.from({ length: 600 }, () => ({ kind: 'added' as const, transaction: purchase(account) })))
    const answers = await Promise.all([sync(id), sync(id), sync(id)])
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect(await ledger(id)).toHaveLength(610)
  })
})

test('The job synchronises what is due, once', async () => {
  const { administrator, bank, connect, ledger } = connected
  const { id, item } = await connect()
  bank.record(item.itemId, { kind: 'added', transaction: purchase(item.data.accounts[0]!.account_id) })
  await administrator`update wealth.plaid_connections set next_sync_at = now() + interval '1 day'`
  await administrator`update wealth.plaid_connections set next_sync_at = now() where id = ${id}`
  const fire = () => syncAll({ scheduledTime: '2027-01-05T10:35:00Z' }, lambdaContext('job', crypto.randomUUID(), 900))
  expect(await fire()).toMatchObject({ status: 'succeeded', result: { synced: 1, failed: 0, skipped: 0 } })
  expect(await ledger(id)).toHaveLength(11)
  expect(await fire()).toMatchObject({ status: 'already-done' })
})

test('The rules follow a synchronisation, and none is asked for when nothing is new', async () => {
  const { administrator, bank, connect, householdId, ledger, owner, sync } = connected
  const rule = { name: 'Pay', conditions: [], actions: [{ action: 'set_category', category: 'government_services' }] }
  const { body: made } = await owner.request('POST', '/v1/wealth/rules', { body: { householdId, ...rule } })
  const { id, item } = await connect()
  const key = workKey({ kind: 'follow-up', householdId, scope: { connectionId: id } })
  const folder = readEnvironment().LEDGER_WORK_FOLDER!
  const work = () => continueWork({ detail: { object: { key } } }, lambdaContext('wealth-continue-ledger-work', crypto.randomUUID(), 900))
  expect(await work()).toMatchObject({ labelCount: 10 })
  expect(await work()).toMatchObject({ labelCount: 0 })
  expect(new Set((await ledger(id)).map(({ category }) => category))).toEqual(new Set(['government_services']))
  const { items } = (await owner.request('GET', `/v1/wealth/rule-runs?householdId=${householdId}&source=sync`)).body
  expect(items).toMatchObject([{ changeCount: 10 }])

  // As if it was longer ago.
  await administrator`update wealth.plaid_connections set rules_applied_at = now() where id = ${id}`
  await rm(joinPath(folder, key))
  await sync(id)
  expect(existsSync(joinPath(folder, key))).toBe(false)
  const added = purchase(item.data.accounts[0]!.account_id)
  bank.record(item.itemId, { kind: 'added', transaction: added })
  await sync(id)
  expect(await work()).toMatchObject({ labelCount: 1 })
  expect((await ledger(id)).find(({ plaid }) => plaid === added.transaction_id)!.category).toBe('government_services')
  await owner.request('DELETE', `/v1/wealth/rules/${made.id}`, { headers: { 'if-match': '*' } })
  await owner.request('DELETE', `/v1/wealth/plaid/connections/${id}`)
  expect(await work()).toMatchObject({ labelCount: 0 })
})

test('Viewers read connections and change none; strangers see none; removing one leaves the accounts', async () => {
  const { administrator, bank, connect, householdId, owner, platform, sync } = connected
  const { id, item } = await connect()
  const [viewer, stranger] = [await platform.newUser(), await platform.newUser()]
  await join(platform, owner, householdId, viewer, 'viewer')
  const path = `/v1/wealth/plaid/connections/${id}`
  expect((await viewer.request('GET', path)).status).toBe(200)
  for (const [user, status] of [
    [viewer, 403],
    [stranger, 404],
  ] as const) {
    expect((await sync(id, user)).status).toBe(status)
    expect((await user.request('DELETE', path)).status).toBe(status)
    expect((await user.request('POST', `${path}/relink-tokens`)).status).toBe(status)
    const linked = await user.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
    expect(linked.status).toBe(user === viewer ? 403 : 422)
  }
  expect((await stranger.request('GET', path)).status).toBe(404)
  bank.fail('/item/remove', 'lost-answer')
  expect((await owner.request('DELETE', path)).status).toBe(503)
  expect((await owner.request('DELETE', path)).status).toBe(204)
  expect(bank.items().some(({ itemId }) => itemId === item.itemId)).toBe(false)
  expect((await owner.request('GET', path)).status).toBe(404)
  const names =
    await administrator`select name from wealth.accounts where household_id = ${householdId} and plaid_connection_id is null and name = 'Home Loan'`
  expect(names.length).toBeGreaterThan(0)
})
