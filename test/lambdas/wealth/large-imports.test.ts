import { afterAll, expect, it } from 'vitest'
import { lambdaContext } from '../../../local/api-event.ts'
import { handler } from '../../../lambdas/wealth/handlers/continue-ledger-work.ts'
import { storedInRequest } from '../../../lambdas/wealth/imports/store-import.ts'
import { askForLedgerWork, workKey } from '../../../lambdas/wealth/ledger-work.ts'
import { startTestPlatform } from '../../support/platform.ts'
import { importer } from './import-files.ts'

const platform = await startTestPlatform({ doesLedgerWork: true })
afterAll(() => platform.close())
const { bring, bytes, householdId, ledger, makeAccount, path, preview, send, sql, undo, user } = await importer(platform)

const csv = (rows: readonly string[]) => `Date,Description,Amount\n${rows.join('\n')}\n`
const coffee = '2026-03-02,Coffee,-4.50'
const bread = '2026-03-03,Bread,-3.20'
const read = async (id: string) => (await user.request('GET', path(id))).body
const workOf = (importId: string) => ({ kind: 'store-import', householdId, importId }) as const

/** A small import in the state in which the commit of a large one leaves it. */
const beginStoring = async (content: string, accountId: string): Promise<string> => {
  const reading = { accounts: [{ key: '*', accountId }] }
  const id = await send(content)
  await preview(id, reading)
  await sql.begin(async transaction => {
    // Without the trigger that would take away who committed it.
    await transaction`set local session_replication_role = replica`
    await transaction`
      update wealth.imports set status = 'storing', working_since = now(), version = version + 1, reading = ${JSON.stringify(reading)}::text::jsonb
      where id = ${id}`
  })
  return id
}
const work = (importId: string) =>
  handler({ detail: { object: { key: workKey(workOf(importId)) } } }, lambdaContext('wealth-continue-ledger-work', 'one', 900))
