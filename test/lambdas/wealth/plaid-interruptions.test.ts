import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FunctionCaller } from '../../../db/data-api.ts'
import { handler as continueWork } from '../../../lambdas/wealth/handlers/continue-ledger-work.ts'
import { workKey } from '../../../lambdas/wealth/ledger-work.ts'
import { plaidClient } from '../../../lambdas/wealth/plaid/client.ts'
import { syncConnection } from '../../../lambdas/wealth/plaid/sync.ts'
import { databaseFunctions } from '../../../lambdas/runtime/database-functions.ts'
import { readEnvironment } from '../../../lambdas/runtime/environment.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import type { BankTransaction } from '../../../local/plaid/forms.ts'
import { bankTransaction, sampleData } from '../../../local/plaid/sample.ts'
import { type Connected, startConnected } from './connected.ts'

let connected: Connected
beforeAll(async () => {
  connected = await startConnected()
})
afterAll(() => connected.platform.close())

/** Calls that end like those of a process that dies: at one call, before or after the database has done its work, and at all later ones. */
const dyingAt = (stopAt: number, isDone: boolean): FunctionCaller => {
  const real = databaseFunctions('wealth')
  let calls = 0
  return {
    call: async (...given) => {
      calls += 1
      if (calls > stopAt || (calls === stopAt && !isDone)) throw new Error('The process has ended.')
      const answer = await real.call(...given)
      if (calls === stopAt) throw new Error('The process has ended.')
      return answer
    },
  }
}

type Action = { readonly kind: 'add' | 'add-pending' | 'post' | 'post-unlinked' | 'remove' | 'correct' | 'rename'; readonly which: number }
const script = fc.array(
  fc.record({
    kind: fc.constantFrom<Action['kind']>('add', 'add', 'add-pending', 'post', 'post-unlinked', 'remove', 'correct', 'rename'),
    which: fc.nat(1_000),
  }),
  { minLength: 4, maxLength: 24 },
)
const interruptions = fc.array(fc.record({ stopAt: fc.integer({ min: 1, max: 9 }), isDone: fc.boolean() }), { minLength: 1, maxLength: 4 })

let made = 0

test('A synchronisation that is interrupted anywhere and begun again loses and doubles nothing, and the rules follow', async () => {
  const { administrator, bank, connect, householdId, owner } = connected
  const actions = [{ action: 'set_category', category: 'entertainment' }]
  await owner.request('POST', '/v1/wealth/rules', { body: { householdId, name: 'All', conditions: [], actions } })
  const data = { ...sampleData('ins_local_1', 'trial', '2026-03-01'), transactions: [] }
  const plaid = await plaidClient()
  await fc.assert(
    fc.asyncProperty(script, interruptions, async (steps, stops) => {
      made += 1
      const accounts = data.accounts.map(one => ({ ...one, account_id: `${one.account_id}-${made}` }))
      const { id, item } = await connect('ins_local_1', { ...data, accounts })
      const connection = { connectionId: id, householdId: connected.householdId }
      const account_id = accounts[0]!.account_id
      const live = new Map<string, BankTransaction>()
      const apply = ({ kind, which }: Action): void => {
        const all = [...live.values()]
        const pending = all.filter(one => one.pending)
        const chosen = (kind.startsWith('post') ? pending : all)[which % Math.max(1, kind.startsWith('post') ? pending.length : all.length)]
        made += 1
        if (kind === 'add' || kind === 'add-pending') {
          const added = bankTransaction({
            transaction_id: `x${made}`,
            account_id,
            // Equal ones are different purchases.
            amount: 1 + (which % 5),
            date: `2026-03-0${1 + (which % 9)}`,
            name: which % 2 === 0 ? 'CORNER BAKERY' : 'CITY PARKING',
            pending: kind === 'add-pending',
          })
          live.set(added.transaction_id, added)
          bank.record(item.itemId, { kind: 'added', transaction: added })
        } else if (!chosen) return
        else if (kind === 'remove') {
          live.delete(chosen.transaction_id)
          bank.record(item.itemId, { kind: 'removed', transaction: chosen })
        } else if (kind === 'correct' || kind === 'rename') {
          const changed = kind === 'correct' ? { ...chosen, amount: chosen.amount + 1 } : { ...chosen, merchant_name: `Shop ${which}` }
          live.set(chosen.transaction_id, changed)
          bank.record(item.itemId, { kind: 'modified', transaction: changed })
        } else {
          const posted = {
            ...chosen,
            pending: false,
            transaction_id: `x${made}`,
            pending_transaction_id: kind === 'post' ? chosen.transaction_id : null,
          }
          live.delete(chosen.transaction_id)
          live.set(posted.transaction_id, posted)
          bank.post(item.itemId, chosen.transaction_id, posted)
        }
      }
      const request = { requestId: 'trial', route: 'trial' }
      const settings = { plaid, request, ...connection, hasTime: () => true, pageSize: 3 }
      const expire = () =>
        administrator`update wealth.plaid_connections set sync_until = now() - interval '1 second', next_sync_at = now(), failure_count = 0 where id = ${id}`
      const parts = stops.length + 1
      const share = Math.ceil(steps.length / parts)
      for (const [index, { isDone, stopAt }] of stops.entries()) {
        for (const action of steps.slice(index * share, (index + 1) * share)) apply(action)
        await syncConnection({ ...settings, functions: dyingAt(stopAt, isDone) }).catch(() => undefined)
        await expire()
      }
      for (const action of steps.slice(stops.length * share)) apply(action)
      // What was asked for before was perhaps not done.
      const key = workKey({ kind: 'follow-up', householdId, scope: { connectionId: id } })
      await rm(join(readEnvironment().LEDGER_WORK_FOLDER!, key), { force: true })
      expect(await syncConnection({ ...settings, functions: databaseFunctions('wealth') })).toMatchObject({ state: 'synced' })
      if (live.size > 0) await continueWork({ detail: { object: { key } } }, lambdaContext('wealth-continue-ledger-work', 'one', 900))
      const rows = await administrator<
        { plaid: string; category: string; amount: string; date: string; pending: boolean; merchant: string | null }[]
      >`
        select t.plaid_transaction_id as plaid, t.amount, t.date::text, t.is_pending as pending, t.merchant_name as merchant, t.category from wealth.transactions t
        join wealth.accounts a on a.id = t.account_id where a.plaid_connection_id = ${id} and t.plaid_transaction_id is not null order by 1`
      const expected = [...live.values()].map(one => ({
        plaid: one.transaction_id,
        amount: (-one.amount).toFixed(2),
        date: one.date,
        pending: one.pending,
        merchant: one.merchant_name,
        category: 'entertainment',
      }))
      expect([...rows]).toEqual(expected.toSorted((a, b) => (a.plaid < b.plaid ? -1 : 1)))
      // Whatever was reversed on the way has left nothing.
      const [total] = await administrator<{ total: string | null }[]>`
        select sum(t.amount) filter (where not t.is_pending) as total from wealth.transactions t
        join wealth.accounts a on a.id = t.account_id where a.plaid_connection_id = ${id}`
      const posted = [...live.values()].filter(one => !one.pending)
      expect(Number(total!.total ?? 0)).toBe(posted.reduce((sum, one) => sum - one.amount, 0))
    }),
    { numRuns: 25 },
  )
}, 180_000)
