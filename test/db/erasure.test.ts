import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { inForeignKeyOrder } from '../../db/queries/operations/table-order.ts'
import { ownerColumns } from '../../db/schema/lifecycle.ts'
import { lifecycles } from '../../db/schema/lifecycles.ts'
import { startTrialTrail, type TrialTrail } from '../support/audit-trail.ts'
import { findText } from '../support/find-text.ts'
import { insertHousehold, insertPlanning, insertWealth, makeHousehold } from './household.ts'
import { asUser } from './requests.ts'

let trail: TrialTrail
beforeAll(async () => {
  trail = await startTrialTrail()
})
afterAll(() => trail.close())

interface ErasureAnswer {
  readonly erasure: {
    readonly id: string
    readonly status: string
    readonly kind: string
    readonly deleted: Readonly<Record<string, number>>
    readonly anonymized: Readonly<Record<string, number>>
    readonly householdIds: readonly string[]
  } | null
  readonly refusal: string | null
  readonly ownedHouseholds: readonly { id: string; name: string }[]
  readonly heldBy: readonly string[]
}
const erase = (userId: string, kind = 'operator') => trail.call<ErasureAnswer>('operations.erase_person', { userId, kind })

let trials = 0
/** A person with a household of their own, with rows in every table that can have some, and with a membership in a household of others. */
const makePerson = async () => {
  trials += 1
  const name = `planted${trials}x${crypto.randomUUID().slice(0, 8)}`
  const subject = `sub-${trials}`
  const address = `${name}+a'b@mail.example`
  const write = trail.database.connect('nestegg_write')
  const { accountId, householdId, id, planning } = await asUser(write, subject, async (transaction, person) => {
    const own = await insertHousehold(transaction, `House of ${name}`)
    const rows = await insertPlanning(transaction, own)
    const wealth = await insertWealth(transaction, own)
    await transaction`update planning.plans set name = ${`Plan of ${name}`} where id = ${rows.planId}`
    await transaction`update identity.preferences set dashboard_layout = ${JSON.stringify({ note: name })}::jsonb where user_id = ${person.id}`
    await transaction`update identity.users set first_name = ${`First ${name}`}, last_name = ${`Last ${name}`}, company = ${name}, title = ${name}, license_number = ${name} where id = ${person.id}`
    return { householdId: own, id: person.id, planning: rows, accountId: wealth.accountId }
  })
  const sql = trail.administrator
  await sql`update identity.users set email = ${address}, last_login = now() where id = ${id}`
  await sql`insert into planning.run_shards (household_id, run_id, shard_index, from_path, to_path) values (${householdId}, ${planning.runId}, 0, 0, 1)`
  await sql`insert into wealth.plaid_connections (household_id, plaid_item_id, access_token, wrapped_key, key_id, institution_name, next_sync_at)
    values (${householdId}, ${name}, '', '', '', ${`Bank of ${name}`}, now())`
  await sql`insert into wealth.account_credentials (account_id, household_id, credential, wrapped_key, key_id) values (${accountId}, ${householdId}, ${name}, '', '')`
  await sql`insert into operations.household_job_runs (job, scheduled_for, household_id, status) values (${name}, now(), ${householdId}, 'succeeded')`
  await sql`insert into operations.idempotency_keys (user_id, route, key, request_hash, status, body)
    values (${id}, 'create-plan', 'k', ${'0'.repeat(64)}, 201, ${JSON.stringify({ note: name })}::text::jsonb)`
  await sql`insert into identity.household_invitations (household_id, email, role, token_hash, expires_at, created_by)
    values (${householdId}, ${`guest-of-${name}@mail.example`}, 'viewer', ${crypto.randomUUID().replaceAll('-', '').repeat(2)}, now() + interval '1 day', ${id})`
  return { name, subject, address, id, householdId }
}
type Person = Awaited<ReturnType<typeof makePerson>>

