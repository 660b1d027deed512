import { afterAll, describe, expect, it } from 'vitest'
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
