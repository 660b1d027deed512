import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../../db/connections.ts'
import { openDatabase, type Transaction } from '../../../db/database.ts'
import { type PolicyRow, retainedTable, type RetainedTable } from '../../../db/queries/operations/retention/covered.ts'
import { findPolicyByName, listArchives } from '../../../db/queries/operations/retention/policies.ts'
import { defaultRetentionPolicies, loadRetentionPolicies } from '../../../db/reference-data/retention-policies.ts'
import type { TableLifecycle } from '../../../db/schema/lifecycle.ts'
import { restoreArchive } from '../../../lambdas/operations/retention/archive.ts'
import { dryRun } from '../../../lambdas/operations/retention/dry-run.ts'
import { nextExecution } from '../../../lambdas/operations/retention/next-execution.ts'
import { policyIssues } from '../../../lambdas/operations/retention/policy-form.ts'
import { runDuePolicies } from '../../../lambdas/operations/retention/run-due.ts'
import { runPolicy, type RetentionTools } from '../../../lambdas/operations/retention/run-policy.ts'
import { closeDatabases, inRetentionTransaction } from '../../../lambdas/runtime/database.ts'
import { folderStore, type ObjectStore } from '../../../lambdas/runtime/object-store.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const folder = mkdtempSync(join(tmpdir(), 'retention-'))
const store = folderStore(folder)

/** A partitioned table and a plain one with the same rows, whose rows belong to persons and households. */
const lifecycle = (partitioned: boolean): TableLifecycle => ({
  key: ['id', 'at'],
  owner: { kind: 'person-and-household', personColumn: 'user_id', householdColumn: 'household_id' },
  mentions: [],
  retention: {
    timeColumn: 'at',
    actions: ['delete', 'archive', 'anonymize'],
    conditions: { kind: 'text', amount: 'number', done: 'boolean', seen_at: 'instant' },
    anonymized: { note: 'removed', kind: null },
    ...(partitioned ? { partitions: { droppedBy: 'operations.drop_trial_month', onlyWhole: false } } : {}),
  },
  erasure: { action: 'delete' },
  export: { columns: 'all' },
  backup: 'rows',
  validation: [],
})
const declared = { 'operations.trial_months': lifecycle(true), 'operations.trial_rows': lifecycle(false) }
const tableFor = (name: string): RetainedTable | undefined => retainedTable(name, declared)

const [heldUser, otherUser] = ['01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000000b']
const [heldHousehold, otherHousehold] = ['01990000-0000-7000-8000-00000000000c', '01990000-0000-7000-8000-00000000000d']

beforeAll(async () => {
  pointEnvironmentTo(database.location)
  const columns = `id integer not null, at timestamptz not null, user_id uuid, household_id uuid, kind text, amount numeric(12, 4), done boolean,
    seen_at timestamptz, note text, more jsonb, primary key (id, at)`
  await administrator.unsafe(
    `
    create table operations.trial_rows (${columns});
    create table operations.trial_months (${columns}) partition by range (at);
    create table operations.trial_months_1 partition of operations.trial_months for values from ('2020-01-01') to ('2020-02-01');
    create table operations.trial_months_2 partition of operations.trial_months for values from ('2020-02-01') to ('2020-03-01');
    create table operations.trial_months_3 partition of operations.trial_months for values from ('2020-03-01') to ('2020-04-01');
    alter table operations.trial_rows owner to nestegg_owner;
    alter table operations.trial_months owner to nestegg_owner;
    alter table operations.trial_months_1 owner to nestegg_owner;
    alter table operations.trial_months_2 owner to nestegg_owner;
    alter table operations.trial_months_3 owner to nestegg_owner;
    create function operations.drop_trial_month(first_day date) returns void language plpgsql security definer set search_path = pg_catalog as $$
      begin execute format('drop table operations.trial_months_%s', extract(month from first_day)); end $$;
    alter function operations.drop_trial_month(date) owner to nestegg_owner;
    grant execute on function operations.drop_trial_month(date) to nestegg_operator;
    grant select, delete, update on operations.trial_rows, operations.trial_months to nestegg_operator;
    insert into identity.users (id, cognito_sub) values ('${heldUser}', 'held'), ('${otherUser}', 'other')`,
  )
  await administrator.unsafe('alter table identity.households disable trigger user')
  await administrator`insert into identity.households (id, name, timezone) values (${heldHousehold}, 'Held', 'UTC'), (${otherHousehold}, 'Other', 'UTC')`
  await administrator.unsafe('alter table identity.households enable trigger user')
})
afterAll(async () => {
  await closeDatabases()
  rmSync(folder, { recursive: true })
  await database.drop()
})

