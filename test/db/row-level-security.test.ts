import type { TransactionSql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { type Household, insertPlanning, insertStoredValues, insertWealth, makeHousehold, type Relation, zeroHash } from './household.ts'
import { asUser, beginRequest } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const connections = {
  nestegg_write: database.connect('nestegg_write'),
  nestegg_read: database.connect('nestegg_read'),
  nestegg_owner: database.connect('nestegg_owner'),
  nestegg_operator: database.connect('nestegg_operator'),
}
type Role = keyof typeof connections

const actions = ['select', 'insert', 'update', 'delete'] as const
type Action = (typeof actions)[number]
type Allowed = Readonly<Record<Action, readonly Relation[]>>

const members: readonly Relation[] = ['owner', 'editor', 'viewer', 'guest']
const editors: readonly Relation[] = ['owner', 'editor']
const owners: readonly Relation[] = ['owner']
const everybody: readonly Relation[] = [...members, 'former', 'stranger']
const nobody: readonly Relation[] = []

/** By kind of table: who may do what with a row of the household, or of its owner as a person, by the policies. Grants may allow less. */
const kinds: Readonly<Record<string, Allowed>> = {
  household: { select: members, insert: editors, update: editors, delete: editors },
  person: { select: owners, insert: owners, update: owners, delete: owners },
}

/** Tables with special policies: what these allow, and the row to try. */
const particular: Readonly<Record<string, { readonly allowed: Allowed; readonly row: (household: Household) => string }>> = {
  'identity.households': {
    allowed: { select: members, insert: everybody, update: owners, delete: owners },
    row: ({ householdId }) => `id = '${householdId}'`,
  },
  'identity.household_members': {
    allowed: { select: members, insert: nobody, update: owners, delete: [...owners, 'guest'] },
    row: ({ ids }) => `user_id = '${ids.guest}'`,
  },
  'identity.household_invitations': {
    allowed: { select: owners, insert: nobody, update: owners, delete: nobody },
    row: ({ householdId }) => `household_id = '${householdId}'`,
  },
  'operations.audit_logs': {
    allowed: { select: owners, insert: nobody, update: nobody, delete: nobody },
    row: ({ householdId, ids }) => `household_id = '${householdId}' and user_id = '${ids.owner}'`,
  },
  'operations.backups': {
    allowed: { select: nobody, insert: nobody, update: nobody, delete: nobody },
    row: () => `reason = 'command'`,
  },
  'operations.restores': {
    allowed: { select: nobody, insert: nobody, update: nobody, delete: nobody },
    row: () => `kind = 'drill'`,
  },
  'operations.household_job_runs': {
    allowed: { select: nobody, insert: nobody, update: nobody, delete: nobody },
    row: ({ householdId }) => `household_id = '${householdId}'`,
  },
  'operations.operator_commands': {
    allowed: { select: nobody, insert: nobody, update: nobody, delete: nobody },
    row: () => `command = 'db status'`,
  },
  ...Object.fromEntries(
    ['data_retention_policies', 'legal_holds', 'retention_runs', 'retention_archives', 'erasures', 'erasure_list'].map(name => [
      `operations.${name}`,
      { allowed: { select: nobody, insert: nobody, update: nobody, delete: nobody }, row: () => 'true' },
    ]),
  ),
  'operations.system_events': {
    allowed: { select: nobody, insert: nobody, update: nobody, delete: nobody },
    row: () => `message = 'Trial.'`,
  },
}

/** Every table under row-level security. Its kind follows from the policies that protect_table made. */
const tables = await administrator<{ name: string; kind: string }[]>`
  select c.oid::regclass::text as name, coalesce((
    select case polname when 'editors_insert' then 'household' when 'own_rows' then 'person' end
    from pg_policy where polrelid = c.oid and polname in ('editors_insert', 'own_rows') and c.oid <> 'operations.audit_logs'::regclass), 'particular') as kind
  from pg_class c where relforcerowsecurity and not relispartition order by 1`

let household: Household
const rowOf = (name: string, kind: string): string => {
  if (kind === 'household') return `household_id = '${household.householdId}'`
  if (kind === 'person') return `${name === 'identity.users' ? 'id' : 'user_id'} = '${household.ids.owner}'`
  const known = particular[name]
  if (!known) throw new Error(`${name} has policies of its own: say here what they allow.`)
  return known.row(household)
}

beforeAll(async () => {
  household = await makeHousehold(database)
  const { householdId, ids } = household
  await asUser(connections.nestegg_write, 'owner', async transaction => {
    await insertPlanning(transaction, householdId)
    await insertWealth(transaction, householdId)
    await transaction`insert into operations.idempotency_keys (user_id, route, key, request_hash) values (${ids.owner}, 'POST /v1/trial', 'key', ${zeroHash})`
  })
  // Written by functions and jobs, never by a user.
  await administrator`
    insert into wealth.plaid_connections (household_id, plaid_item_id, access_token, wrapped_key, key_id, institution_name, next_sync_at)
    values (${householdId}, 'item', '', '', '', 'Bank', now())`
  await administrator`
    insert into wealth.account_credentials (account_id, household_id, credential, wrapped_key, key_id)
    select id, household_id, '', '', '' from wealth.accounts where household_id = ${householdId}`
  await administrator`
    insert into planning.run_shards (household_id, run_id, shard_index, from_path, to_path) select household_id, id, 0, 0, 1 from planning.runs`
  await administrator`
    insert into planning.plan_month_ends (household_id, plan_id, month_end, status, reason)
    select household_id, id, '2026-01-31', 'not_followed', 'Savings is linked to no account.' from planning.plans`
  await administrator`
    insert into wealth.balance_snapshots (household_id, account_id, date, balance, currency)
    select household_id, id, '2026-01-02', '100.00', 'USD' from wealth.accounts`
  await insertStoredValues(administrator, householdId)
  await administrator`
    insert into identity.household_invitations (household_id, email, role, token_hash, expires_at)
    values (${householdId}, 'new@example.com', 'viewer', ${zeroHash}, now() + interval '1 day')`
  await administrator`
    insert into operations.household_job_runs (job, scheduled_for, household_id, status) values ('trial', now(), ${householdId}, 'succeeded')`
  await administrator`insert into operations.backups (reason, status) values ('command', 'running')`
  await administrator`insert into operations.restores (kind, status) values ('drill', 'running')`
  await administrator`
    with policy as (
      insert into operations.data_retention_policies (name, table_name, retention_period_days, schedule_cron)
      values ('Trial', 'operations.system_events', 1, '0 0 * * *') returning id
    ), run as (insert into operations.retention_runs (policy_id, scheduled_for, cutoff) select id, now(), now() from policy returning id)
    insert into operations.retention_archives (run_id, policy_name, table_name, object_key, data_key, row_count, content_bytes, content_sha256, object_sha256)
    select id, 'Trial', 'operations.system_events', 'key', '', 0, 0, '', '' from run`
  await administrator`
    insert into operations.erasures (user_id, kind, deleted, anonymized, household_ids) values (${ids.former}, 'own', '{}', '{}', '{}')`
  await administrator`insert into operations.legal_holds (household_id, reason) values (${householdId}, 'Claim')`
  await administrator`
    insert into operations.system_events (event_type, event_category, message, fingerprint) values ('error', 'api', 'Trial.', 'trial')`
  await administrator`
    insert into operations.operator_commands (request_id, caller, command, arguments) values (gen_random_uuid(), 'somebody', 'db status', '{}')`
})

class Undo extends Error {}

/** Whether a statement touches a row, in a transaction that is rolled back. A broken constraint comes after the policies have allowed the row. */
const isAllowed = async (
  connection: Sql,
  begin: (transaction: TransactionSql) => Promise<unknown>,
  statement: string,
): Promise<boolean> => {
  let touched = 0
  try {
    await connection.begin(async transaction => {
      await begin(transaction)
      touched = (await transaction.unsafe(statement)).count
      throw new Undo()
    })
  } catch (error) {
    const { code } = error as { code?: string }
    if (!(error instanceof Undo) && code !== '42501' && !code?.startsWith('23') && code !== 'NE409') throw error
    return code !== '42501' && (touched > 0 || code !== undefined)
  }
  return false
}

/** A statement of each kind on the tried row; null where the role has no grant for it. */
const statementsFor = async (role: Role, name: string, row: string): Promise<Record<Action, string | null>> => {
  const [found] = await administrator.unsafe<{ copy: string; column: string | null; columns: string; granted: Record<Action, boolean> }[]>(`
    select (to_jsonb(t) || case when to_jsonb(t) ? 'id' then jsonb_build_object('id', gen_random_uuid()) else '{}' end)::text as copy,
      (select attname::text from pg_attribute where attrelid = '${name}'::regclass and attnum > 0 and not attisdropped
        and has_column_privilege('${role}', attrelid, attnum, 'update') order by attnum limit 1) as column,
      (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = '${name}'::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      jsonb_build_object('select', has_any_column_privilege('${role}', '${name}', 'select'),
        ${['insert', 'delete'].map(action => `'${action}', has_table_privilege('${role}', '${name}', '${action}')`).join()}) as granted
    from ${name} t where ${row} limit 1`)
  const { column, columns, copy, granted } = found!
  return {
    select: granted.select ? `select from ${name} where ${row}` : null,
    insert: granted.insert
      ? `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, '${copy.replaceAll("'", "''")}')`
      : null,
    update: column === null ? null : `update ${name} set ${column} = ${column} where ${row}`,
    delete: granted.delete ? `delete from ${name} where ${row}` : null,
  }
}

const outcomes = async (role: Role, begin: (transaction: TransactionSql) => Promise<unknown>, name: string, kind: string) => {
  const statements = await statementsFor(role, name, rowOf(name, kind))
  const found: [Action, boolean][] = []
  for (const action of actions) {
    const statement = statements[action]
    found.push([action, statement !== null && (await isAllowed(connections[role], begin, statement))])
  }
  return { outcome: Object.fromEntries(found), statements }
}

it('has a row to try in every table under row-level security', async () => {
  expect(tables.length).toBeGreaterThan(15)
  for (const { kind, name } of tables) {
    expect({ name, rows: (await administrator.unsafe(`select from ${name} where ${rowOf(name, kind)}`)).count > 0 }).toEqual({
      name,
      rows: true,
    })
  }
})

describe.each(tables)('$name ($kind)', ({ kind, name }) => {
  const allowed = () => kinds[kind] ?? particular[name]!.allowed
  const roles: Role[] =
    kind === 'particular' || name === 'identity.users'
      ? ['nestegg_write', 'nestegg_read']
      : ['nestegg_write', 'nestegg_read', 'nestegg_owner']

  describe.each(roles)('as %s', role => {
    it.each(everybody)('allows the %s exactly the expected statements', async person => {
      const { outcome, statements } = await outcomes(role, transaction => beginRequest(transaction, person), name, kind)
      const expected = actions.map(action => [action, statements[action] !== null && allowed()[action].includes(person)])
      expect(outcome).toEqual(Object.fromEntries(expected))
    })

    it('allows nothing to a transaction without a user', async () => {
      const { outcome } = await outcomes(role, async () => undefined, name, kind)
      expect(outcome).toEqual({ select: false, insert: false, update: false, delete: false })
    })
  })

  // The grants refuse statements to all writers, for example changes of plan versions, which are written once.
  it.runIf(kind === 'household')('lets a job act for one household, and for no other', async () => {
    const actingFor = (id: string) => (transaction: TransactionSql) =>
      transaction`select operations.begin_household_work(${JSON.stringify({ householdId: id })}::text::jsonb)`
    const { outcome, statements } = await outcomes('nestegg_operator', actingFor(household.householdId), name, kind)
    expect(outcome).toEqual(Object.fromEntries(actions.map(action => [action, statements[action] !== null])))
    expect(outcome['select']).toBe(true)
    const [elsewhere] = await administrator<{ id: string }[]>`select id from identity.households where name = 'Elsewhere'`
    for (const begin of [actingFor(elsewhere!.id), (transaction: TransactionSql) => beginRequest(transaction, 'owner')]) {
      expect((await outcomes('nestegg_operator', begin, name, kind)).outcome).toEqual({
        select: false,
        insert: false,
        update: false,
        delete: false,
      })
    }
  })
})

it('applies the policies of the user to the functions of the Data API', async () => {
  const touched = (person: string) =>
    isAllowed(connections.nestegg_owner, transaction => beginRequest(transaction, person), "update planning.plans set name = 'Ours'")
  expect([await touched('editor'), await touched('viewer'), await touched('stranger')]).toEqual([true, false, false])
})

it('ends access at once, also within a session that has just read', async () => {
  const sql = connections.nestegg_read
  const read = () => asUser(sql, 'guest', transaction => transaction`select from planning.plans`)
  expect(await read()).toHaveLength(1)
  await asUser(
    connections.nestegg_write,
    'owner',
    transaction => transaction`delete from identity.household_members where user_id = ${household.ids.guest}`,
  )
  expect(await read()).toHaveLength(0)
})

it.each(['role', 'email', 'is_verified', 'cognito_sub', 'is_active', 'failed_login_attempts', 'locked_until', 'mfa_enabled'])(
  'lets a user not change their own %s',
  async column => {
    await expect(
      asUser(connections.nestegg_write, 'owner', transaction => transaction.unsafe(`update identity.users set ${column} = default`)),
    ).rejects.toThrow('permission denied for table users')
  },
)

describe('published reference data', () => {
  beforeAll(async () => {
    await connections.nestegg_owner`insert into planning.capital_market_assumptions (version, name, effective_date, assumptions) values ('published', 'Survey', '2026-01-01', '{}')`
  })
  const published = "version = 'published'"

  it('can be read by all users', async () => {
    const statement = `select from planning.capital_market_assumptions where ${published}`
    expect(await asUser(connections.nestegg_write, 'stranger', transaction => transaction.unsafe(statement))).toHaveLength(1)
    expect(await connections.nestegg_read.unsafe(statement)).toHaveLength(1)
    expect(await connections.nestegg_operator.unsafe(statement)).toHaveLength(1)
  })

  it('cannot be changed or added by any user', async () => {
    const update = `update planning.capital_market_assumptions set name = 'Mine' where ${published}`
    expect(await asUser(connections.nestegg_write, 'owner', async transaction => (await transaction.unsafe(update)).count)).toBe(0)
    await expect(
      asUser(
        connections.nestegg_write,
        'owner',
        transaction => transaction`
          insert into planning.capital_market_assumptions (version, name, effective_date, assumptions) values ('forged', 'Mine', '2026-01-01', '{}')`,
      ),
    ).rejects.toThrow('new row violates row-level security policy')
  })
})

it('forgets the user when the transaction ends', async () => {
  await asUser(connections.nestegg_write, 'owner', async () => undefined)
  expect(await connections.nestegg_write`select operations.current_user_id() as id`).toEqual([{ id: null }])
})