/** Makes the person a member of a household of others, by an invitation that its owner sent. */
const joinOthers = async (person: Person, role = 'editor') => {
  const others = await makeHousehold(trail.database)
  const sql = trail.administrator
  const [owner] = await sql<{ user_id: string }[]>`
    select user_id from identity.household_members where household_id = ${others.householdId} and role = 'owner'`
  await sql`insert into identity.household_members (household_id, user_id, role) values (${others.householdId}, ${person.id}, ${role})`
  await sql`insert into identity.household_invitations (household_id, email, role, token_hash, expires_at, accepted_at, accepted_by, created_by)
    values (${others.householdId}, ${person.address.toUpperCase()}, ${role}, ${crypto.randomUUID().replaceAll('-', '').repeat(2)}, now(), now(), ${person.id}, ${owner!.user_id})`
  await sql`insert into operations.idempotency_keys (user_id, route, key, request_hash, status, body)
    values (${owner!.user_id}, 'create-invitation', ${person.name.slice(0, 3) + trials}, ${'0'.repeat(64)}, 201, ${JSON.stringify({ email: person.address, role })}::text::jsonb)`
  return { ...others, ownerId: owner!.user_id }
}

/** The rows of all tables that an owner can have, without the audit trail, of everybody but one person and their household. */
const rowsOfOthers = async (person: Person) => {
  const rows: Record<string, string[]> = {}
  for (const [table, lifecycle] of Object.entries(lifecycles)) {
    const { household, person: user } = ownerColumns(lifecycle)
    if ((household ?? user) === undefined || table === 'operations.audit_logs') continue
    const found = await trail.administrator.unsafe<{ row: string }[]>(
      `select t::text as row from ${table} t where ${[
        ...(user ? [`${user} is distinct from '${person.id}'`] : []),
        ...(household ? [`${household} is distinct from '${person.householdId}'`] : []),
      ].join(' and ')} order by 1`,
    )
    rows[table] = found.map(({ row }) => row)
  }
  return rows
}

