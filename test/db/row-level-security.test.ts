import type { TransactionSql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const sql = database.connect('nestegg_write')
const readOnly = database.connect('nestegg_read')

const zeroHash = '0'.repeat(64)

/** One row of the current user in every user-owned table, by table. */
const insertEverything = async (transaction: TransactionSql, userId: string): Promise<void> => {
  const [household] =
    await transaction`insert into identity.households (user_id, name, timezone) values (${userId}, 'Home', 'UTC') returning id`
  const [assumptions] = await transaction`
    insert into planning.capital_market_assumptions (user_id, version, name, effective_date, assumptions)
    values (${userId}, '1', 'Mine', '2026-01-01', '{}') returning id`
  const [model] = await transaction`
    insert into planning.portfolio_models (user_id, cma_id, name, risk_level, asset_allocation, expected_return, volatility)
    values (${userId}, ${assumptions!['id']}, 'Mine', 5, '{}', '0.05', '0.1') returning id`
  const [plan] = await transaction`
    insert into planning.plans (user_id, household_id, name, cma_id, portfolio_model_id, random_seed, planning_horizon_years, as_of_date)
    values (${userId}, ${household!['id']}, 'Plan', ${assumptions!['id']}, ${model!['id']}, 1, 30, '2026-01-01') returning id`
  await transaction`
    insert into planning.plan_inputs (user_id, plan_id, input_type, input_name, input_value) values (${userId}, ${plan!['id']}, 'age', 'age', '40')`
  await transaction`
    insert into planning.plan_versions (user_id, plan_id, version, change, state) values (${userId}, ${plan!['id']}, 1, 'created', '{}')`
  const [run] = await transaction`
    insert into planning.runs (user_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count, shard_count,
      input_hash, output_hash, result, computation_time_ms, finished_at)
    values (${userId}, ${plan!['id']}, 1, 'succeeded', '{}', '{}', '1', 1, 1, 1, ${zeroHash}, ${zeroHash}, '{}', 1, now()) returning id`
  await transaction`
    insert into planning.plan_outputs (user_id, plan_id, run_id, output_type, output_name, output_value, algorithm_version)
    values (${userId}, ${plan!['id']}, ${run!['id']}, 'probability', 'success', '{}', '1')`
  await transaction`insert into operations.idempotency_keys (user_id, route, key, request_hash) values (${userId}, 'POST /v1/trial', 'key', ${zeroHash})`
}

/** Tables and the column that holds their owner. */
const tables = [
  ['identity.users', 'id'],
  ['identity.preferences', 'user_id'],
  ['identity.households', 'user_id'],
  ['planning.capital_market_assumptions', 'user_id'],
  ['planning.portfolio_models', 'user_id'],
  ['planning.plans', 'user_id'],
  ['planning.plan_inputs', 'user_id'],
  ['planning.plan_versions', 'user_id'],
  ['planning.runs', 'user_id'],
  ['planning.run_shards', 'user_id'],
  ['planning.plan_outputs', 'user_id'],
  ['operations.idempotency_keys', 'user_id'],
  ['operations.audit_logs', 'user_id'],
] as const

let alice = ''
beforeAll(async () => {
  alice = await asUser(sql, 'alice', async (transaction, person) => {
    await insertEverything(transaction, person.id)
    return person.id
  })
  // Written by functions, never by a user.
  await database.connect('postgres')`
    insert into planning.run_shards (user_id, run_id, shard_index, from_path, to_path) select user_id, id, 0, 0, 1 from planning.runs where user_id = ${alice}`
})

it('is tried on every user-owned table', async () => {
  const rows = await database.connect('postgres')<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relforcerowsecurity and not relispartition`
  expect(rows.map(row => row.name).toSorted()).toEqual(tables.map(([name]) => name).toSorted())
})

describe.each(tables)('%s', (name, owner) => {
  const own = () => `${owner} = '${alice}'`

  it('shows its rows to their owner, who reads and who writes', async () => {
    for (const connection of [sql, readOnly]) {
      const rows = await asUser(connection, 'alice', transaction => transaction.unsafe(`select from ${name} where ${own()}`))
      expect(rows.length).toBeGreaterThan(0)
    }
  })

  it('hides them from another user and from a transaction without one', async () => {
    for (const connection of [sql, readOnly]) {
      expect(await asUser(connection, 'mallory', transaction => transaction.unsafe(`select from ${name} where ${own()}`))).toHaveLength(0)
      expect(await connection.unsafe(`select from ${name} where ${own()}`)).toHaveLength(0)
    }
  })

  it('lets another user neither change nor remove them', async () => {
    for (const statement of [`update ${name} set ${owner} = ${owner} where ${own()}`, `delete from ${name} where ${own()}`]) {
      const touched = await asUser(sql, 'mallory', transaction => transaction.unsafe(statement)).then(
        result => result.count,
        (error: Error) => error.message,
      )
      expect([0, `permission denied for table ${name.split('.')[1]}`]).toContain(touched)
    }
  })
})

it('takes no row in the name of another user', async () => {
  await expect(asUser(sql, 'mallory', transaction => insertEverything(transaction, alice))).rejects.toThrow(
    'new row violates row-level security policy for table "households"',
  )
})

it("attaches nothing to another user's plan", async () => {
  const [plan] = await asUser(sql, 'alice', transaction => transaction`select id from planning.plans`)
  await expect(
    asUser(
      sql,
      'mallory',
      (transaction, person) => transaction`
        insert into planning.plan_inputs (user_id, plan_id, input_type, input_name, input_value) values (${person.id}, ${plan!['id']}, 'age', 'spouse', '40')`,
    ),
  ).rejects.toThrow('violates foreign key constraint "plan_inputs_plan_fk"')
})

it('lets nobody give a row of theirs away', async () => {
  const mallory = await asUser(sql, 'mallory', async (_, person) => person.id)
  await expect(asUser(sql, 'alice', transaction => transaction`update identity.households set user_id = ${mallory}`)).rejects.toThrow(
    'new row violates row-level security policy',
  )
})

it.each(['role', 'email', 'email_verified', 'cognito_sub', 'is_active', 'failed_sign_in_count', 'locked_until', 'mfa_enabled'])(
  'lets a user not change their own %s',
  async column => {
    await expect(asUser(sql, 'alice', transaction => transaction.unsafe(`update identity.users set ${column} = default`))).rejects.toThrow(
      'permission denied for table users',
    )
  },
)

describe('published reference data', () => {
  beforeAll(async () => {
    const owner = database.connect('nestegg_owner')
    await owner`insert into planning.capital_market_assumptions (version, name, effective_date, assumptions) values ('published', 'Survey', '2026-01-01', '{}')`
  })
  const published = "version = 'published'"

  it('is read by everyone', async () => {
    const table = 'planning.capital_market_assumptions'
    expect(await asUser(sql, 'mallory', transaction => transaction.unsafe(`select from ${table} where ${published}`))).toHaveLength(1)
    expect(await readOnly.unsafe(`select from ${table} where ${published}`)).toHaveLength(1)
    expect(await database.connect('nestegg_operator').unsafe(`select from ${table} where ${published}`)).toHaveLength(1)
  })

  it('is changed by no user, and none is added by one', async () => {
    const update = "update planning.capital_market_assumptions set name = 'Mine' where version = 'published'"
    expect(await asUser(sql, 'mallory', async transaction => (await transaction.unsafe(update)).count)).toBe(0)
    await expect(
      asUser(
        sql,
        'mallory',
        transaction => transaction`
          insert into planning.capital_market_assumptions (version, name, effective_date, assumptions) values ('forged', 'Mine', '2026-01-01', '{}')`,
      ),
    ).rejects.toThrow('new row violates row-level security policy')
  })
})

it('forgets the user when the transaction ends', async () => {
  await asUser(sql, 'alice', async () => undefined)
  expect(await sql`select operations.current_user_id() as id`).toEqual([{ id: null }])
})
