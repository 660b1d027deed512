import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Sql } from '../../db/connections.ts'
import { type Answer, startTestServices, type TestServices, type TestUser } from '../support/platform.ts'
import { startPrivateServer } from '../support/postgres.ts'
import { at, countRows, expectProblem } from '../support/problems.ts'

type Private = Awaited<ReturnType<typeof startPrivateServer>>

let own: Private
let platform: TestServices
let user: TestUser
beforeAll(async () => {
  own = await startPrivateServer({ durable: true })
  platform = await startTestServices(own.location)
  user = await platform.newUser()
})
afterAll(async () => {
  await platform.close()
  await own.remove()
})

const asAdministrator = async <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> => {
  const sql = connect(own.location, 'postgres')
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const getMe = () => user.request('GET', '/v1/identity/me')
const postHousehold = (key?: string) =>
  user.request('POST', '/v1/identity/households', {
    body: { name: 'Home', timezone: 'UTC' },
    headers: key === undefined ? {} : { 'idempotency-key': key },
  })

/** Repeats a request until the answer is not a 503. The timeout of the test ends it. */
const untilAvailable = async (ask: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    const answer = await ask()
    if (answer.status !== 503) return answer
    await wait(50)
  }
}

const expectUnavailable = (answer: Answer): void => {
  expectProblem(answer, at(503))
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
}

/** Sends a write that waits for a lock on the households, and calls `interrupt` while it waits. */
const interruptWrite = async (key: string, interrupt: (sql: Sql) => Promise<unknown>): Promise<Answer> => {
  const blocker = connect(own.location, 'postgres')
  const held = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const blocking = blocker
    .begin(async transaction => {
      await transaction`lock table identity.households in access exclusive mode`
      held.resolve()
      await done.promise
    })
    .catch(() => undefined)
  await held.promise
  const answer = postHousehold(key)
  await asAdministrator(async sql => {
    const waiting = () => sql`select from pg_stat_activity where wait_event_type = 'Lock' and usename = 'nestegg_write'`
    while ((await waiting()).length === 0) await wait(20)
    await interrupt(sql)
  })
  const answered = await answer
  done.resolve()
  await blocking
  await blocker.end({ timeout: 1 })
  return answered
}

beforeEach(async () => {
  await untilAvailable(getMe)
})

describe('PostgreSQL killed while serving', () => {
  test('answers 503 during the outage, and works again afterwards', async () => {
    const before = await asAdministrator(countRows)
    await own.server.kill()
    for (let round = 0; round < 4; round += 1) {
      for (const answer of await Promise.all([getMe(), postHousehold(), platform.request('GET', '/ready')])) expectUnavailable(answer)
    }
    // Routes without the database are still served.
    expect((await platform.request('GET', '/openapi.json')).status).toBe(200)
    expectProblem(await platform.request('GET', '/v1/identity/me'), at(401))
    await own.server.restart()
    expect((await untilAvailable(() => platform.request('GET', '/ready'))).body).toMatchObject({ status: 'ok' })
    expect((await untilAvailable(getMe)).status).toBe(200)
    expect(await asAdministrator(countRows)).toEqual(before)
    expect((await untilAvailable(postHousehold)).status).toBe(201)
  })

  test('still lets users sign in', async () => {
    await own.server.kill()
    const signedIn = await platform.request('POST', '/v1/identity/sessions', { body: { email: user.email, password: user.password } })
    await own.server.restart()
    expect(signedIn.status).toBe(200)
  })

  test('in the middle of a write rolls it back, and the same key can be sent again', async () => {
    const before = await asAdministrator(countRows)
    expectUnavailable(await interruptWrite('killed', () => own.server.kill()))
    await own.server.restart()
    expect(await asAdministrator(countRows)).toEqual(before)
    const again = await untilAvailable(() => postHousehold('killed'))
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotent-replay')).toBeNull()
  })
})

describe('connections ended by the server', () => {
  const terminate = (sql: Sql) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where usename like 'nestegg%' and usename <> 'nestegg_owner'`

  test('between requests have no effect on the next request', async () => {
    for (let round = 0; round < 5; round += 1) {
      expect((await postHousehold()).status).toBe(201)
      await asAdministrator(terminate)
      expect((await getMe()).status).toBe(200)
      expect((await postHousehold()).status).toBe(201)
    }
  })

  test('in the middle of a write roll it back, and the next request is served', async () => {
    const before = await asAdministrator(countRows)
    expectUnavailable(await interruptWrite('terminated', terminate))
    expect(await asAdministrator(countRows)).toEqual(before)
    const again = await postHousehold('terminated')
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotent-replay')).toBeNull()
  })
})
