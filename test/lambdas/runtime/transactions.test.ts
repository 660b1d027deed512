import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Transaction } from '../../../db/database.ts'
import { closeDatabases, inTransaction } from '../../../lambdas/runtime/database.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let householdIds: readonly string[]
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  const made = ['A', 'B'].map(name => user.request('POST', '/v1/identity/households', { body: { name, timezone: 'UTC' } }))
  householdIds = (await Promise.all(made)).map(answer => answer.body.id as string)
})
afterAll(() => platform.close())

const postHousehold = (body: unknown, key: string) =>
  user.request('POST', '/v1/identity/households', { body, headers: { 'idempotency-key': key } })

describe('an idempotency key', () => {
  const body = { name: 'Once', timezone: 'UTC' }

  test('gives the first answer again, with its location and its tag', async () => {
    const [first, second] = [await postHousehold(body, 'again'), await postHousehold(body, 'again')]
    expect(second).toMatchObject({ status: 201, body: first.body })
    for (const name of ['location', 'etag', 'content-type']) expect(second.headers.get(name)).toBe(first.headers.get(name))
    expect([first, second].map(answer => answer.headers.get('idempotent-replay'))).toEqual([null, 'true'])
  })

  test('ignores the formatting of the body, and refuses another body', async () => {
    const first = await postHousehold(body, 'written')
    const rewritten = await user.request('POST', '/v1/identity/households', {
      rawBody: ' {"timezone":"UTC",\n"name":"\\u004fnce"}',
      headers: { 'idempotency-key': 'written' },
    })
    expect(rewritten.body.id).toBe(first.body.id)
    expect((await postHousehold({ ...body, currency: 'CHF' }, 'written')).status).toBe(409)
  })

  test('expires after a day', async () => {
    const first = await postHousehold(body, 'expired')
    await platform.database.connect(
      'postgres',
    )`update operations.idempotency_keys set expires_at = now() - interval '1 second' where key = 'expired'`
    const second = await postHousehold(body, 'expired')
    expect(second.status).toBe(201)
    expect(second.body.id).not.toBe(first.body.id)
    expect((await postHousehold(body, 'expired')).body.id).toBe(second.body.id)
    const [row] = await platform.database.connect('postgres')`
      select expires_at - created_at = interval '24 hours' as "lastsADay" from operations.idempotency_keys where key = 'expired'`
    expect(row).toEqual({ lastsADay: true })
  })

  test('of one route and one path has no effect on another', async () => {
    const [one, two] = [await newPlan(user), await newPlan(user)]
    const body = { inputType: 'account', inputName: 'Shared key', inputValue: { balance: '1.00' } }
    const post = (path: string, body: unknown) => user.request('POST', path, { body, headers: { 'idempotency-key': 'shared' } })
    expect((await post(`/v1/planning/plans/${one.planId}/inputs`, body)).status).toBe(201)
    expect((await post(`/v1/planning/plans/${two.planId}/inputs`, body)).status).toBe(409)
    expect((await post('/v1/identity/households', { name: 'Other', timezone: 'UTC' })).status).toBe(201)
  })

  test('is not used up by a refused request', async () => {
    expect((await postHousehold({ name: 'No zone' }, 'refused')).status).toBe(400)
    expect((await postHousehold(body, 'refused')).status).toBe(201)
  })
})

const identity = async () => {
  const administrator = platform.database.connect('postgres')
  const [row] = await administrator<{ sub: string }[]>`select cognito_sub as sub from identity.users where email = ${user.email}`
  return { subject: row!.sub, requestId: 'test', route: 'test/test' }
}
const rename = (transaction: Transaction, id: string, name: string) =>
  transaction.execute(sql`update identity.households set name = ${name} where id = ${id}`)

describe('a transaction', () => {
  test('that meets a deadlock runs again, from its start', async () => {
    const acting = await identity()
    const [one, two] = householdIds as [string, string]
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let runs = 0
    const cross = (mine: number, first: string, second: string) =>
      inTransaction('nestegg_write', acting, async transaction => {
        runs += 1
        await rename(transaction, first, `first ${mine}`)
        arrived[mine]!.resolve()
        await arrived[1 - mine]!.promise
        await rename(transaction, second, `second ${mine}`)
        return mine
      })
    expect(await Promise.all([cross(0, one, two), cross(1, two, one)])).toEqual([0, 1])
    expect(runs).toBe(3)
  })

  test('that fails in any other way runs once, and is rolled back', async () => {
    const acting = await identity()
    let runs = 0
    const failing = inTransaction('nestegg_write', acting, async transaction => {
      runs += 1
      await rename(transaction, householdIds[0]!, 'never')
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(runs).toBe(1)
    expect((await user.request('GET', `/v1/identity/households/${householdIds[0]}`)).body.name).not.toBe('never')
  })

  test('fails when a deadlock does not end', async () => {
    const acting = await identity()
    let runs = 0
    const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' })
    const hopeless = inTransaction('nestegg_write', acting, async () => {
      runs += 1
      throw deadlock
    })
    await expect(hopeless).rejects.toBe(deadlock)
    expect(runs).toBe(3)
  })

  test('with the read role can change nothing, even when the code is wrong', async () => {
    const acting = await identity()
    const writing = inTransaction('nestegg_read', acting, transaction => rename(transaction, householdIds[0]!, 'never'))
    // Its transactions are read-only; without that, it has no right to write either.
    await expect(writing).rejects.toMatchObject({ cause: { code: '25006' } })
  })

  test('leaves a server that is no longer the writer after the first refusal', async () => {
    const acting = await identity()
    const write = () => inTransaction('nestegg_write', acting, transaction => rename(transaction, householdIds[0]!, 'written'))
    const administrator = platform.database.connect('postgres')
    const { database } = platform.database.location
    await closeDatabases()
    await administrator`alter database ${administrator(database)} set default_transaction_read_only = on`
    await expect(write()).rejects.toMatchObject({ cause: { code: '25000' } })
    await administrator`set default_transaction_read_only = off`
    await administrator`alter database ${administrator(database)} reset default_transaction_read_only`
    await write()
  })

  test('without a subject has no user', async () => {
    const seen = await inTransaction('nestegg_read', { requestId: 'test', route: 'test/test' }, async (transaction, user) => {
      const rows = await transaction.execute(sql`select id from identity.households`)
      return { user, count: rows.length }
    })
    expect(seen).toEqual({ user: null, count: 0 })
  })

  test('runs again after a migration changed the type of a column that its connection knows', async () => {
    const acting = await identity()
    const administrator = platform.database.connect('postgres')
    await administrator`create table public.changed (value integer)`
    await administrator`grant usage on schema public to nestegg_read`
    await administrator`grant select on public.changed to nestegg_read`
    await administrator`insert into public.changed values (1)`
    const read = () =>
      inTransaction('nestegg_read', acting, async transaction => [
        ...(await transaction.execute(sql`select value from public.changed where value > ${0}`)),
      ])
    // Each connection of the process prepares the statement.
    expect(await Promise.all(Array.from({ length: 8 }, read))).toEqual(Array.from({ length: 8 }, () => [{ value: 1 }]))
    await administrator`alter table public.changed alter value type text`
    await administrator`alter table public.changed alter value type bigint using value::bigint`
    expect(await Promise.all(Array.from({ length: 8 }, read))).toEqual(Array.from({ length: 8 }, () => [{ value: '1' }]))
  })
})
