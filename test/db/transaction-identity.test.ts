import type { TransactionSql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold } from './household.ts'
import { asUser, beginRequest } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const connections = {
  nestegg_write: database.connect('nestegg_write'),
  nestegg_read: database.connect('nestegg_read'),
  nestegg_operator: database.connect('nestegg_operator'),
}
const roles = Object.keys(connections) as (keyof typeof connections)[]

let ann: string
let bob: string
let household: string
beforeAll(async () => {
  ann = await asUser(connections.nestegg_write, 'ann', async (_, person) => person.id)
  bob = await asUser(connections.nestegg_write, 'bob', async (transaction, person) => {
    household = await insertHousehold(transaction)
    return person.id
  })
})

const userOf = async (transaction: TransactionSql) => {
  const [row] = await transaction<{ user: string | null }[]>`select operations.current_user_id() as "user"`
  return row!.user
}
const set = (transaction: TransactionSql, name: string, value: string) => transaction`select set_config(${name}, ${value}, true)`
const settings = async (transaction: TransactionSql) => {
  const [row] = await transaction<{ identity: string; request: string }[]>`
    select current_setting('nestegg.identity') as identity, current_setting('nestegg.request') as request`
  return row!
}

describe.each(roles)('the identity of a transaction of %s', role => {
  const sql = connections[role]

  it('is that of the user of its request', async () => {
    expect(await asUser(sql, 'ann', userOf)).toBe(ann)
  })

  it('is nobody after any change of its settings', async () => {
    const changes: [string, (found: { identity: string; request: string }) => string][] = [
      ['nestegg.identity', ({ identity }) => identity.replace(ann, bob)],
      ['nestegg.identity', ({ identity }) => identity.replace('user:', 'household:')],
      ['nestegg.identity', ({ identity }) => identity.slice(0, -1)],
      ['nestegg.identity', () => `user:${bob}`],
      ['nestegg.identity', () => `user:${bob}:`],
      ['nestegg.identity', () => `user:not an id:${'0'.repeat(64)}`],
      ['nestegg.identity', () => bob],
      ['nestegg.identity', () => ''],
      ['nestegg.request', ({ request }) => request.replace('192.0.2.1', '192.0.2.2')],
      ['nestegg.request', () => 'not JSON'],
      ['nestegg.request', () => ''],
    ]
    for (const [name, change] of changes) {
      const found = await asUser(sql, 'ann', async transaction => {
        await set(transaction, name, change(await settings(transaction)))
        return { user: await userOf(transaction), households: (await transaction`select from identity.households`).count }
      })
      expect({ name, ...found }).toEqual({ name, user: null, households: 0 })
    }
  })

  it('is not changed by the setting that held a user id', async () => {
    const found = await asUser(sql, 'ann', async transaction => {
      await set(transaction, 'nestegg.user_id', bob)
      return userOf(transaction)
    })
    expect(found).toBe(ann)
  })

  it('is not valid in a later transaction or on another connection', async () => {
    const earlier = await asUser(sql, 'bob', settings)
    const replay = (transaction: TransactionSql) =>
      set(transaction, 'nestegg.identity', earlier.identity).then(() => set(transaction, 'nestegg.request', earlier.request))
    const found = await sql.begin(async transaction => {
      await replay(transaction)
      return userOf(transaction)
    })
    expect(found).toBeNull()
    const [first, second] = [database.connect(role), database.connect(role)]
    await first.begin(async transaction => {
      await beginRequest(transaction, 'bob')
      const current = await settings(transaction)
      await second.begin(async other => {
        await set(other, 'nestegg.identity', current.identity)
        await set(other, 'nestegg.request', current.request)
        expect(await userOf(other)).toBeNull()
      })
    })
  })

  const refusal = { code: '25000', message: 'The identity of a transaction is set once, by its first statement.' }
  const undoings: [string, (transaction: TransactionSql) => Promise<unknown>][] = [
    ['at once', async () => undefined],
    [
      'after the settings were cleared',
      transaction => transaction`select set_config('nestegg.identity', '', true), set_config('nestegg.request', '', true)`,
    ],
    ['after RESET ALL', transaction => transaction`reset all`],
    ['after DISCARD', transaction => transaction`discard plans`],
    [
      'after a savepoint was rolled back',
      transaction => transaction.savepoint(() => Promise.reject(new Error('back'))).catch(() => undefined),
    ],
    [
      'after an attempt to make the transaction writable',
      transaction => transaction.savepoint(savepoint => savepoint`set transaction read write`).catch(() => undefined),
    ],
  ]
  it.each(undoings)('cannot be set a second time %s', async (_, undo) => {
    const second = asUser(sql, 'ann', async transaction => {
      await undo(transaction)
      await beginRequest(transaction, 'bob')
    })
    await expect(second).rejects.toMatchObject(refusal)
  })

  it('cannot be set after another statement has written or made the transaction read-only', async () => {
    const late = sql.begin(async transaction => {
      await transaction`set transaction read only`
      await beginRequest(transaction, 'ann')
    })
    await expect(late).rejects.toMatchObject(refusal)
  })

  it('is set again in the next transaction of the connection', async () => {
    expect([await asUser(sql, 'bob', userOf), await asUser(sql, 'ann', userOf)]).toEqual([bob, ann])
  })

  it('does not let it call the functions that set it, or read the key', async () => {
    for (const statement of [
      `select operations.set_identity('\\x00', 'user', '${bob}', '{}')`,
      `select operations.begin_as('user', '${bob}', '{}')`,
      'select operations.mark_begun()',
      `select operations.act_for('{"userId": "${bob}"}')`,
      'select key from operations.identity_key',
    ])
      await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the household of a job', () => {
  const work = (householdId: string) => JSON.stringify({ householdId, requestId: 'job', route: 'planning/trial' })
  const acting = async (transaction: TransactionSql) => {
    const [row] = await transaction<{ id: string | null }[]>`select operations.acting_household_id() as id`
    return row!.id
  }

  it('cannot be changed, nor replaced by a user', async () => {
    const sql = connections.nestegg_operator
    const found = await sql.begin(async transaction => {
      await transaction`select operations.begin_household_work(${work(household)}::text::jsonb)`
      return [await acting(transaction), await userOf(transaction)]
    })
    expect(found).toEqual([household, null])
    for (const next of [
      (transaction: TransactionSql) => beginRequest(transaction, 'bob'),
      (transaction: TransactionSql) => transaction`select operations.begin_household_work(${work(household)}::text::jsonb)`,
    ]) {
      const second = sql.begin(async transaction => {
        await transaction`select operations.begin_household_work(${work(household)}::text::jsonb)`
        await transaction`reset all`
        await next(transaction)
      })
      await expect(second).rejects.toMatchObject({ code: '25000' })
    }
    const forged = await asUser(sql, 'ann', async transaction => {
      const { identity } = await settings(transaction)
      await set(transaction, 'nestegg.identity', identity.replace('user', 'household').replace(ann, household))
      return acting(transaction)
    })
    expect(forged).toBeNull()
  })
})

it('lets a reading role change nothing, also through a function', async () => {
  const administrator = database.connect('postgres')
  await administrator.unsafe(`create function operations.careless() returns void language sql security definer set search_path = pg_catalog
    as $$ update identity.users set first_name = 'Changed' $$; grant execute on function operations.careless() to nestegg_read`)
  const change = asUser(connections.nestegg_read, 'ann', transaction => transaction`select operations.careless()`)
  await expect(change).rejects.toMatchObject({ code: '25006' })
})
