import { afterAll, describe, expect, it } from 'vitest'
import { RULE_LIMITS } from '../../../domain/wealth/index.ts'
import { applyRules } from '../../../lambdas/wealth/apply-rules.ts'
import { startWealth } from './wealth-platform.ts'

const wealth = await startWealth()
const { account, administrator, asHandler, enter, householdId, labels, platform, request, user } = wealth
afterAll(() => platform.close())

const checking = await account('Everyday')
const savings = await account('Rainy Day', { type: 'savings' })
const path = '/v1/wealth/rules'
const coffee = {
  householdId,
  name: 'Coffee',
  conditions: [{ field: 'payee', operator: 'contains', value: 'café' }],
  actions: [
    { action: 'set_category', category: 'food_and_drink' },
    { action: 'add_tags', tags: ['coffee'] },
  ],
}
const faults = async (body: object) => {
  const answer = await user.request('POST', path, { body })
  return [answer.status, ...(answer.body.errors ?? []).map((error: { path: string }) => error.path)]
}
const run = (scope?: object) => request('POST', '/v1/wealth/rule-runs', { householdId, ...(scope && { scope }) })
const removeAll = async () => {
  for (const { id } of (await request('GET', `${path}?householdId=${householdId}`)).items)
    await request('DELETE', `${path}/${id}`, undefined, { 'if-match': '*' })
}

const ownCategory = (parent: string, name: string) => request('POST', '/v1/wealth/transaction-categories', { householdId, parent, name })

describe('rules', () => {
  it('are made, changed, put in order and removed', async () => {
    const first = await request('POST', path, coffee)
    const second = await request('POST', path, { ...coffee, name: 'Second' })
    expect([first.position, second.position, first.isActive, first.match]).toEqual([0, 1, true, 'all'])
    const changed = await request('PATCH', `${path}/${first.id}`, { isActive: false }, { 'if-match': '"v1"' })
    expect(changed).toMatchObject({ isActive: false, version: 2 })
    await request('POST', `${path}/orders`, { householdId, ruleIds: [second.id, first.id] })
    const listed = await request('GET', `${path}?householdId=${householdId}`)
    expect(listed.items.map(({ name }: { name: string }) => name)).toEqual(['Second', 'Coffee'])
    const part = await user.request('POST', `${path}/orders`, { body: { householdId, ruleIds: [first.id] } })
    expect(part.body.ruleIds).toEqual([first.id, second.id])
    await removeAll()
  })

  it('are refused with the place of the fault', async () => {
    const pattern = { field: 'payee', operator: 'matches_pattern', value: '(a+' }
    expect(await faults({ ...coffee, conditions: [pattern] })).toEqual([400, 'body.conditions.0.value'])
    expect(await faults({ ...coffee, actions: [] })).toEqual([400, 'body.actions'])
    const elsewhere = '01990000-0000-7000-8000-000000000009'
    expect(await faults({ ...coffee, conditions: [{ field: 'account', accountIds: [checking, elsewhere] }] })).toEqual([
      422,
      'body.conditions.0.accountIds',
    ])
    expect(await faults({ ...coffee, actions: [{ action: 'mark_transfer', accountId: elsewhere }] })).toEqual([
      422,
      'body.actions.0.accountId',
    ])
  })
})

describe('a preview', () => {
  it('shows what a rule that is not stored would change, and changes nothing', async () => {
    const id = await enter(checking, '2026-03-01', '-4.50', 'CAFE NERO 12')
    await enter(checking, '2026-03-01', '-9.00', 'Bakery')
    const { actions, conditions } = coffee
    const preview = await request('POST', `${path}/previews`, { householdId, rule: { conditions, actions } })
    expect(preview).toMatchObject({ transactionCount: 2, changedTransactionCount: 1, changeCount: 2 })
    expect(preview.changes[0]).toMatchObject({
      transactionId: id,
      field: 'category',
      before: { category: 'other', categoryId: null },
      after: { category: 'food_and_drink', categoryId: null },
      description: 'CAFE NERO 12',
      amount: '-4.50',
    })
    expect(await labels(id)).toMatchObject({ category: 'other', version: 1 })
    const scoped = await request('POST', `${path}/previews`, { householdId, rule: { conditions, actions }, scope: { from: '2026-03-02' } })
    expect(scoped).toMatchObject({ transactionCount: 0, changeCount: 0 })
  })
})

