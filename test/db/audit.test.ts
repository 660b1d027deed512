import { afterAll, describe, expect, it } from 'vitest'
import { databaseRoles } from '../../db/roles.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const sql = database.connect('nestegg_write')
const administrator = database.connect('postgres')

/** Acts for a user as the functions of the database do, with rights that no request has. */
const functionsSql = database.connect('nestegg_owner')

const auditOf = (userId: string, resourceType: string) => administrator`
  select user_id, action, resource_id, session_id, ip_address, user_agent, request_id, route, old_values, new_values, changed_fields
  from operations.audit_logs where user_id = ${userId} and resource_type = ${resourceType} order by id`

describe('a change', () => {
  it('is recorded with its user, its origin, and the values before and after', async () => {
    const { person, household } = await asUser(functionsSql, 'alice', async (transaction, person) => {
      const [household] = await transaction`insert into identity.households (name, timezone) values ('Home', 'UTC') returning id`
      await transaction`update identity.households set name = 'House', version = 2 where id = ${household!['id']}`
      await transaction`delete from identity.households where id = ${household!['id']}`
      return { person, household: household!.id }
    })
    const rows = await auditOf(person.id, 'identity.households')
    const request = {
      user_id: person.id,
      resource_id: household,
      session_id: 'session',
      ip_address: '192.0.2.1',
      user_agent: 'test',
      request_id: 'request of alice',
      route: 'GET /v1/trial',
    }
    expect(rows).toEqual([
      { ...request, action: 'CREATE', old_values: null, new_values: expect.objectContaining({ name: 'Home' }), changed_fields: null },
      {
        ...request,
        action: 'UPDATE',
        old_values: expect.objectContaining({ name: 'Home', version: 1 }),
        new_values: expect.objectContaining({ name: 'House', version: 2 }),
        changed_fields: ['name', 'version'],
      },
      { ...request, action: 'DELETE', old_values: expect.objectContaining({ name: 'House' }), new_values: null, changed_fields: null },
    ])
  })

  it('that changes nothing is not recorded', async () => {
    await asUser(sql, 'idle', transaction => transaction`update identity.preferences set theme = theme`)
    const rows = await administrator`
      select action from operations.audit_logs where request_id = 'request of idle' and resource_type = 'identity.preferences'`
    expect(rows).toEqual([{ action: 'CREATE' }])
  })

  it('that is rolled back is not recorded', async () => {
    await expect(
      asUser(sql, 'regretful', async transaction => {
        await transaction`update identity.preferences set theme = 'dark'`
        throw new Error('regret')
      }),
    ).rejects.toThrow('regret')
    expect(await administrator`select from operations.audit_logs where request_id = 'request of regretful'`).toHaveLength(0)
  })

  it('of a column too large to copy is named, but not copied', async () => {
    const person = await asUser(functionsSql, 'bulky', async (transaction, person) => {
      const householdId = await insertHousehold(transaction)
      await transaction`insert into planning.capital_market_assumptions (household_id, version, name, effective_date, assumptions)
        values (${householdId}, '1', 'Mine', '2026-01-01', '{"large": true}')`
      await transaction`update planning.capital_market_assumptions set assumptions = '{"large": false}' where household_id = ${householdId}`
      return person
    })
    const rows = await auditOf(person.id, 'planning.capital_market_assumptions')
    expect(rows.map(row => [row['action'], row['changed_fields']])).toEqual([
      ['CREATE', null],
      ['UPDATE', ['assumptions']],
    ])
    expect(JSON.stringify(rows)).not.toContain('large')
    expect(rows[1]!['new_values']).toMatchObject({ name: 'Mine' })
  })
})

describe('stamps', () => {
  it('give the time and the user, whatever values the statement has', async () => {
    const { person, row } = await asUser(functionsSql, 'stamped', async (transaction, person) => {
      const [made] = await transaction`insert into identity.households (name, timezone, created_at, created_by)
        values ('Home', 'UTC', '2000-01-01', gen_random_uuid()) returning id`
      const [row] = await transaction`
        update identity.households set created_at = '2000-01-01', updated_at = '2000-01-01', created_by = null, updated_by = null
        where id = ${made!['id']} returning created_at = now() as created, updated_at = now() as updated, created_by, updated_by`
      return { person, row }
    })
    expect(row).toEqual({ created: true, updated: true, created_by: person.id, updated_by: person.id })
  })
})

