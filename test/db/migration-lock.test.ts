import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate, readMigrations } from '../../db/migrate/index.ts'
import { withMigrationLock } from '../../db/migrate/lock.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
})
afterAll(() => database.drop())

/** Resolves when another connection waits for an advisory lock in this database. */
const someoneWaits = async () => {
  const sql = database.connect('postgres')
  for (;;) {
    const waiting = await sql`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`
    if (waiting.length > 0) return
  }
}

it('makes the second of two migrators wait; both succeed', async () => {
  const results = await Promise.all([migrate(database.location, { backup: 'none' }), migrate(database.location, { backup: 'none' })])
  expect(results.map(({ applied }) => applied.length).toSorted((a, b) => a - b)).toEqual([0, readMigrations().length])
})

it('gives up after its time limit and names the holder of the lock', async () => {
  await withMigrationLock(database.location, 1, async () => {
    await expect(migrate(database.location, { backup: 'none', lockWaitSeconds: 0.05 })).rejects.toThrow(
      new RegExp(
        `^Waited 0.05 s for another migrator: nestegg migrator on .+, process ${process.pid} \\(PostgreSQL process \\d+, since .+\\)\\.$`,
      ),
    )
  })
})

it('waits for the holder of the lock within the time limit', async () => {
  const order: string[] = []
  const holding = Promise.withResolvers<void>()
  const first = withMigrationLock(database.location, 30, async () => {
    holding.resolve()
    await someoneWaits()
    order.push('first')
  })
  await holding.promise
  await withMigrationLock(database.location, 30, async () => void order.push('second'))
  await first
  expect(order).toEqual(['first', 'second'])
})

it('is released after its work failed', async () => {
  await expect(withMigrationLock(database.location, 1, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await withMigrationLock(database.location, 1, async () => 'free')).toBe('free')
})