const inRetention: RetentionTools['inRetention'] = work => inRetentionTransaction({ requestId: 'trial', route: 'trial' }, work)
const tools = (more: Partial<RetentionTools> = {}): RetentionTools => ({
  inRetention,
  hasTime: () => true,
  store: () => store,
  tableFor,
  ...more,
})

/** 90 days of 2020 with three rows each; of every third day one row belongs to a held person or household, once they are held. */
const fill = async (table: string): Promise<void> => {
  await administrator.unsafe(`
    insert into ${table} select n, timestamptz '2020-01-01 00:00:00.123456Z' + (n / 3) * interval '1 day',
      case n % 30 when 0 then '${heldUser}' when 1 then '${otherUser}' end::uuid,
      case n % 30 when 10 then '${heldHousehold}' when 11 then '${otherHousehold}' end::uuid,
      case when n % 2 = 0 then 'even' else 'odd' end, n + 0.1000, n % 5 = 0, timestamptz '2020-06-01Z' + n * interval '1 minute', 'Note ' || n,
      jsonb_build_object('n', n, 'text', E'line\\nbreak "quoted"') from generate_series(0, 269) n`)
}
const rows = (table: string) =>
  administrator.unsafe<{ id: number; row: string }[]>(`select id, to_jsonb(t)::text as row from ${table} t order by id`)
const idsOf = async (table: string) => (await rows(table)).map(({ id }) => id)
const hold = (column: 'user_id' | 'household_id', id: string) =>
  administrator.unsafe(`insert into operations.legal_holds (${column}, reason) values ('${id}', 'Claim')`)

const makePolicy = async (more: Partial<PolicyRow> = {}): Promise<PolicyRow> => {
  const { action = 'delete', conditions = [], tableName = 'operations.trial_rows' } = more
  const name = `Trial ${Math.random()}`
  await administrator`
    insert into operations.data_retention_policies (name, table_name, action, conditions, retention_period_days, schedule_cron, next_execution)
    values (${name}, ${tableName}, ${action}, ${JSON.stringify(conditions)}::text::jsonb, ${more.retentionPeriodDays ?? 365}, '0 2 * * *', '2026-01-01Z')`
  return (await inRetention(transaction => findPolicyByName(transaction, name)))!
}
/** The cutoff is then 1 March 2020. */
const firing = '2021-03-01T00:00:00Z'
/** Another firing that covers no further row. */
const later = '2021-03-01T00:00:00.05Z'

beforeEach(async () => {
  await administrator.unsafe(
    'delete from operations.legal_holds; delete from operations.data_retention_policies; delete from operations.retention_archives',
  )
  await administrator.unsafe('truncate operations.trial_rows')
  await fill('operations.trial_rows')
})

test('removes what is older, in batches, and records it', async () => {
  const policy = await makePolicy()
  expect(await runPolicy(policy, firing, tools({ batchRows: 50 }))).toEqual({
    policy: policy.name,
    status: 'success',
    records: 180,
    partitions: 0,
  })
  expect(await idsOf('operations.trial_rows')).toEqual(Array.from({ length: 90 }, (_, index) => index + 180))
  const [run] = await administrator`select * from operations.retention_runs`
  expect(run).toMatchObject({ status: 'success', records_processed: '180', batches: 4, error: null })
  const [after] = await administrator`select * from operations.data_retention_policies`
  expect(after).toMatchObject({ records_processed: '180', last_execution_status: 'success' })
  expect(after!['next_execution'].getTime()).toBeGreaterThan(Date.now())
  expect(await runPolicy(policy, firing, tools())).toMatchObject({ status: 'success', records: 0 })
})

