import { afterAll, expect, it } from 'vitest'
import { startTestPlatform } from '../../support/platform.ts'
import { importer } from './import-files.ts'
import { daysAgo, requesting } from './wealth-platform.ts'

const platform = await startTestPlatform()
afterAll(() => platform.close())
const { bring, bytes, householdId, ledger, makeAccount, sql, undo, user } = await importer(platform)
const request = requesting(user)

const csv = (...rows: readonly string[]) => `Date,Description,Amount\n${rows.join('\n')}\n`
const rents = [71, 57, 43, 29, 15, 1].map(days => `${daysAgo(days)},Rent,-900.00`)

it('rules label what an import stores, and its undo leaves nothing of it', async () => {
  const [accountId, otherId] = [await makeAccount(), await makeAccount()]
  await bring(csv(`${daysAgo(2)},From checking,250.00`), otherId)
  const before = [await bytes(accountId), await bytes(otherId)]
  await request('POST', '/v1/wealth/rules', {
    householdId,
    name: 'Rent',
    conditions: [{ field: 'description', operator: 'contains', value: 'rent' }],
    actions: [
      { action: 'set_category', category: 'payment' },
      {
        action: 'split',
        parts: [
          { category: 'payment', percent: 90 },
          { category: 'other', percent: 10 },
        ],
      },
    ],
  })
  const { body } = await bring(csv(...rents, `${daysAgo(3)},To savings,-250.00`), accountId)
  expect(body).toMatchObject({ status: 'committed', newCount: 7 })
  expect((await ledger(accountId)).filter(({ category }) => category === 'payment')).toHaveLength(6)
  const runs = await request('GET', `/v1/wealth/rule-runs?householdId=${householdId}`)
  expect(runs.items).toMatchObject([{ source: 'import', transactionCount: 7, changeCount: 12 }])

  expect(await request('POST', '/v1/wealth/recurring-transactions/detections', { householdId })).toEqual({ found: 1 })
  const idOf = async (id: string, amount: string): Promise<string> =>
    (await sql<{ id: string }[]>`select id from wealth.transactions where account_id = ${id} and amount = ${amount}`)[0]!.id
  const [outflowId, inflowId] = [await idOf(accountId, '-250.00'), await idOf(otherId, '250.00')]
  await request('POST', '/v1/wealth/transfers', { householdId, outflowId, inflowId })
  expect((await ledger(otherId))[0]).toMatchObject({ category: 'transfer' })

  expect((await undo(body.id, body.version)).body).toMatchObject({ status: 'undone' })
  const without = ({ transactions, totals }: { transactions: string[]; totals: string[] }) => ({
    totals,
    transactions: transactions.map(row => ({ ...JSON.parse(row), version: 0, updated_at: '', updated_by: '' })),
  })
  expect(await bytes(accountId)).toEqual(before[0])
  // The confirmation and the undo are two changes of the other side, and nothing else is left of them.
  expect(without(await bytes(otherId))).toEqual(without(before[1]!))
  const left =
    await sql`select (select count(*)::int from wealth.transfers) as transfers, (select count(*)::int from wealth.rule_changes) as changes,
    (select count(*)::int from wealth.transaction_splits) as splits`
  expect(left).toMatchObject([{ transfers: 0, changes: 0, splits: 0 }])
})
