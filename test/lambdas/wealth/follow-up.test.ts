import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { RULE_LIMITS } from '../../../domain/wealth/index.ts'
import { addDays, addMonths } from '../../../domain/shared/index.ts'
import { closeDatabases } from '../../../lambdas/runtime/database.ts'
import { followUp } from '../../../lambdas/wealth/follow-up.ts'
import { handler } from '../../../lambdas/wealth/handlers/continue-ledger-work.ts'
import { workKey } from '../../../lambdas/wealth/ledger-work.ts'
import { lockAccount, storeEntry } from '../../../lambdas/wealth/store-entry.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { pointEnvironmentTo } from '../../support/postgres.ts'
import { startWealth } from './wealth-platform.ts'

const wealth = await startWealth()
const { account, administrator, asHandler, enter, householdId, labels, platform, request } = wealth
afterAll(async () => {
  await closeDatabases()
  await platform.close()
})
beforeEach(() => pointEnvironmentTo(platform.database.location))

const identity = { requestId: 'work', route: 'wealth/continue-ledger-work' }
const checking = await account('Everyday', { mask: '1111' })
const savings = await account('Rainy Day', { type: 'savings', mask: '2222' })
const newImport = async () => {
  const [row] = await administrator<{ id: string }[]>`
    insert into wealth.imports (household_id, file_name, size_bytes) values (${householdId}, 'bank.csv', 1) returning id`
  return row!.id
}
const work = (importId: string) => followUp(identity, { householdId, scope: { importId } })
const runs = async () => (await request('GET', `/v1/wealth/rule-runs?householdId=${householdId}&source=import`)).items
const rule = (actions: object[], conditions: object[] = []) =>
  request('POST', '/v1/wealth/rules', { householdId, name: 'Rule', conditions, actions })
const removeRules = async () => {
  for (const { id } of (await request('GET', `/v1/wealth/rules?householdId=${householdId}`)).items)
    await request('DELETE', `/v1/wealth/rules/${id}`, undefined, { 'if-match': '*' })
}

/** All rows that the work can change, with their versions and times. */
const everything = async () => {
  const tables = ['transactions', 'transaction_splits', 'rule_runs', 'rule_changes', 'transfers', 'recurring_transactions']
  const rows = await Promise.all(
    tables.map(table => administrator.unsafe(`select to_jsonb(t)::text as row from wealth.${table} t order by 1`)),
  )
  return rows.map(each => each.map(({ row }) => row as string))
}

