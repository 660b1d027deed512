import fc from 'fast-check'
import { decodeJwt } from 'jose'
import { afterAll, expect, it } from 'vitest'
import { Decimal } from '../../../domain/shared/index.ts'
import { asUser } from '../../db/requests.ts'
import { path, startLedger, succeed } from './ledger-platform.ts'

const { account, householdId, platform, user } = await startLedger()
afterAll(() => platform.close())
const administrator = platform.database.connect('postgres')
const writer = platform.database.connect('nestegg_write')
const subject = String(decodeJwt(user.token).sub)
const owner = platform.database.connect('nestegg_owner')

interface Row {
  readonly id: string
  readonly date: string
  readonly amount: string
  readonly isPending: boolean
  readonly runningBalance: string | null
}

const days = fc.integer({ min: 0, max: 400 }).map(offset => new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10))
const cents = fc.integer({ min: -100_000, max: 100_000 }).filter(amount => amount !== 0)
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('enter' as const), date: days, cents }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pending' as const), date: days, cents }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('post' as const), date: days }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('label' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reverse' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const) }) },
)

const readAll = async (accountId: string, limit: number): Promise<Row[]> => {
  const rows: Row[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: Row[]; nextCursor: string | null } = await succeed(
      user,
      'GET',
      `${path}?accountId=${accountId}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
    )
    rows.push(...page.items)
    cursor = page.nextCursor
  }
  return rows
}

it('are the opening balance and all posted rows up to each, whatever is entered, labelled, posted, reversed and undone', async () => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      cents,
      fc.integer({ min: 1, max: 7 }),
      days,
      async (steps, opening, limit, day) => {
        const openingBalance = new Decimal(opening).dividedBy(100).toFixed(2)
        const accountId = await account({ opening_balance: openingBalance, type: 'other' })
        const asMember = (statement: string) => asUser(writer, subject, transaction => transaction.unsafe(statement))
        const insert = (date: string, amount: string, source: string, isPending: boolean) => {
          number += 1
          return asMember(`insert into wealth.transactions (household_id, account_id, date, amount, description, source, is_pending, fingerprint)
          values ('${householdId}', '${accountId}', '${date}', ${amount}, 'Row', '${source}', ${isPending}, '${number}')`)
        }
        for (const taken of steps) {
          const amount = 'cents' in taken ? new Decimal(taken.cents).dividedBy(100).toFixed(2) : '0'
          const rows = await administrator<{ id: string; source: string; pending: boolean; final: boolean }[]>`
          select id, source, is_pending as pending, reverses_id is not null or exists (select from wealth.transactions r where r.reverses_id = t.id) as final
          from wealth.transactions t where account_id = ${accountId} order by id`
          if (taken.kind === 'enter') await insert(taken.date, amount, 'import', false)
          if (taken.kind === 'pending') await insert(taken.date, amount, 'plaid', true)
          if (taken.kind === 'label' && rows[0])
            await succeed(user, 'PATCH', `${path}/${rows[0].id}`, { notes: `Note ${number}` }, { 'if-match': '*' })
          const reversible = rows.find(({ final, pending }) => !final && !pending)
          if (taken.kind === 'reverse' && reversible) await succeed(user, 'POST', `${path}/${reversible.id}/reversals`, {})
          const pending = rows.find(row => row.pending)
          // Posting by the bank and undoing an import are functions of the owner: no role of a route may do either.
          const asOwner = (statement: string) => asUser(owner, subject, transaction => transaction.unsafe(statement))
          if (taken.kind === 'post' && pending)
            await asOwner(`update wealth.transactions set is_pending = false, date = '${taken.date}' where id = '${pending.id}'`)
          const undone = rows.find(({ final, source }) => source === 'import' && !final)
          if (taken.kind === 'undo' && undone) await asOwner(`delete from wealth.transactions where id = '${undone.id}'`)
        }
        const shown = await readAll(accountId, limit)
        let balance = new Decimal(openingBalance)
        const expected = shown.toReversed().map(row => {
          if (row.isPending) return null
          balance = balance.plus(row.amount)
          return balance.toFixed(2)
        })
        expect(shown.map(row => row.runningBalance)).toEqual(expected.toReversed())
        const until = shown
          .filter(row => !row.isPending && row.date <= day)
          .reduce((sum, row) => sum.plus(row.amount), new Decimal(openingBalance))
        const atDay = await succeed(user, 'GET', `/v1/wealth/accounts/${accountId}/balance?date=${day}`)
        expect(atDay.balance).toBe(until.toFixed(2))
      },
    ),
    { numRuns: 25 },
  )
})