test('a dry run counts what a run then removes, and names the oldest keys', async () => {
  await hold('user_id', heldUser)
  const policy = await makePolicy({ conditions: [{ column: 'kind', operator: 'eq', value: 'even' }] })
  const now = new Date(firing)
  const planned = await inRetention(transaction => dryRun(transaction, policy, now, tableFor))
  expect(planned).toMatchObject({ records: 84, held: 6 })
  expect(planned.samples[0]).toEqual({ id: 2, at: '2020-01-01T00:00:00.123456+00:00' })
  expect(planned.samples).toHaveLength(20)
  expect(await runPolicy(policy, firing, tools())).toMatchObject({ records: 84 })
})

describe('conditions', () => {
  const cases = [
    [{ column: 'kind', operator: 'ne', value: "odd' or true --" }, 180],
    [{ column: 'kind', operator: 'in', value: ['odd', "x'); drop table operations.trial_rows; --"] }, 90],
    [{ column: 'amount', operator: 'lt', value: 10.1 }, 10],
    [{ column: 'done', operator: 'eq', value: true }, 36],
    [{ column: 'seen_at', operator: 'gt', value: '2020-06-01T02:54:00Z' }, 5],
    [{ column: 'kind', operator: 'not-null' }, 180],
    [{ column: 'kind', operator: 'is-null' }, 0],
  ] as const
  test.each(cases)('%o removes %i rows', async (condition, count) => {
    expect(await runPolicy(await makePolicy({ conditions: [condition] }), firing, tools())).toMatchObject({
      status: 'success',
      records: count,
    })
  })

  test('a column that is not declared is never reached', async () => {
    const policy = await makePolicy({ conditions: [{ column: 'note', operator: 'eq', value: 'Note 1' }] })
    expect(await runPolicy(policy, firing, tools())).toMatchObject({ status: 'failed', error: expect.stringContaining('note') })
    expect(await idsOf('operations.trial_rows')).toHaveLength(270)
  })

  test.each([
    [{ column: 'password', operator: 'eq', value: 'x' }, 'body.conditions.0.column'],
    [{ column: 'severity; drop table x', operator: 'eq', value: 'x' }, 'body.conditions.0.column'],
    [{ column: 'constructor', operator: 'eq', value: 'x' }, 'body.conditions.0.column'],
    [{ column: 'severity', operator: 'eq', value: 5 }, 'body.conditions.0.value'],
    [{ column: 'resolved', operator: 'eq', value: 'true' }, 'body.conditions.0.value'],
    [{ column: 'resolved_at', operator: 'lt', value: 'yesterday' }, 'body.conditions.0.value'],
    [{ column: 'severity', operator: 'in', value: 'error' }, 'body.conditions.0.value'],
    [{ column: 'severity', operator: 'eq', value: ['error'] }, 'body.conditions.0.value'],
    [{ column: 'severity', operator: 'is-null', value: 'x' }, 'body.conditions.0.value'],
    [{ column: 'severity', operator: 'eq' }, 'body.conditions.0.value'],
  ] as const)('%o is refused at %s', (condition, path) => {
    const issues = policyIssues({ tableName: 'operations.system_events', action: 'delete', conditions: [condition] })
    expect(issues.map(issue => issue.path)).toEqual([path])
  })
})