describe('after an import', () => {
  it('rules, transfers and payments that repeat are found, and a second time nothing changes', async () => {
    const importId = await newImport()
    await rule([{ action: 'set_category', category: 'entertainment' }], [{ field: 'payee', operator: 'contains', value: 'netflix' }])
    const first = addMonths(addDays(new Date().toISOString().slice(0, 10), -10), -5)
    const paid: string[] = []
    for (let month = 0; month < 6; month += 1)
      paid.push(await enter(checking, addMonths(first, month), '-15.49', 'NETFLIX.COM', { import_id: importId }))
    const out = await enter(checking, first, '-500.00', 'Transfer to 2222', { import_id: importId })
    await enter(savings, first, '500.00', 'Transfer from 1111')
    const before = await enter(checking, first, '-15.49', 'NETFLIX.COM of before')

    expect(await work(importId)).toEqual({ labelCount: 6, transferCount: 1, recurringCount: 1 })
    expect(await labels(paid[0]!)).toMatchObject({ category: 'entertainment', is_recurring: true, provenance: { category: 'rule' } })
    // It is not of the import.
    expect((await labels(before))['category']).toBe('other')
    expect(await runs()).toMatchObject([{ transactionCount: 7, changeCount: 6, remainingCount: 0 }])
    const [proposed] = (await request('GET', `/v1/wealth/transfers?householdId=${householdId}`)).items
    expect(proposed).toMatchObject({ status: 'proposed', outflow: { transactionId: out } })

    const stored = await everything()
    expect(await work(importId)).toEqual({ labelCount: 0, transferCount: 1, recurringCount: 1 })
    expect(await everything()).toEqual(stored)
  })

  it('what a person has dismissed or undone stays so', async () => {
    const [run] = await runs()
    await request('POST', `/v1/wealth/rule-runs/${run.id}/restorations`)
    const [proposed] = (await request('GET', `/v1/wealth/transfers?householdId=${householdId}`)).items
    await request('POST', `/v1/wealth/transfers/${proposed.id}/decisions`, { status: 'dismissed' })
    const [netflix] = (await request('GET', `/v1/wealth/recurring-transactions?householdId=${householdId}`)).items
    await request('PATCH', `/v1/wealth/recurring-transactions/${netflix.id}`, { status: 'dismissed' }, { 'if-match': '*' })
    const [{ import_id: importId }] =
      (await administrator`select distinct import_id from wealth.transactions where import_id is not null`) as [{ import_id: string }]
    const stored = await everything()
    expect(await work(importId)).toMatchObject({ labelCount: 0, transferCount: 0 })
    expect(await everything()).toEqual(stored)
    await removeRules()
  })

  it('rules run on all of a large one, in runs of a limited size', async () => {
    const importId = await newImport()
    const many = await account('Many')
    for (let toll = 1; toll <= 7; toll += 1) await enter(many, '2026-08-01', `-${toll}.00`, 'Toll', { import_id: importId })
    await rule([{ action: 'set_category', category: 'transportation' }])
    const limit = RULE_LIMITS.changedAtOnce
    Object.assign(RULE_LIMITS, { changedAtOnce: 3 })
    expect(await work(importId)).toMatchObject({ labelCount: 7 })
    const [, , first] = await runs()
    expect((await runs()).slice(0, 3).map(({ changeCount }: { changeCount: number }) => changeCount)).toEqual([1, 3, 3])
    // All of the first part was undone: the parts after it are still done.
    await request('POST', `/v1/wealth/rule-runs/${first.id}/restorations`)
    await rule([{ action: 'set_notes', notes: 'Toll' }])
    expect(await work(importId)).toMatchObject({ labelCount: 4 })
    Object.assign(RULE_LIMITS, { changedAtOnce: limit })
    await removeRules()
  })

  it('of a household that was deleted nothing is left to do', async () => {
    const deleted = '01990000-0000-7000-8000-000000000009'
    const done = await followUp(identity, { householdId: deleted, scope: { importId: deleted } })
    expect(done).toEqual({ labelCount: 0, transferCount: 0, recurringCount: 0 })
  })
})

describe('after an entry by hand', () => {
  const entered = (body: object) => request('POST', '/v1/wealth/transactions', { date: '2026-03-02', description: 'Moved', ...body })
  const continued = (accountId: string) => {
    const key = workKey({ kind: 'follow-up', householdId, scope: { accountId } })
    return handler({ detail: { object: { key } } }, lambdaContext('wealth-continue-ledger-work', 'one', 900))
  }
  const proposals = async () => (await request('GET', `/v1/wealth/transfers?householdId=${householdId}&status=proposed`)).items

  it('transfers are found by the work that the request has asked for, and those of a corrected entry', async () => {
    const [from, to] = [await account('Wallet'), await account('Jar', { type: 'savings' })]
    const out = await entered({ accountId: from, amount: '-75.00' })
    const into = await entered({ accountId: to, amount: '76.00' })
    expect(await continued(to)).toMatchObject({ labelCount: 0, transferCount: 0 })
    const replacement = { date: '2026-03-02', description: 'Moved', amount: '75.00' }
    const corrected = await request('POST', `/v1/wealth/transactions/${into.id}/reversals`, { replacement })
    expect(await continued(to)).toMatchObject({ transferCount: 1 })
    const inflow = { transactionId: corrected.replacement.id }
    expect(await proposals()).toMatchObject([{ outflow: { transactionId: out.id }, inflow }])
  })

  it('the work waits for the transaction of the entry', async () => {
    const [from, to] = [await account('Purse'), await account('Box', { type: 'savings' })]
    await entered({ accountId: from, amount: '-33.00' })
    const before = (await proposals()).length
    let done: Promise<object> | undefined
    await asHandler(async transaction => {
      const locked = await lockAccount(transaction, to, 'body.accountId')
      const entry = { type: 'cash', date: '2026-03-02', amount: '33.00', description: 'Moved' } as const
      await storeEntry(transaction, locked, entry, 'body')
      done = followUp(identity, { householdId, scope: { accountId: to } })
      await Promise.race([done, delay(300)])
    })
    await done
    expect(await proposals()).toHaveLength(before + 1)
  })
})