it('the steps in SQL are what the lifecycles declare, in the order of the foreign keys', async () => {
  const steps = await trail.administrator<
    { table_name: string; person_column: string | null; household_column: string | null; replacements: object | null }[]
  >`select table_name, person_column, household_column, replacements from operations.erasure_steps() order by place`
  const declared = Object.entries(lifecycles).flatMap(([table, lifecycle]) => {
    const { erasure } = lifecycle
    const { household = null, person = null } = ownerColumns(lifecycle)
    if ((person ?? household) === null || erasure.action === 'keep' || (erasure.action === 'anonymize' && erasure.by)) return []
    return [
      {
        table_name: table,
        person_column: person,
        household_column: household,
        replacements: erasure.action === 'anonymize' ? erasure.columns : null,
      },
    ]
  })
  const byName = (a: { table_name: string }, b: { table_name: string }) => a.table_name.localeCompare(b.table_name)
  expect([...steps].toSorted(byName)).toEqual(declared.toSorted(byName))
  const order = await inForeignKeyOrder(openDatabase(trail.administrator), Object.keys(lifecycles))
  const [, references] = [
    order,
    await trail.administrator<{ table: string; to: string }[]>`
      select conrelid::regclass::text as table, confrelid::regclass::text as to from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  ]
  const place = (table: string) => steps.findIndex(({ table_name: name }) => name === table)
  const wrong = references.filter(({ table, to }) => place(table) > place(to) && place(to) >= 0)
  expect(wrong).toEqual([])
})

it('no archive holds rows of a person or household, because an erasure does not reach archives', () => {
  const archived = Object.entries(lifecycles).filter(
    ([, lifecycle]) =>
      Object.keys(ownerColumns(lifecycle)).length > 0 &&
      'actions' in lifecycle.retention &&
      lifecycle.retention.actions.includes('archive'),
  )
  // It has the id of a household, and what a job says of itself.
  expect(archived.map(([table]) => table)).toEqual(['operations.household_job_runs'])
})

describe('an erasure', () => {
  it('leaves the person in no table, the rows of others unchanged, and the trail verifiable', async () => {
    const person = await makePerson()
    const bystander = await makePerson()
    const others = await joinOthers(person)
    await trail.sealAndAnchor()
    expect(Object.keys(await findText(trail.administrator, [person.name]))).toEqual(
      expect.arrayContaining([
        'identity.users',
        'identity.preferences',
        'identity.households',
        'identity.household_invitations',
        'planning.plans',
      ]),
    )
    const before = await rowsOfOthers(person)
    const { erasure, refusal } = await erase(person.id)
    expect(refusal).toBeNull()
    expect(erasure).toMatchObject({ status: 'database-erased', kind: 'operator', householdIds: [person.householdId] })
    expect(await findText(trail.administrator, [person.name])).toEqual({})
    const expected = { ...before }
    expected['identity.household_invitations'] = expected['identity.household_invitations']!.filter(
      row => !row.toLowerCase().includes(person.name),
    )
    expected['operations.idempotency_keys'] = expected['operations.idempotency_keys']!.map(row => row.replaceAll(person.address, 'removed'))
    expect(await rowsOfOthers(person)).toEqual(expected)
    const stays =
      await trail.administrator`select user_id from identity.household_members where household_id = ${others.householdId} order by 1`
    expect(stays.map(row => row['user_id'])).not.toContain(person.id)
    expect(await findText(trail.administrator, [bystander.name])).not.toEqual({})
    await trail.sealAndAnchor()
    expect((await trail.verify()).findings).toEqual([])
    expect(erasure!.deleted).toMatchObject({
      'identity.households': 1,
      'identity.household_members': 2,
      'identity.household_invitations': 2,
      'identity.preferences': 1,
      'operations.idempotency_keys': 1,
      'operations.household_job_runs': 1,
      'planning.plans': 1,
      'planning.runs': 1,
      'planning.run_shards': 1,
    })
    expect(erasure!.anonymized['identity.users']).toBe(1)
    expect(erasure!.anonymized['operations.audit_logs']).toBeGreaterThan(5)
  })

  it('leaves no row of the person in any table that the lifecycles do not keep', async () => {
    const person = await makePerson()
    await joinOthers(person)
    await erase(person.id)
    for (const [table, lifecycle] of Object.entries(lifecycles)) {
      const { household, person: user } = ownerColumns(lifecycle)
      const conditions = [...(user ? [`${user} = '${person.id}'`] : []), ...(household ? [`${household} = '${person.householdId}'`] : [])]
      if (conditions.length === 0 || lifecycle.erasure.action === 'keep') continue
      const rows = await trail.administrator.unsafe<{ row: Record<string, unknown> }[]>(
        `select to_jsonb(t) as row from ${table} t where ${conditions.join(' or ')}`,
      )
      if (lifecycle.erasure.action === 'delete') expect([table, rows.length]).toEqual([table, 0])
      else {
        expect([table, rows.length > 0]).toEqual([table, true])
        const columns = Object.entries(lifecycle.erasure.columns)
        for (const { row } of rows) expect(columns.filter(([column, value]) => row[column] !== value)).toEqual([])
      }
    }
  })

  it('can be repeated, also twice at once, and adds up what it did', async () => {
    const person = await makePerson()
    const answers = await Promise.all([erase(person.id), erase(person.id)])
    expect(answers.map(({ refusal }) => refusal)).toEqual([null, null])
    expect(new Set(answers.map(({ erasure }) => erasure!.id)).size).toBe(1)
    const { erasure } = await erase(person.id)
    expect(erasure).toMatchObject({ deleted: { 'identity.households': 1, 'planning.plans': 1 }, anonymized: { 'identity.users': 1 } })
    const [row] = await trail.administrator`select count(*)::int from operations.erasures where user_id = ${person.id}`
    expect(row).toEqual({ count: 1 })
  })

  it('is whole or not there: a failure in its middle changes nothing, and the next run finishes', async () => {
    const person = await makePerson()
    const before = await findText(trail.administrator, [person.name])
    await trail.administrator.unsafe(`
      create function operations.fail_here() returns trigger language plpgsql as $$ begin raise exception 'Stopped.'; end $$;
      create trigger fail_here before delete on identity.preferences for each row execute function operations.fail_here()`)
    await expect(erase(person.id)).rejects.toThrow('Stopped.')
    await trail.administrator.unsafe('drop trigger fail_here on identity.preferences; drop function operations.fail_here()')
    expect(await findText(trail.administrator, [person.name])).toEqual(before)
    expect((await erase(person.id)).refusal).toBeNull()
    expect(await findText(trail.administrator, [person.name])).toEqual({})
  })

  it('is undone when its process is killed before the commit, and the next run finishes', async () => {
    const person = await makePerson()
    const before = await findText(trail.administrator, [person.name])
    const program = `
      import { connect } from ${JSON.stringify(join(import.meta.dirname, '../../db/connections.ts'))}
      const sql = connect(${JSON.stringify(trail.database.location)}, 'nestegg_owner', 1)
      await sql.begin(async transaction => {
        await transaction\`select operations.erase_person(${JSON.stringify({ userId: person.id, kind: 'operator' })}::text::jsonb)\`
        process.kill(process.pid, 'SIGKILL')
        await new Promise(() => setTimeout(() => undefined, 60_000))
      })`.replace(/erase_person\((.*?)::text/, (_, document: string) => `erase_person(\${${JSON.stringify(document)}}::text`)
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    expect(signal).toBe('SIGKILL')
    expect(await findText(trail.administrator, [person.name])).toEqual(before)
    expect((await erase(person.id)).refusal).toBeNull()
    expect(await findText(trail.administrator, [person.name])).toEqual({})
  })

  it.each(['user', 'household', 'shared household', 'member of a shared household'])(
    'is refused under a legal hold on the %s, and changes nothing until it is released',
    async on => {
      const person = await makePerson()
      const others = await joinOthers(person)
      const before = await findText(trail.administrator, [person.name])
      const held: Record<string, readonly [string, string]> = {
        user: ['user_id', person.id],
        household: ['household_id', person.householdId],
        'shared household': ['household_id', others.householdId],
        'member of a shared household': ['user_id', others.ownerId],
      }
      const [column, id] = held[on]!
      const [hold] = await trail.administrator.unsafe<{ id: string }[]>(
        `insert into operations.legal_holds (${column}, reason) values ('${id}', 'Claim') returning id`,
      )
      expect(await erase(person.id)).toEqual({ erasure: null, refusal: 'held', ownedHouseholds: [], heldBy: [hold!.id] })
      expect(await findText(trail.administrator, [person.name])).toEqual(before)
      await trail.administrator`update operations.legal_holds set released_at = now() where id = ${hold!.id}`
      expect((await erase(person.id)).refusal).toBeNull()
      expect(await findText(trail.administrator, [person.name])).toEqual({})
    },
  )

  it('is refused while the person is the only owner of a household with other members', async () => {
    const person = await makePerson()
    const guest = await makePerson()
    await trail.administrator`insert into identity.household_members (household_id, user_id, role) values (${person.householdId}, ${guest.id}, 'viewer')`
    expect(await erase(person.id)).toMatchObject({ refusal: 'last-owner', ownedHouseholds: [{ id: person.householdId }], erasure: null })
    await trail.administrator`update identity.household_members set role = 'owner' where user_id = ${guest.id}`
    const { erasure } = await erase(person.id)
    expect(erasure!.householdIds).toEqual([])
    const [row] = await trail.administrator`select name from identity.households where id = ${person.householdId}`
    expect(row).toBeDefined()
  })

  it('is not brought back by a sign-in that the user pool still allows', async () => {
    const person = await makePerson()
    await erase(person.id)
    await trail.call('identity.record_identity_event', {
      kind: 'signed-in',
      subject: person.subject,
      email: person.address,
      emailVerified: true,
    })
    expect(await findText(trail.administrator, [person.address])).toEqual({})
  })

  it('answers that a person is unknown', async () => {
    expect(await erase(crypto.randomUUID())).toMatchObject({ refusal: 'unknown', erasure: null })
  })

  it('is completed once the user pool has removed the person and every running request has ended', async () => {
    const person = await makePerson()
    const { erasure } = await erase(person.id)
    const list = async () => {
      const { erasures } = await trail.call<{ erasures: { id: string; status: string; subject: string }[] }>(
        'identity.list_open_erasures',
        {},
      )
      return erasures.find(({ id }) => id === erasure!.id)
    }
    const complete = () =>
      trail.call<{ status: string }>('identity.complete_erasure', { erasureId: erasure!.id, request: { requestId: 'x' } })
    expect(await list()).toEqual({ id: erasure!.id, status: 'database-erased', subject: person.subject })
    await trail.call('identity.record_user_pool_erasure', { erasureId: erasure!.id, error: 'The user pool did not answer.' })
    expect((await list())!.status).toBe('database-erased')
    await trail.call('identity.record_user_pool_erasure', { erasureId: erasure!.id })
    expect((await complete()).status).toBe('user-pool-erased')
    await trail.administrator`update operations.erasures set requested_at = now() - interval '6 minutes' where id = ${erasure!.id}`
    await trail.administrator`insert into identity.preferences (user_id, dashboard_layout) values (${person.id}, ${JSON.stringify({ late: person.name })}::text::jsonb)`
    expect((await complete()).status).toBe('completed')
    expect(await findText(trail.administrator, [person.name])).toEqual({})
    expect(await list()).toBeUndefined()
  })
})