describe('legal holds', () => {
  test.each([
    ['user_id', heldUser, 0],
    ['household_id', heldHousehold, 10],
  ] as const)('on a %s keep exactly its rows, until they are released', async (column, id, place) => {
    await hold(column, id)
    const policy = await makePolicy()
    const held = Array.from({ length: 6 }, (_, index) => index * 30 + place)
    expect(await runPolicy(policy, firing, tools())).toMatchObject({ records: 174 })
    expect((await idsOf('operations.trial_rows')).filter(row => row < 180)).toEqual(held)
    await administrator`update operations.legal_holds set released_at = now()`
    expect(await runPolicy(policy, later, tools())).toMatchObject({ records: 6 })
  })

  test('on a person also keep the rows of their households', async () => {
    await administrator`insert into identity.household_members (household_id, user_id, role) values (${otherHousehold}, ${heldUser}, 'viewer')`
    await hold('user_id', heldUser)
    await runPolicy(await makePolicy(), firing, tools())
    const kept = await administrator`select distinct household_id from operations.trial_rows where id < 180 and household_id is not null`
    expect(kept.map(row => row['household_id'])).toEqual([otherHousehold])
    await administrator`delete from identity.household_members where user_id = ${heldUser}`
  })

  test('are enforced by the database, whatever the statement is', async () => {
    await administrator`insert into operations.idempotency_keys (user_id, route, key, request_hash, expires_at)
      select u, 'trial', 'key', repeat('0', 64), now() - interval '1 year' from unnest(array[${heldUser}, ${otherUser}]::uuid[]) u`
    await hold('user_id', heldUser)
    await inRetention(transaction => transaction.execute('delete from operations.idempotency_keys'))
    expect((await administrator`select user_id from operations.idempotency_keys`).map(row => row['user_id'])).toEqual([heldUser])
    await administrator`delete from operations.idempotency_keys`
  })
})

describe('partitions', () => {
  const months = 'operations.trial_months'
  const recreate = async () => {
    for (const month of [1, 2, 3]) {
      await administrator.unsafe(`
        create table if not exists operations.trial_months_${month} partition of operations.trial_months
          for values from ('2020-0${month}-01') to ('2020-0${month + 1}-01');
        alter table operations.trial_months_${month} owner to nestegg_owner`)
    }
    await administrator.unsafe(`truncate ${months}`)
    await fill(months)
  }
  beforeEach(recreate)

  test('are removed as a whole where a policy covers them, with the same result as batches', async () => {
    const [whole, batches] = [await makePolicy({ tableName: months }), await makePolicy()]
    expect(await runPolicy(whole, firing, tools())).toMatchObject({ status: 'success', records: 180, partitions: 2 })
    await runPolicy(batches, firing, tools())
    expect(await idsOf(months)).toEqual(await idsOf('operations.trial_rows'))
    const left = await administrator`select inhrelid::regclass::text as name from pg_inherits where inhparent = ${months}::regclass`
    expect(left.map(row => row['name'])).toEqual(['operations.trial_months_3'])
  })

  test('stay with a row under a hold, of which only the others are removed', async () => {
    await hold('household_id', heldHousehold)
    const outcome = await runPolicy(await makePolicy({ tableName: months }), firing, tools())
    expect(outcome).toMatchObject({ status: 'success', records: 174, partitions: 0 })
    expect((await idsOf(months)).filter(row => row < 180)).toEqual([10, 40, 70, 100, 130, 160])
  })

  test('stay whole if their rows may not be removed one by one', async () => {
    await hold('household_id', heldHousehold)
    const onlyWhole = (name: string) => {
      const table = tableFor(name)!
      return { ...table, rules: { ...table.rules, partitions: { droppedBy: 'operations.drop_trial_month', onlyWhole: true } } }
    }
    const policy = await makePolicy({ tableName: months })
    expect(await runPolicy(policy, firing, tools({ tableFor: onlyWhole }))).toMatchObject({ status: 'success', records: 0 })
    expect(await idsOf(months)).toHaveLength(270)
  })

  test('are archived before they are removed, and restored to the same rows', async () => {
    const before = await rows(months)
    await runPolicy(await makePolicy({ tableName: months, action: 'archive' }), firing, tools())
    await recreateEmpty()
    await restoreAll()
    expect((await rows(months)).slice(0, 180)).toEqual(before.slice(0, 180))
  })
  const recreateEmpty = async () => {
    await recreate()
    await administrator.unsafe(`delete from ${months} where id < 180`)
  }
})

