import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { connect, type Sql } from '../../db/connections.ts'
import { admin as runCommand } from '../bin/admin/run.ts'
import { makeInstruments } from '../lambdas/market/market-platform.ts'
import { type Answer, startTestServices, type TestServices, type TestUser } from '../support/platform.ts'
import { pointEnvironmentTo, startPrivateServer } from '../support/postgres.ts'

type Private = Awaited<ReturnType<typeof startPrivateServer>>

let own: Private
let platform: TestServices
let admin: TestUser
const folder = mkdtempSync(join(tmpdir(), 'nestegg-bars-outage-'))

const asAdministrator = async <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> => {
  const sql = connect(own.location, 'postgres')
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

beforeAll(async () => {
  own = await startPrivateServer({ durable: true })
  platform = await startTestServices(own.location)
  admin = await platform.newUser()
  await admin.request('GET', '/v1/identity/users/me')
  await asAdministrator(sql => sql`update identity.users set role = 'admin' where email = ${admin.email}`)
  await makeInstruments(admin, 'VTI')
  pointEnvironmentTo(own.location)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await platform.close()
  await own.remove()
  rmSync(folder, { recursive: true })
})
const removeBars = () =>
  asAdministrator(
    sql => sql`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges,
    market.price_files, market.price_file_series, market.replaced_bars`,
  )
beforeEach(removeBars)

const bars = Array.from({ length: 3000 }, (_, index) => ({
  symbol: 'VTI',
  timeframe: '1m',
  time: new Date(Date.UTC(2026, 8, 30, 12) + index * 60_000).toISOString(),
  open: '10',
  high: '11',
  low: '9',
  close: '10.5',
  volume: '5',
}))
const send = () => admin.request('POST', '/v1/market/bars', { body: { bars } })

const counts = () =>
  asAdministrator(async sql => {
    const [row] =
      await sql`select (select count(*) from market.bars)::int as bars, (select count(*) from market.latest_bars)::int as latest,
      (select count(*) from market.stale_ranges)::int as stale, (select count(*) from market.price_files)::int as files`
    return row
  })

type Ended = Awaited<ReturnType<typeof runCommand>>

/**
 * Kills the server as soon as `isThere` finds `store` at a place, and starts it again. Returns the outcome of `store`. A `store` that ends
 * before it was found is undone and repeated: the place can be passed between two looks.
 */
const killWhile = async <Result>(isThere: (sql: Sql) => Promise<readonly unknown[]>, store: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    const ended = new AbortController()
    const result = store().finally(() => ended.abort())
    const isFound = await asAdministrator(async sql => {
      while (!ended.signal.aborted) {
        if ((await isThere(sql)).length > 0) return true
        await wait(2)
      }
      return false
    })
    if (isFound) {
      await own.server.kill()
      const settled = await result
      await own.server.restart()
      return settled
    }
    await result
    await removeBars()
  }
}

/** Kills the server while `store` has written its bars and waits to write which one is the newest. */
const killDuring = async <Result>(store: () => Promise<Result>): Promise<Result> => {
  const blocker = connect(own.location, 'postgres')
  const held = Promise.withResolvers<void>()
  const blocking = blocker
    .begin(async transaction => {
      await transaction`lock table market.latest_bars in access exclusive mode`
      held.resolve()
      await new Promise(() => undefined)
    })
    .catch(() => undefined)
  await held.promise
  const settled = await killWhile(
    sql => sql`select from pg_stat_activity where wait_event_type = 'Lock' and usename = 'nestegg_operator'`,
    store,
  )
  await blocking
  await blocker.end({ timeout: 1 })
  return settled
}

/** Repeats a request until the answer is not a 503. The timeout of the test ends it. */
const untilAvailable = async (ask: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    const answer = await ask()
    if (answer.status !== 503) return answer
    await wait(50)
  }
}

test('bars sent to the API while PostgreSQL is killed are stored completely or not at all, and once when sent again', async () => {
  expect((await killDuring(send)).status).toBe(503)
  expect(await counts()).toEqual({ bars: 0, latest: 0, stale: 0, files: 0 })
  expect((await untilAvailable(send)).body).toEqual({ received: 3000, stored: 3000, unchanged: 0 })
  expect((await send()).body).toEqual({ received: 3000, stored: 0, unchanged: 3000 })
  expect(await counts()).toEqual({ bars: 3000, latest: 1, stale: 1, files: 0 })
})

const csvOf = (count: number) =>
  `time,open,high,low,close,volume\n${Array.from({ length: count }, (_, index) => `${new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString()},10,11,9,10.5,5\n`).join('')}`

test.each([
  ['read', (ingest: () => Promise<Ended>) => killWhile(sql => sql`select from pg_stat_progress_copy`, ingest)],
  ['stored', (ingest: () => Promise<Ended>) => killDuring(ingest)],
])('a file that is being %s while PostgreSQL is killed is not half stored, and is stored once when given again', async (_, interrupt) => {
  const file = join(folder, 'bars.csv')
  writeFileSync(file, csvOf(100_000))
  const ingest = () => runCommand('market', 'ingest', file, '--symbol', 'VTI', '--timeframe', '1m')
  const { code, error, out } = await interrupt(ingest)
  expect([code, out]).toEqual([1, ''])
  expect(error).not.toBe('')
  expect(await counts()).toEqual({ bars: 0, latest: 0, stale: 0, files: 0 })
  expect((await ingest()).out).toContain('Stored 100000 of 100000 bars; 0 were there already.\n')
  expect((await ingest()).out).toBe('Stored 0 of 100000 bars; 100000 were there already.\n')
  expect(await counts()).toMatchObject({ bars: 100_000, latest: 1, files: 1 })
})
