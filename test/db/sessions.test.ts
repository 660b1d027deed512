import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../db/connections.ts'
import type { Transaction } from '../../db/database.ts'
import { openSessions, type Sessions } from '../../db/sessions.ts'
import { isConnectionError } from '../../lambdas/runtime/errors.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
/** One connection, so that each transaction follows another one. */
let sessions: Sessions
beforeAll(async () => {
  database = await createTestDatabase()
  await database.connect('postgres')`create table public.numbers (number integer unique deferrable initially deferred)`
  sessions = openSessions(
    onclose => connect(database.location, 'postgres', 1, { onclose, idle_timeout: 0, max_lifetime: 0 }),
    1,
    isConnectionError,
  )
})
afterAll(async () => {
  await sessions.close()
  await database.drop()
})

const add = (...numbers: readonly number[]) =>
  sessions.transact(
    transaction => transaction.execute(sql`select 1`),
    async transaction => {
      for (const number of numbers) await transaction.execute(sql`insert into public.numbers values (${number})`)
      return numbers.length
    },
  )
const stored = async () =>
  (await database.connect('postgres')<{ number: number }[]>`select number from public.numbers order by number`).map(row => row.number)

test('a COMMIT that fails fails its own transaction, and not those that follow on the connection', async () => {
  const outcomes = await Promise.allSettled([add(1), add(2, 2), add(3), add(3), add(4)])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { code: '23505' } })
  expect(await stored()).toEqual([1, 3, 4])
})

test('a transaction with a failed statement is an error, even if its code went on', async () => {
  const careless = sessions.transact(
    transaction => transaction.execute(sql`select 1`),
    async transaction => {
      await transaction.execute(sql`insert into public.numbers values (5)`)
      await transaction.execute(sql`select 1 / 0`).catch(() => undefined)
    },
  )
  const [outcome, next] = await Promise.allSettled([careless, add(6)])
  expect(outcome).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('rolled back') } })
  expect(next.status).toBe('fulfilled')
  expect(await stored()).not.toContain(5)
})

test('transactions after a lost connection get a new one', async () => {
  const processId = async (transaction: Transaction) => {
    const [row] = await transaction.execute<{ id: number }>(sql`select pg_backend_pid() as id`)
    return row!.id
  }
  const first = await sessions.transact(processId, async (_, id) => id)
  await database.connect('postgres')`select pg_terminate_backend(${first}, 5000)`
  await expect.poll(() => sessions.transact(processId, async (_, id) => id).catch(() => first)).not.toBe(first)
  expect(await add(7)).toBe(1)
})

test('a connection keeps a limited number of statements prepared', async () => {
  const count = await sessions.transact(
    transaction => transaction.execute(sql`select 1`),
    async transaction => {
      for (let number = 0; number < 600; number += 1) await transaction.execute(sql`select ${1}::integer + ${sql.raw(String(number))}`)
      const [row] = await transaction.execute<{ count: string }>(sql`select count(*) from pg_prepared_statements`)
      return Number(row!.count)
    },
  )
  expect(count).toBeGreaterThan(400)
  expect(count).toBeLessThanOrEqual(500)
})

test('after the end of the sessions nothing is begun, and who waits is refused', async () => {
  const ending = openSessions(
    onclose => connect(database.location, 'postgres', 1, { onclose, idle_timeout: 0, max_lifetime: 0 }),
    1,
    isConnectionError,
  )
  const one = () =>
    ending.transact(
      transaction => transaction.execute(sql`select 1`),
      async () => 'done',
    )
  const [first, second] = [one(), one()]
  await ending.close()
  const [, waited, late] = await Promise.allSettled([first, second, one()])
  expect([waited, late]).toMatchObject([{ reason: { code: 'CONNECTION_CLOSED' } }, { reason: { code: 'CONNECTION_CLOSED' } }])
})