const asOwner = async <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
  const client = connect(database.location, 'nestegg_owner', 1)
  try {
    return await openDatabase(client).transaction(async transaction => work(transaction as unknown as Transaction))
  } finally {
    await client.end()
  }
}
const restoreAll = async (): Promise<number> => {
  const archives = await inRetention(transaction => listArchives(transaction, 100))
  const counts = await Promise.all(archives.map(({ id }) => asOwner(transaction => restoreArchive(transaction, store, id))))
  return counts.reduce((sum, { restored }) => sum + restored, 0)
}

describe('archives', () => {
  test('hold the same rows, which come back identical, once', async () => {
    const before = await rows('operations.trial_rows')
    await runPolicy(await makePolicy({ action: 'archive' }), firing, tools({ batchRows: 70 }))
    const archives = await inRetention(transaction => listArchives(transaction, 100))
    expect(archives.map(({ rowCount }) => rowCount).toSorted((a, b) => a - b)).toEqual([40, 70, 70])
    expect(await idsOf('operations.trial_rows')).toHaveLength(90)
    expect(await restoreAll()).toBe(180)
    expect([...(await rows('operations.trial_rows'))]).toEqual([...before])
    expect(await restoreAll()).toBe(0)
  })

  test('a changed file is refused, and restores nothing', async () => {
    await runPolicy(await makePolicy({ action: 'archive' }), firing, tools())
    const [archive] = await inRetention(transaction => listArchives(transaction, 1))
    const bytes = Buffer.from(await store.get(archive!.objectKey))
    bytes[bytes.length - 20]! ^= 1
    await store.put(archive!.objectKey, bytes)
    await expect(restoreAll()).rejects.toThrow('is changed')
    expect(await idsOf('operations.trial_rows')).toHaveLength(90)
  })

  test('a file that cannot be stored keeps the rows', async () => {
    const full: ObjectStore = { ...store, putStream: () => Promise.reject(new Error('The disk is full.')) }
    const outcome = await runPolicy(await makePolicy({ action: 'archive' }), firing, tools({ store: () => full }))
    expect(outcome).toMatchObject({ status: 'failed', error: 'The disk is full.' })
    expect(await idsOf('operations.trial_rows')).toHaveLength(270)
    expect(await administrator`select status, error from operations.retention_runs`).toEqual([
      { status: 'failed', error: 'The disk is full.' },
    ])
  })

  test('a run that is killed between its file and its commit loses nothing, and the next one finishes', async () => {
    const before = await rows('operations.trial_rows')
    const policy = await makePolicy({ action: 'archive' })
    let kills = 0
    const killing: ObjectStore = {
      ...store,
      putStream: async (key, source) => {
        await store.putStream(key, source)
        if (kills++ === 1)
          await administrator`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'nestegg_operator' and state = 'idle in transaction' and datname = current_database()`
      },
    }
    const outcome = await runPolicy(policy, firing, tools({ store: () => killing, batchRows: 60 }))
    expect(outcome.status).toBe('failed')
    expect(await idsOf('operations.trial_rows')).toHaveLength(210)
    const files = await readdir(folder, { recursive: true })
    const known = await inRetention(transaction => listArchives(transaction, 100))
    expect(known).toHaveLength(1)
    expect(files.filter(name => name.endsWith('.zst')).length).toBeGreaterThan(1)
    expect(await runPolicy(policy, firing, tools({ batchRows: 60 }))).toMatchObject({ status: 'success', records: 120 })
    expect(await restoreAll()).toBe(180)
    expect([...(await rows('operations.trial_rows'))]).toEqual([...before])
  })
})

