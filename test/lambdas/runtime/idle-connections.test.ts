import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { closeDatabases, inTransaction } from '../../../lambdas/runtime/database.ts'
import { createTestDatabase, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'

const idleMilliseconds = 200

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  pointEnvironmentTo(database.location)
  const { database: name } = database.location
  const roles = ['nestegg_read', 'nestegg_operator']
  for (const role of roles)
    await database.connect('postgres').unsafe(`alter role ${role} in database ${name} set idle_session_timeout = '${idleMilliseconds}ms'`)
})
afterAll(async () => {
  await closeDatabases()
  vi.unstubAllEnvs()
  await database.drop()
})

/** The process id of the server's side of the connection. The connection is in use until `released`. */
const serverProcess = (role: 'nestegg_read' | 'nestegg_operator', released: () => Promise<void> | void = () => undefined) =>
  inTransaction(role, { requestId: 'request', route: 'test/idle' }, async transaction => {
    const [row] = await transaction.execute<{ id: number }>(sql`select pg_backend_pid() as id`)
    await released()
    return row!.id
  })

/** The process ids of several connections, all of them in use at the same time. */
const serverProcesses = (count: number) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let begun = 0
  const released = () => {
    begun += 1
    if (begun === count) resolve()
    return promise
  }
  return Promise.all(Array.from({ length: count }, () => serverProcess('nestegg_read', released)))
}

/** Stops this process, with its timers and its reading of sockets, as Lambda does between two requests. */
const freeze = (milliseconds: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

it.each(['nestegg_read', 'nestegg_operator'] as const)(
  'a request of %s gets a new connection if the server closed the old one while the function was frozen',
  async role => {
    for (let time = 0; time < 5; time += 1) {
      const before = await serverProcess(role)
      freeze(idleMilliseconds * 4)
      expect(await serverProcess(role)).not.toBe(before)
    }
  },
)

it('so does a request long after the server closed the connection', async () => {
  const before = await serverProcess('nestegg_read')
  await wait(idleMilliseconds * 4)
  expect(await serverProcess('nestegg_read')).not.toBe(before)
})

it('so do several requests at once, for each of which the server closed a connection', async () => {
  await closeDatabases()
  vi.stubEnv('DATABASE_POOL_SIZE', '6')
  const before = await serverProcesses(6)
  expect(new Set(before).size).toBe(6)
  freeze(idleMilliseconds * 4)
  const [first, ...others] = [await serverProcess('nestegg_read'), ...(await serverProcesses(6))]
  expect([first, ...others].filter(id => before.includes(id))).toEqual([])
  freeze(idleMilliseconds * 4)
  expect((await serverProcesses(6)).filter(id => others.includes(id))).toEqual([])
})