describe('an audit row', () => {
  it.each(databaseRoles.filter(role => role !== 'nestegg_owner'))('cannot be forged, changed or removed by %s', async role => {
    const connection = database.connect(role)
    const [partition] = await administrator<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'operations.audit_logs'::regclass order by 1 limit 1`
    for (const table of ['operations.audit_logs', partition!.name]) {
      await expect(connection.unsafe(`insert into ${table} (action, resource_type) values ('READ', 'x')`)).rejects.toThrow(
        'permission denied',
      )
      await expect(connection.unsafe(`update ${table} set action = 'READ'`)).rejects.toThrow('permission denied')
      await expect(connection.unsafe(`delete from ${table}`)).rejects.toThrow('permission denied')
      await expect(connection.unsafe(`truncate ${table}`)).rejects.toThrow('permission denied')
    }
  })

  it.each(['nestegg_owner', 'postgres'] as const)('cannot be changed or removed by %s either', async role => {
    const connection = database.connect(role)
    const partitions = await administrator<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'operations.audit_logs'::regclass`
    expect(partitions.length).toBeGreaterThan(3)
    const chain = ['operations.audit_logs', 'operations.unsealed_audit_rows', 'operations.audit_seals', 'operations.audit_anchors']
    for (const table of [...chain, ...partitions.map(({ name }) => name)]) {
      const [column] = await administrator<{ name: string }[]>`
        select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 1`
      for (const statement of [`update ${table} set ${column!.name} = ${column!.name}`, `delete from ${table}`, `truncate ${table}`])
        await expect(connection.unsafe(statement)).rejects.toThrow('The audit trail is append-only')
    }
  })

  it('cannot be changed with a path that was not signed in this transaction', async () => {
    const owner = database.connect('nestegg_owner')
    await expect(
      owner.begin(async transaction => {
        await transaction`select set_config('nestegg.audit_path', 'erasure:' || repeat('0', 64), true)`
        await transaction`update operations.audit_logs set action = 'READ'`
      }),
    ).rejects.toThrow('The audit trail is append-only')
    const [{ path } = { path: '' }] = await owner.begin(async transaction => {
      await transaction`select operations.open_audit_path('erasure')`
      return transaction<{ path: string }[]>`select current_setting('nestegg.audit_path') as path`
    })
    await expect(
      owner.begin(async transaction => {
        await transaction`select set_config('nestegg.audit_path', ${path}, true)`
        await transaction`update operations.audit_logs set action = 'READ'`
      }),
    ).rejects.toThrow('The audit trail is append-only')
  })

  it('is in the partition of its month, not in the default partition', async () => {
    const rows =
      await administrator`select distinct tableoid::regclass::text = 'operations.audit_logs_' || to_char(now(), 'YYYY_MM') as placed from operations.audit_logs`
    expect(rows).toEqual([{ placed: true }])
  })
})

describe('make_audit_partitions', () => {
  const partitions = async () => {
    const rows = await administrator<{ bounds: string }[]>`
      select pg_get_expr(relpartbound, oid) as bounds from pg_class where oid in (select inhrelid from pg_inherits where inhparent = 'operations.audit_logs'::regclass)
      and relname <> 'audit_logs_default' order by relname`
    return rows.map(row => /FROM \('(.+)'\) TO \('(.+)'\)/.exec(row.bounds)!.slice(1))
  }

  it('moves rows out of the default partition', async () => {
    await administrator`insert into operations.audit_logs (action, resource_type, timestamp) values ('READ', 'stray', now() + interval '5 months')`
    const place = () =>
      administrator<{ place: string }[]>`select tableoid::regclass::text as place from operations.audit_logs where resource_type = 'stray'`
    expect(await place()).toEqual([{ place: 'operations.audit_logs_default' }])
    const [made] = await database.connect('nestegg_operator')<
      { count: number }[]
    >`select cardinality(operations.make_audit_partitions(6)) as count`
    expect(made!.count).toBe(3)
    const [month] = await administrator<
      { name: string }[]
    >`select 'operations.audit_logs_' || to_char(now() + interval '5 months', 'YYYY_MM') as name`
    expect(await place()).toEqual([{ place: month!.name }])
  })

  it('makes no partitions the second time', async () => {
    const [made] = await database.connect('nestegg_operator')<
      { count: number }[]
    >`select cardinality(operations.make_audit_partitions(6)) as count`
    expect(made!.count).toBe(0)
  })

  it('makes months of UTC without gaps, whatever the zone of the session', async () => {
    await database.connect('nestegg_operator').begin(async transaction => {
      await transaction`set local timezone = 'Pacific/Auckland'`
      await transaction`select operations.make_audit_partitions(9)`
    })
    const bounds = await partitions()
    expect(bounds).toHaveLength(10)
    for (const [index, [from]] of bounds.entries()) {
      expect(from).toMatch(/^\d{4}-\d{2}-01 00:00:00\+00$/)
      expect(bounds[index - 1]?.[1] ?? from).toBe(from)
    }
  })

  it('may be called by the operator, not by users', async () => {
    await expect(sql`select operations.make_audit_partitions(1)`).rejects.toThrow('permission denied for function')
  })
})