test('anonymizes the declared columns, once', async () => {
  const policy = await makePolicy({ action: 'anonymize' })
  expect(await runPolicy(policy, firing, tools({ batchRows: 50 }))).toMatchObject({ status: 'success', records: 180 })
  expect(await administrator`select distinct note, kind from operations.trial_rows where id < 180`).toEqual([
    { note: 'removed', kind: null },
  ])
  expect(await administrator`select count(*)::integer as count from operations.trial_rows where note = 'removed'`).toEqual([{ count: 180 }])
  expect(await runPolicy(policy, later, tools())).toMatchObject({ records: 0 })
})

test('stops when the time is over, and the next firing goes on with the same cutoff', async () => {
  const policy = await makePolicy()
  let batches = 0
  const outcome = await runPolicy(policy, firing, tools({ batchRows: 50, hasTime: () => batches++ < 2 }))
  expect(outcome).toMatchObject({ status: 'partial', records: 100 })
  const [between] = await administrator`select next_execution, last_execution_status from operations.data_retention_policies`
  expect(between).toMatchObject({
    next_execution: policy.nextExecution === null ? null : new Date(policy.nextExecution),
    last_execution_status: 'partial',
  })
  expect(await runPolicy(policy, firing, tools({ batchRows: 50 }))).toMatchObject({ status: 'success', records: 80 })
  expect(await administrator`select status, records_processed from operations.retention_runs`).toEqual([
    { status: 'success', records_processed: '180' },
  ])
})