describe('a run', () => {
  it('sets labels with their provenance, logs each change, and finds nothing the second time', async () => {
    await removeAll()
    const id = await enter(checking, '2026-04-01', '-4.50', 'Café Central', { tags: '{city}' })
    const kept = await enter(checking, '2026-04-01', '-5.50', 'Café Central', { category: 'travel', provenance: { category: 'person' } })
    await request('POST', path, coffee)
    const rename = { action: 'set_merchant', merchantName: 'Central' }
    await request('POST', path, {
      ...coffee,
      name: 'Name',
      conditions: [{ field: 'tag', tag: 'coffee' }],
      actions: [rename, { action: 'mark_transfer', accountId: savings }],
    })
    const done = await run({ from: '2026-04-01', accountId: checking })
    expect(done).toMatchObject({ transactionCount: 2, changeCount: 4 + 2, source: 'person', undoneAt: null })
    expect(await labels(id)).toMatchObject({
      category: 'transfer',
      merchant_name: 'Central',
      tags: ['city', 'coffee'],
      transfer_account_id: savings,
      provenance: { category: 'rule', merchantName: 'rule', tags: 'rule', transferAccountId: 'rule' },
      version: 2,
    })
    expect(await labels(kept)).toMatchObject({ category: 'travel', merchant_name: 'Central', provenance: { category: 'person' } })
    expect(await run({ from: '2026-04-01' })).toMatchObject({ changeCount: 0 })
    const log = await request('GET', `/v1/wealth/rule-runs/${done.id}/changes?transactionId=${id}`)
    expect(log.items.map(({ field, ruleName }: Record<string, string>) => [field, ruleName]).toSorted()).toEqual([
      ['category', 'Name'],
      ['merchantName', 'Name'],
      ['tags', 'Coffee'],
      ['transferAccountId', 'Name'],
    ])
    const runs = await request('GET', `/v1/wealth/rule-runs?householdId=${householdId}`)
    expect(runs.items[1].id).toBe(done.id)
  })

  it('is undone but for what has changed since, once', async () => {
    await removeAll()
    const one = await enter(checking, '2026-05-01', '-4.50', 'Café One', { provenance: { category: 'import' } })
    const other = await enter(checking, '2026-05-01', '-4.50', 'Café Two')
    await request('POST', path, coffee)
    const done = await run({ from: '2026-05-01' })
    await administrator`update wealth.transactions set category = 'travel', provenance = provenance || '{"category": "person"}' where id = ${other}`
    const undone = await request('POST', `/v1/wealth/rule-runs/${done.id}/restorations`)
    expect(undone).toMatchObject({
      restoredCount: 3,
      keptCount: 1,
      kept: [{ transactionId: other, field: 'category', description: 'Café Two', date: '2026-05-01' }],
    })
    expect(undone.run.undoneAt).not.toBeNull()
    expect(await labels(one)).toMatchObject({ category: 'other', tags: [], provenance: { category: 'import' }, version: 4 })
    expect(await labels(other)).toMatchObject({ category: 'travel', tags: [], provenance: { category: 'person' } })
    const again = await user.request('POST', `/v1/wealth/rule-runs/${done.id}/restorations`)
    expect([again.status, again.body.type]).toEqual([409, expect.stringContaining('already-undone')])
  })
})

