import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold, insertPlanning, zeroHash } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const operator = database.connect('nestegg_operator')
const administrator = database.connect('postgres')
const households = await asUser(database.connect('nestegg_write'), 'maker', async transaction => {
  const made = [await insertHousehold(transaction), await insertHousehold(transaction), await insertHousehold(transaction)]
  for (const household of made) await insertPlanning(transaction, household)
  return made.toSorted()
})

// What a job that changes plans would be granted.
await administrator`grant update (category) on planning.plans to nestegg_operator`

const actFor = (householdId: string) => JSON.stringify({ householdId, requestId: 'job of today', route: 'planning/trial' })

it('lists all households by pages, in order', async () => {
  const page = async (after: string | null) =>
    (await operator<{ id: string }[]>`select operations.list_household_ids(${after}, 2) as id`).map(row => row.id)
  expect(await page(null)).toEqual(households.slice(0, 2))
  expect(await page(households[1]!)).toEqual(households.slice(2))
  expect(await page(households[2]!)).toEqual([])
})

it('changes rows of the one household; its audit rows have the household but no user', async () => {
  const [first] = households
  const changed = await operator.begin(async transaction => {
    await transaction`select operations.begin_household_work(${actFor(first!)}::text::jsonb)`
    return transaction`update planning.plans set category = 'reviewed' returning household_id`
  })
  expect([...changed]).toEqual([{ household_id: first }])
  const trail = await administrator`
    select user_id, household_id, request_id, route from operations.audit_logs where action = 'UPDATE' and resource_type = 'planning.plans'`
  expect([...trail]).toEqual([{ user_id: null, household_id: first, request_id: 'job of today', route: 'planning/trial' }])
})

it('finds abandoned runs of all households, but not while it acts for one', async () => {
  await administrator`
    insert into planning.runs (household_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count, shard_count, input_hash)
    select household_id, id, 1, 'queued', '{}', '{}', '1', 1, 1, 1, ${zeroHash} from planning.plans`
  await administrator.unsafe(
    "alter table planning.runs disable trigger user; update planning.runs set created_at = now() - interval '2 hours' where status = 'queued'; alter table planning.runs enable trigger user",
  )
  const statuses = async (actingFor: string | null) => {
    const rows = await operator.begin(async transaction => {
      if (actingFor) await transaction`select operations.begin_household_work(${actFor(actingFor)}::text::jsonb)`
      return transaction<{ status: string }[]>`select status from planning.runs order by status`
    })
    return rows.map(row => row.status)
  }
  expect(await statuses(null)).toEqual(['queued', 'queued', 'queued'])
  expect(await statuses(households[0]!)).toEqual(['queued', 'succeeded'])
  const failed = await operator`update planning.runs set status = 'failed', finished_at = now() where status = 'queued' returning id`
  expect(failed).toHaveLength(3)
  expect(await statuses(null)).toEqual([])
})

it('reads the household and its members, and forgets the household when the transaction ends', async () => {
  const [first] = households
  const read = await operator.begin(async transaction => {
    await transaction`select operations.begin_household_work(${actFor(first!)}::text::jsonb)`
    return transaction`select h.id, m.role from identity.households h join identity.household_members m on m.household_id = h.id`
  })
  expect([...read]).toEqual([{ id: first, role: 'owner' }])
  expect(await operator`select from identity.households`).toHaveLength(0)
})

it('is recorded per household', async () => {
  const record = (status: string) => operator`
    insert into operations.household_job_runs (job, scheduled_for, household_id, status) values ('trial', '2026-01-01', ${households[0]!}, ${status})
    on conflict (job, scheduled_for, household_id) do update set status = excluded.status`
  await record('failed')
  await record('succeeded')
  expect([...(await operator`select household_id, status from operations.household_job_runs`)]).toEqual([
    { household_id: households[0], status: 'succeeded' },
  ])
})

it.each(['nestegg_write', 'nestegg_read', 'nestegg_runs'] as const)('may not be used by %s', async role => {
  await expect(database.connect(role)`select operations.begin_household_work('{}')`).rejects.toThrow('permission denied for')
  await expect(database.connect(role)`select operations.list_household_ids(null, 1)`).rejects.toThrow('permission denied for')
})