test('two firings at once do the work once', async () => {
  const policy = await makePolicy({ action: 'archive' })
  const outcomes = await Promise.all([1, 2, 3].map(() => runPolicy(policy, firing, tools({ batchRows: 20 }))))
  expect(outcomes.map(({ status }) => status)).toEqual(['success', 'success', 'success'])
  expect(outcomes.reduce((sum, { records }) => sum + records, 0)).toBe(180)
  expect(await administrator`select records_processed, status from operations.retention_runs`).toEqual([
    { records_processed: '180', status: 'success' },
  ])
  const archives = await inRetention(transaction => listArchives(transaction, 100))
  expect(archives.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(180)
})

test('the job runs what is due, and gives new policies their first time', async () => {
  const policy = await makePolicy()
  await administrator`update operations.data_retention_policies set next_execution = null`
  expect(await runDuePolicies(new Date('2026-01-01T00:30:00Z'), tools())).toEqual([])
  expect(await administrator`select next_execution from operations.data_retention_policies`).toEqual([
    { next_execution: new Date('2026-01-01T02:00:00Z') },
  ])
  expect(await runDuePolicies(new Date('2026-01-01T01:59:00Z'), tools())).toEqual([])
  expect(await runDuePolicies(new Date('2026-01-01T02:25:00Z'), tools())).toMatchObject([
    { policy: policy.name, status: 'success', records: 270 },
  ])
  expect(await runDuePolicies(new Date('2026-01-01T02:25:00Z'), tools())).toEqual([])
})

test('a schedule follows the clock of its timezone', () => {
  const after = new Date('2026-03-07T12:00:00Z')
  expect(nextExecution('30 1 * * *', 'America/New_York', after)).toBe('2026-03-08T06:30:00.000Z')
  expect(nextExecution('30 3 * * *', 'America/New_York', after)).toBe('2026-03-08T07:30:00.000Z')
  expect(nextExecution('0 2 * * 0', 'UTC', after)).toBe('2026-03-08T02:00:00.000Z')
})

describe('the audit trail', () => {
  const old = '2018-03'
  const older = '2018-02'
  const makeMonth = async (month: string, end: string, userId: string | null) => {
    const name = `operations.audit_logs_${month.replace('-', '_')}`
    await administrator.unsafe(`
      set role nestegg_owner;
      create table ${name} partition of operations.audit_logs for values from ('${month}-01') to ('${end}-01');
      select operations.make_append_only('${name}', '{erasure}');
      reset role;
      insert into operations.audit_logs (id, timestamp, user_id, action, resource_type, severity, retention_until)
        values (operations.uuid_v7(), '${month}-15', ${userId === null ? 'null' : `'${userId}'`}, 'READ', 'trial', 'info', '${month}-15'::timestamptz + interval '7 years')`)
  }
  const seal = async () => {
    for (;;) {
      const [row] = await administrator<
        { hasMore: boolean }[]
      >`select (operations.seal_audit_rows('{}') -> 'hasMore')::boolean as "hasMore"`
      if (!row!.hasMore) return
    }
  }
  const months = async () =>
    (
      await administrator`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'operations.audit_logs'::regclass order by 1`
    )
      .map(({ name }) => String(name))
      .filter(name => name.includes('audit_logs_2018'))

  test('is removed by whole months, the oldest first, and no month goes before one under a hold', async () => {
    await loadRetentionPolicies(database.connect('nestegg_owner'))
    await makeMonth(older, old, heldUser)
    await makeMonth(old, '2018-04', null)
    const policy = (await inRetention(transaction => findPolicyByName(transaction, 'Audit trail')))!
    const run = (hour: string) => runPolicy(policy, `2026-05-01T${hour}:00:00Z`, tools({ tableFor: retainedTable }))
    expect(await run('01')).toMatchObject({ status: 'failed', error: expect.stringContaining('its seals have 0') })
    await seal()
    const [hold] = await administrator`insert into operations.legal_holds (user_id, reason) values (${heldUser}, 'Claim') returning id`
    expect(await run('02')).toMatchObject({ status: 'success', records: 0, partitions: 0 })
    await expect(
      inRetention(transaction => transaction.execute("select operations.remove_audit_month('2018-02-01')")),
    ).rejects.toMatchObject({
      cause: { message: 'The audit trail of 2018-02 has a row that is under a legal hold.' },
    })
    expect(await months()).toHaveLength(2)
    await administrator`update operations.legal_holds set released_at = now() where id = ${hold!['id']}`
    expect(await run('03')).toMatchObject({ status: 'success', records: 2, partitions: 2 })
    expect(await months()).toEqual([])
    const removed =
      await administrator`select metadata ->> 'month' as month from operations.audit_logs where resource_type = 'operations.audit_months' order by id`
    expect(removed).toEqual([{ month: older }, { month: old }])
  })

  test('keeps rows that must be kept longer, whatever a policy says, and is closed to other transactions', async () => {
    const month = new Date(Date.UTC(new Date().getUTCFullYear() - 1, 0, 1)).toISOString().slice(0, 7)
    await makeMonth(month, month.replace('-01', '-02'), null)
    const drop = (day: string) => `select operations.remove_audit_month('${day}-01')`
    await expect(inRetention(transaction => transaction.execute(drop(month)))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('has a row that must be kept until') },
    })
    await expect(database.connect('nestegg_operator').unsafe(drop('2018-01'))).rejects.toThrow('Only retention removes months')
  })
})

test('the default policies fit their tables, load once, and stay as they were edited', async () => {
  for (const { action = 'delete', conditions = [], tableName } of defaultRetentionPolicies)
    expect(policyIssues({ action, conditions, tableName })).toEqual([])
  const owner = database.connect('nestegg_owner')
  await loadRetentionPolicies(owner)
  await administrator`update operations.data_retention_policies set retention_period_days = 91 where name = 'System events'`
  await loadRetentionPolicies(owner)
  const loaded = await administrator`select name, retention_period_days, action from operations.data_retention_policies`
  expect(loaded).toHaveLength(defaultRetentionPolicies.length)
  expect(loaded).toContainEqual({ name: 'System events', retention_period_days: 91, action: 'delete' })
  expect(loaded).toContainEqual({ name: 'Audit trail', retention_period_days: 2_557, action: 'delete' })
})