it('rules are applied to new transactions by the function of imports and syncs', async () => {
  await removeAll()
  const id = await enter(checking, '2026-06-01', '-4.50', 'Café')
  const apply = () => asHandler(transaction => applyRules(transaction, householdId, [id], 'import'))
  expect(await apply()).toBe(0)
  await request('POST', path, coffee)
  expect(await apply()).toBe(2)
  expect(await labels(id)).toMatchObject({ category: 'food_and_drink' })
  const runs = await request('GET', `/v1/wealth/rule-runs?householdId=${householdId}&source=import`)
  expect(runs.items).toMatchObject([{ transactionCount: 1, changeCount: 2 }])
})

describe('own categories', () => {
  it('of rules must be of the household and below the category beside them', async () => {
    const lunches = await ownCategory('food_and_drink', 'Lunches')
    const elsewhere = '01990000-0000-7000-8000-000000000009'
    const setting = (category: string, categoryId: string) =>
      faults({ ...coffee, actions: [{ action: 'set_category', category, categoryId }] })
    const parts = [
      { category: 'food_and_drink', categoryId: elsewhere, percent: 50 },
      { category: 'other', percent: 50 },
    ]
    expect(await setting('food_and_drink', elsewhere)).toEqual([422, 'body.actions.0.categoryId'])
    expect(await setting('travel', lunches.id)).toEqual([422, 'body.actions.0.category'])
    expect(await faults({ ...coffee, actions: [{ action: 'split', parts }] })).toEqual([422, 'body.actions.0.parts.0.categoryId'])
    expect(await faults({ ...coffee, conditions: [{ field: 'own_category', categoryIds: [lunches.id, elsewhere] }] })).toEqual([
      422,
      'body.conditions.0.categoryIds',
    ])
    expect(await setting('food_and_drink', lunches.id)).toEqual([201])
    await removeAll()
  })

  it('that move or are removed change what rules set', async () => {
    const moved = await ownCategory('food_and_drink', 'Snacks')
    const removed = await ownCategory('travel', 'Trains')
    const setting = (word: string, category: string, categoryId: string) => ({
      householdId,
      name: word,
      conditions: [{ field: 'payee', operator: 'contains', value: word }],
      actions: [{ action: 'set_category', category, categoryId }],
    })
    await request('POST', path, setting('snackbar', 'food_and_drink', moved.id))
    await request('POST', path, setting('railway', 'travel', removed.id))
    await request('PATCH', `/v1/wealth/transaction-categories/${moved.id}`, { parent: 'entertainment' }, { 'if-match': '*' })
    await request('DELETE', `/v1/wealth/transaction-categories/${removed.id}`, undefined, { 'if-match': '*' })
    const [snack, train] = [
      await enter(checking, '2026-05-01', '-3.00', 'Snackbar'),
      await enter(checking, '2026-05-01', '-9.00', 'Railway'),
    ]
    await run({ from: '2026-05-01', to: '2026-05-01' })
    expect([(await labels(snack))['category'], (await labels(train))['category']]).toEqual(['entertainment', 'travel'])
    await removeAll()
  })
})

describe('parts by rules', () => {
  const splits = async (id: string) =>
    (await request('GET', `/v1/wealth/transactions/${id}`)).splits.map(({ amount }: { amount: string }) => amount)
  const divide = {
    householdId,
    name: 'Divide',
    conditions: [{ field: 'payee', operator: 'contains', value: 'warehouse' }],
    actions: [
      {
        action: 'split',
        parts: [
          { category: 'shopping', percent: 50 },
          { category: 'food_and_drink', percent: 50 },
        ],
      },
    ],
  }

  it('are stored, stay in a second run, and go with an undo', async () => {
    await request('POST', path, divide)
    const id = await enter(checking, '2026-06-01', '-10.01', 'Warehouse')
    const first = await run({ from: '2026-06-01', to: '2026-06-01' })
    expect([first.changeCount, first.remainingCount, await splits(id)]).toEqual([1, 0, ['-5.01', '-5.00']])
    expect((await run({ from: '2026-06-01', to: '2026-06-01' })).changeCount).toBe(0)
    expect(await request('POST', `/v1/wealth/rule-runs/${first.id}/restorations`)).toMatchObject({ restoredCount: 1, keptCount: 0 })
    expect(await splits(id)).toEqual([])
    await removeAll()
  })

  it('that a person has made stay', async () => {
    await request('POST', path, divide)
    const id = await enter(checking, '2026-06-02', '-10.00', 'Warehouse')
    const first = await run({ from: '2026-06-02', to: '2026-06-02' })
    const own = {
      splits: [
        { amount: '-9.00', category: 'travel' },
        { amount: '-1.00', category: 'other' },
      ],
    }
    await request('PUT', `/v1/wealth/transactions/${id}/splits`, own, { 'if-match': '*' })
    expect((await run({ from: '2026-06-02', to: '2026-06-02' })).changeCount).toBe(0)
    expect(await request('POST', `/v1/wealth/rule-runs/${first.id}/restorations`)).toMatchObject({ restoredCount: 0, keptCount: 1 })
    expect(await splits(id)).toEqual(['-9.00', '-1.00'])
    await removeAll()
  })
})

