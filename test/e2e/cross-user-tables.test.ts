import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { TransactionSql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { insertStoredValues, insertWealth } from '../db/household.ts'
import { asUser } from '../db/requests.ts'
import { makeEverything } from '../support/everything.ts'
import { startTestPlatform } from '../support/platform.ts'

interface Table {
  readonly name: string
  /** The column with the household or user that owns the row, if there is one. */
  readonly owner: string | null
  /** Not readable by users: partitions, which are only read through their table, and records of jobs. */
  readonly isClosed: boolean
}

const platform = await startTestPlatform()
afterAll(() => platform.close())
const administrator = platform.database.connect('postgres')
const connections = [platform.database.connect('nestegg_read'), platform.database.connect('nestegg_write')] as const
const [readOnly, writer] = connections

const tables = await administrator<Table[]>`
  select c.oid::regclass::text as name, not has_any_column_privilege('nestegg_read', c.oid, 'select') as "isClosed",
    case when c.oid in ('identity.users'::regclass, 'identity.households'::regclass) then 'id' else (
      select min(attname::text) from pg_attribute where attrelid = c.oid and attname in ('household_id', 'user_id') and not attisdropped) end as owner
  from pg_class c
  where relkind in ('r', 'p')
    and relnamespace::regnamespace::text in ('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations')
  order by 1`
const owned = tables.filter((table): table is Table & { owner: string } => table.owner !== null)

let household = ''
let user = ''
let other = ''
beforeAll(async () => {
  const users = [await platform.newUser(), await platform.newUser()]
  const { householdId, inHousehold } = await makeEverything(users[0]!)
  household = householdId
  const { accountId, goalId } = inHousehold
  const anyVersion = { 'if-match': '*' }
  const heirs = { primary: [{ name: 'Heir', share: '100' }] }
  await users[0]!.request('PUT', `/v1/wealth/accounts/${accountId}/beneficiaries`, { body: heirs, headers: anyVersion })
  await users[0]!.request('PATCH', `/v1/wealth/goals/${goalId}`, { body: { accountIds: [accountId] }, headers: anyVersion })
  await administrator`
    insert into wealth.balance_snapshots (household_id, account_id, date, balance, currency) values (${household}, ${accountId!}, '2026-01-31', '1.00', 'USD')`
  await administrator`
    insert into identity.household_invitations (household_id, email, role, token_hash, expires_at)
    values (${household}, 'new@example.com', 'viewer', ${'0'.repeat(64)}, now())`
  await administrator`
    insert into wealth.account_credentials (account_id, household_id, credential, wrapped_key, key_id)
    select id, household_id, '', '', '' from wealth.accounts where household_id = ${household}`
  other = String(decodeJwt(users[1]!.token).sub)
  await asUser(writer, String(decodeJwt(users[0]!.token).sub), transaction => insertWealth(transaction, household))
  await insertStoredValues(administrator, household)
  user = (await users[0]!.request('GET', '/v1/identity/me')).body.id
})

/** The number of affected rows of a statement, or the SQLSTATE of its refusal. The transaction is rolled back. */
const attempt = async (sql: Sql, statement: string, subject?: string): Promise<number | string> => {
  let outcome: number | string = 'nothing'
  const run = async (transaction: TransactionSql) => {
    outcome = (await transaction.unsafe(statement)).count
    throw new Error('rolled back')
  }
  const done = subject === undefined ? sql.begin(run) : asUser(sql, subject, run)
  await done.catch((error: { code?: string }) => {
    if (error.code !== undefined) outcome = error.code
  })
  return outcome
}

const denied = '42501'

it('finds the tables', () => {
  expect(owned.length).toBeGreaterThanOrEqual(14)
})

describe.each(owned.map(table => [table.name, table] as const))('%s', (name, { isClosed, owner: column }) => {
  const owner = () => (column === 'household_id' || name === 'identity.households' ? household : user)
  const ofOwner = () => `${column} = '${owner()}'`

  it('has rows of the owner, or is closed to users', async () => {
    const [row] = await administrator.unsafe<{ count: number }[]>(`select count(*)::integer as count from ${name} where ${ofOwner()}`)
    expect(isClosed || row!.count > 0).toBe(true)
    const seen = await Promise.all(connections.map(sql => attempt(sql, `select from ${name} where false`)))
    expect(seen).toEqual(isClosed ? [denied, denied] : [0, 0])
  })

  it('shows none of them to another user, or without a user', async () => {
    const nothing = isClosed ? denied : 0
    for (const sql of connections) {
      expect(await attempt(sql, `select from ${name} where ${ofOwner()}`, other)).toBe(nothing)
      expect(await attempt(sql, `select from ${name} where ${column} is not null`)).toBe(nothing)
    }
  })

  it('does not let another user change or remove any of them', async () => {
    for (const statement of [`update ${name} set ${column} = ${column} where ${ofOwner()}`, `delete from ${name} where ${ofOwner()}`]) {
      expect([0, denied]).toContain(await attempt(writer, statement, other))
      expect([0, denied]).toContain(await attempt(writer, statement))
    }
  })

  it.skipIf(name === 'identity.households')('takes no row in the owner’s name from another user', async () => {
    const [row] = await administrator.unsafe<{ row: Record<string, unknown> }[]>(
      `select to_jsonb(source) as row from (select) as one left join ${name} as source on ${ofOwner()} limit 1`,
    )
    const copy = JSON.stringify({ ...row!.row, [column]: owner(), ...(column === 'id' ? {} : { id: randomUUID() }) }).replaceAll("'", "''")
    const [{ columns }] = await administrator<[{ columns: string }]>`
      select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
      where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`
    const insert = `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, '${copy}')`
    expect(await attempt(writer, insert, other)).toBe(denied)
    expect(await attempt(writer, insert)).toBe(denied)
  })
})

describe.each(tables.map(({ name }) => [name]))('nestegg_read and %s', name => {
  it('can only read it', async () => {
    const [column] = await administrator<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = '' limit 1`
    const statements = [
      `insert into ${name} default values`,
      `update ${name} set ${column!.name} = ${column!.name}`,
      `delete from ${name}`,
      `truncate ${name}`,
    ]
    // Once its user is set, the transaction is read-only too.
    for (const statement of statements) expect([denied, '25006']).toContain(await attempt(readOnly, statement, other))
  })
})