const ask = async (importId: string) => {
  await askForLedgerWork(workOf(importId))
  return work(importId)
}
const settled = async (id: string, state: string) => {
  for (;;) {
    const row = await read(id)
    if (row.status === state) return row
    if (row.failure !== null) throw new Error(row.failure)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

it('the rows of a large file are stored after the answer, and its undo leaves nothing of them', async () => {
  const accountId = await makeAccount()
  const before = await bytes(accountId)
  const rows = Array.from({ length: storedInRequest + 1 }, (_, index) => `2026-03-02,Shop ${index},-1.00`)
  const { body, headers, status } = await bring(csv(rows), accountId)
  expect(status).toBe(202)
  expect(headers.get('location')).toBe(path(body.id))
  expect(body).toMatchObject({ status: 'storing', newCount: storedInRequest + 1, accounts: null, failure: null, committedAt: null })
  const committed = await settled(body.id, 'committed')
  expect(committed).toMatchObject({ newCount: storedInRequest + 1, accounts: [{ accountId, stored: storedInRequest + 1 }] })
  expect(await sql`select from wealth.import_parts where import_id = ${body.id}`).toHaveLength(0)
  expect(await sql`select count(*)::int as rows from wealth.transactions where account_id = ${accountId}`).toEqual([
    { rows: storedInRequest + 1 },
  ])
  const asked = await undo(body.id, committed.version)
  expect(asked).toMatchObject({ status: 202, body: { status: 'undoing', failure: null, undoneAt: null } })
  expect((await undo(body.id, asked.body.version)).status).toBe(409)
  await settled(body.id, 'undone')
  expect(await bytes(accountId)).toEqual(before)
  const undoing = { kind: 'undo-import', householdId, importId: body.id } as const
  await askForLedgerWork(undoing)
  const again = await handler({ detail: { object: { key: workKey(undoing) } } }, lambdaContext('wealth-continue-ledger-work', 'one', 900))
  expect(again).toEqual({ status: 'nothing-to-do' })
}, 120_000)

it('what the task stores is the same as what a request stores, for the person who committed it', async () => {
  const [first, second] = [await makeAccount(), await makeAccount()]
  await bring(csv([coffee, bread]), first)
  const id = await beginStoring(csv([coffee, bread]), second)
  expect(await ask(id)).toEqual({ status: 'committed', stored: 2 })
  expect(await ledger(second)).toEqual(await ledger(first))
  const [row] = await sql`select created_by, updated_by from wealth.imports where id = ${id}`
  expect(row!['created_by']).not.toBeNull()
  expect(row!['updated_by']).toBe(row!['created_by'])
})

it('the task stores the links of reversals', async () => {
  const [from, to] = [await makeAccount(), await makeAccount()]
  const entry = { accountId: from, date: '2026-03-02', amount: '-4.50', description: 'Coffee' }
  const { body } = await user.request('POST', '/v1/wealth/transactions', { body: entry })
  await user.request('POST', `/v1/wealth/transactions/${body.id}/reversals`, { body: {} })
  const file = (await user.request('GET', `/v1/wealth/accounts/${from}/export?format=csv`)).body as string
  expect(await ask(await beginStoring(file, to))).toEqual({ status: 'committed', stored: 2 })
  const rows = await sql`
    select t.amount::text, o.amount::text as reverses from wealth.transactions t left join wealth.transactions o on o.id = t.reverses_id
    where t.account_id = ${to} order by t.amount`
  expect(rows).toEqual([
    { amount: '-4.50', reverses: null },
    { amount: '4.50', reverses: '-4.50' },
  ])
})

it('rows are stored once, however often and however late the work is asked for', async () => {
  const accountId = await makeAccount()
  const id = await beginStoring(csv([coffee, bread]), accountId)
  await askForLedgerWork(workOf(id))
  const results = await Promise.all([work(id), work(id)])
  expect(results).toContainEqual({ status: 'committed', stored: 2 })
  expect(await ask(id)).toEqual({ status: 'nothing-to-do' })
  expect(await ledger(accountId)).toHaveLength(2)
  await sql`delete from wealth.import_parts where import_id = ${id}`
  const open = await send(csv([coffee]))
  expect(await ask(open)).toEqual({ status: 'nothing-to-do' })
  expect(await read(open)).toMatchObject({ status: 'open' })
})

it('work that stops in the middle stores nothing, and is done at the next attempt', async () => {
  const accountId = await makeAccount()
  const id = await beginStoring(csv([coffee, bread]), accountId)
  await askForLedgerWork(workOf(id))
  const name = `stop_${id.replaceAll('-', '_')}`
  await sql.unsafe(`create function public.${name}() returns trigger language plpgsql as $$ begin raise 'stopped' using errcode = 'data_exception'; end $$;
    create trigger ${name} before update on wealth.imports for each row when (new.status = 'committed') execute function public.${name}()`)
  await expect(work(id)).rejects.toThrow('Failed query')
  expect(await ledger(accountId)).toHaveLength(0)
  expect(await read(id)).toMatchObject({ status: 'storing' })
  await sql.unsafe(`drop trigger ${name} on wealth.imports; drop function public.${name}()`)
  await settled(id, 'committed')
  expect(await ledger(accountId)).toHaveLength(2)
})

it('a ledger that has changed meanwhile opens the import again with the reason', async () => {
  const accountId = await makeAccount()
  const id = await beginStoring(csv([coffee, bread]), accountId)
  await bring(csv([coffee]), accountId)
  expect(await ask(id)).toMatchObject({ status: 'refused' })
  expect(await read(id)).toMatchObject({ status: 'open', failure: expect.stringContaining('the preview showed 2') })
  expect(await ledger(accountId)).toHaveLength(1)
  const reading = { accounts: [{ key: '*', accountId }] }
  const { body: seen } = await preview(id, reading)
  expect(seen.import).toMatchObject({ status: 'open', failure: null, newCount: 1 })
})

it('every import is followed by the search for transfers, and one that was undone is not', async () => {
  const [first, second] = [await makeAccount(), await makeAccount()]
  const proposals = async () => (await user.request('GET', `/v1/wealth/transfers?householdId=${householdId}&status=proposed`)).body.items
  const { body } = await bring(csv(['2026-03-02,To savings,-250.00']), first)
  expect(body.status).toBe('committed')
  const { body: other } = await bring(csv(['2026-03-02,From checking,250.00']), second)
  while ((await proposals()).length === 0) await new Promise(resolve => setTimeout(resolve, 200))
  expect(await proposals()).toMatchObject([{ source: 'detection' }])
  await undo(other.id, (await read(other.id)).version)
  const scope = { importId: other.id }
  await askForLedgerWork({ kind: 'follow-up', householdId, scope })
  const key = workKey({ kind: 'follow-up', householdId, scope })
  const done = await handler({ detail: { object: { key } } }, lambdaContext('wealth-continue-ledger-work', 'one', 900))
  expect(done).toEqual({ status: 'nothing-to-do' })
})

it('an import of which the rows are being stored cannot be changed, until the task must have ended', async () => {
  const accountId = await makeAccount()
  const id = await beginStoring(csv([coffee]), accountId)
  const reading = { accounts: [{ key: '*', accountId }] }
  const commit = async () =>
    user.request('POST', path(id, '/commit'), { body: reading, headers: { 'if-match': `"v${(await read(id)).version}"` } })
  expect(await preview(id, reading)).toMatchObject({ status: 409, body: { type: '/problems/import-not-open' } })
  expect((await commit()).status).toBe(409)
  expect((await undo(id, (await read(id)).version)).status).toBe(409)
  await sql`update wealth.imports set working_since = now() - interval '16 minutes' where id = ${id}`
  expect(await commit()).toMatchObject({ status: 200, body: { status: 'committed' } })
  expect(await ask(id)).toEqual({ status: 'nothing-to-do' })
  expect(await ledger(accountId)).toHaveLength(1)
})