describe('a transaction entered by hand', () => {
  it('gets the labels of the rules, but for those of the person', async () => {
    await request('POST', path, coffee)
    const enterByHand = (more: object) =>
      request('POST', '/v1/wealth/transactions', { accountId: checking, date: '2026-07-01', amount: '-4.00', description: 'Café', ...more })
    expect(await enterByHand({})).toMatchObject({ category: 'food_and_drink', tags: ['coffee'] })
    expect(await enterByHand({ category: 'travel' })).toMatchObject({ category: 'travel', tags: ['coffee'] })
    const { items } = await request('GET', `/v1/wealth/rule-runs?householdId=${householdId}&source=entry`)
    expect(items.map(({ changeCount }: { changeCount: number }) => changeCount).toSorted()).toEqual([1, 2])
    await removeAll()
  })
})

it('a run that waits for another one reads the parts that it has made', async () => {
  const parts = [
    { category: 'shopping', percent: 50 },
    { category: 'other', percent: 50 },
  ]
  const id = await enter(savings, '2026-06-20', '-10.00', 'Both')
  await request('POST', path, {
    ...coffee,
    conditions: [{ field: 'payee', operator: 'equals', value: 'both' }],
    actions: [{ action: 'split', parts }],
  })
  let goOn = () => undefined as void
  const waits = new Promise<void>(resolve => (goOn = resolve))
  const apply = (transaction: Parameters<Parameters<typeof asHandler>[0]>[0]) => applyRules(transaction, householdId, [id], 'import')
  const first = asHandler(async transaction => {
    const count = await apply(transaction)
    await waits
    return count
  })
  const waiting = () =>
    administrator<{ count: number }[]>`select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and query like '%wealth%'`
  await expect
    .poll(
      async () =>
        (await administrator`select from pg_locks where mode = 'RowShareLock' and relation = 'wealth.transactions'::regclass`).length,
    )
    .toBeGreaterThan(0)
  const second = asHandler(apply)
  await expect.poll(async () => (await waiting())[0]!.count).toBe(1)
  goOn()
  expect([await first, await second]).toEqual([1, 0])
  await removeAll()
})

it('a run changes a limited number of transactions, and says how many are left', async () => {
  const many = await account('Many')
  await administrator.begin(async transaction => {
    await transaction`set local session_replication_role = replica`
    await transaction`insert into wealth.transactions (household_id, account_id, date, amount, description, source, fingerprint)
      select ${householdId}, ${many}, '2026-08-01', -1, 'Toll', 'import', 'toll' || n from generate_series(1, ${RULE_LIMITS.changedAtOnce + 3}) n`
  })
  await administrator`analyze wealth.transactions`
  await request('POST', path, { ...coffee, conditions: [], actions: [{ action: 'set_category', category: 'transportation' }] })
  expect(await run({ accountId: many })).toMatchObject({ changeCount: RULE_LIMITS.changedAtOnce, remainingCount: 3 })
  expect(await run({ accountId: many })).toMatchObject({ changeCount: 3, remainingCount: 0 })
})
