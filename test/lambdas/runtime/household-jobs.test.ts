import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Transaction } from '../../../db/database.ts'
import { closeDatabases } from '../../../lambdas/runtime/database.ts'
import { defineJobs } from '../../../lambdas/runtime/job.ts'
import { HouseholdsUnfinished, runHouseholdJob } from '../../../lambdas/runtime/run-household-job.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { insertHousehold, insertPlanning } from '../../db/household.ts'
import { asUser } from '../../db/requests.ts'
import { createTestDatabase, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'

const { 'count-plans': job } = defineJobs('planning', {
  'count-plans': {
    summary: 'Counts the plans of each household',
    schedule: '0 5 * * *',
    backends: ['database'],
    timeoutSeconds: 900,
    scope: 'household',
    concurrency: 3,
  },
})

let database: TestDatabase
/** In the order in which jobs process them. */
let householdIds: readonly string[]
/** Each test has its own scheduled time. */
let scheduledTime: string
let day = 0

beforeAll(async () => {
  database = await createTestDatabase()
  // What a job that changes plans would be granted.
  await database
    .connect('postgres')
    .unsafe(
      'grant update (category, description) on planning.plans to nestegg_operator; grant insert on planning.plan_versions to nestegg_operator',
    )
  const sql = database.connect('nestegg_write')
  const made: string[] = []
  for (const subject of ['ann', 'bob', 'cem', 'dua', 'eva']) {
    const id = await asUser(sql, subject, async transaction => {
      const householdId = await insertHousehold(transaction, `Home of ${subject}`)
      await insertPlanning(transaction, householdId)
      return householdId
    })
    made.push(id)
  }
  householdIds = made.toSorted()
})
afterAll(() => database.drop())
beforeEach(() => {
  pointEnvironmentTo(database.location)
  vi.stubEnv('DATABASE_POOL_SIZE', '4')
  scheduledTime = new Date(Date.UTC(2026, 0, (day += 1))).toISOString()
})
afterEach(async () => {
  await closeDatabases()
  vi.unstubAllEnvs()
})

type Work = Parameters<typeof runHouseholdJob>[1]
const fire = (work: Work, context: Context = lambdaContext('planning-count-plans', randomUUID(), job.timeoutSeconds)) =>
  runHouseholdJob(job, work)({ scheduledTime }, context)

const recorded = () => database.connect('postgres')<{ householdId: string; status: string; error: string | null; result: unknown }[]>`
    select household_id as "householdId", status, error, result from operations.household_job_runs
    where job = ${job.id} and scheduled_for = ${scheduledTime} order by household_id`
const recordedJob = async () => {
  const [row] = await database.connect('postgres')`
    select status, error, result from operations.job_runs where job = ${job.id} and scheduled_for = ${scheduledTime}`
  return row
}

const countPlans = async (transaction: Transaction) => {
  const [row] = await transaction.execute<{ plans: number }>(sql`select count(*)::integer as plans from planning.plans`)
  return { plans: row!.plans }
}

/** Work that fails for one household, and the households for which it was started. */
const failingFor = (failingId: string | undefined) => {
  const started: string[] = []
  const work: Work = async (transaction, householdId) => {
    started.push(householdId)
    await transaction.execute(sql`update planning.plans set description = ${scheduledTime}`)
    if (householdId === failingId) throw new Error('failed on purpose')
    return countPlans(transaction)
  }
  return { started, work }
}

describe('the transaction of a household', () => {
  test('reads only the data of the household', async () => {
    const seen = new Map<string, unknown>()
    const outcome = await fire(async (transaction, householdId) => {
      const [row] = await transaction.execute<{ households: string[]; owners: string[]; user: string | null }>(sql`
        select (select jsonb_agg(id) from identity.households) as households,
          (select jsonb_agg(household_id) from planning.plans) as owners, operations.current_user_id() as "user"`)
      seen.set(householdId, row)
      return countPlans(transaction)
    })
    expect(outcome).toEqual({ status: 'succeeded', result: { succeeded: 5, alreadyDone: 0 } })
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(householdIds.map(id => [id, { households: [id], owners: [id], user: null }])),
    )
    expect([...(await recorded())]).toEqual(
      householdIds.map(householdId => ({ householdId, status: 'succeeded', error: null, result: { plans: 1 } })),
    )
    expect(await recordedJob()).toEqual({ status: 'succeeded', error: null, result: { succeeded: 5, alreadyDone: 0 } })
  })

  test('writes only the data of the household', async () => {
    const changed: number[] = []
    await fire(async transaction => {
      const rows = await transaction.execute(sql`update planning.plans set category = ${scheduledTime} returning id`)
      changed.push(rows.length)
      return {}
    })
    expect(changed).toEqual([1, 1, 1, 1, 1])

    scheduledTime = new Date(Date.UTC(2027, 0, 1)).toISOString()
    const intruding = fire(async (transaction, householdId) => {
      const other = householdIds.find(id => id !== householdId)!
      await transaction.execute(sql`
        insert into planning.plan_versions (household_id, plan_id, version, change, state)
        select ${other}, id, 2, 'created', '{}' from planning.plans`)
      return {}
    })
    await expect(intruding).rejects.toThrow(/^Failed for 5 households: /)
    expect((await recorded()).map(({ error }) => error)).toEqual(householdIds.map(() => expect.stringContaining('row-level security')))
  })
})

describe('a household that fails', () => {
  test('does not stop the others; its work is rolled back, and the job fails with its id', async () => {
    const failingId = householdIds[1]!
    const { started, work } = failingFor(failingId)
    await expect(fire(work)).rejects.toThrow(new HouseholdsUnfinished([failingId], 0))
    expect(started.toSorted()).toEqual(householdIds)
    expect((await recorded()).map(({ error, householdId, status }) => [householdId, status, error])).toEqual(
      householdIds.map(id => (id === failingId ? [id, 'failed', 'failed on purpose'] : [id, 'succeeded', null])),
    )
    expect(await recordedJob()).toMatchObject({ status: 'failed', error: `Failed for 1 households: ${failingId}.` })
    const changed = await database.connect('postgres')<{ id: string }[]>`
      select household_id as id from planning.plans where description = ${scheduledTime}`
    expect(changed.map(({ id }) => id)).not.toContain(failingId)
    expect(changed).toHaveLength(4)
  })

  test('is the only one in the next firing for the same time; the firing after that does nothing', async () => {
    const failingId = householdIds[3]!
    await expect(fire(failingFor(failingId).work)).rejects.toThrow(HouseholdsUnfinished)
    const second = failingFor(undefined)
    expect(await fire(second.work)).toEqual({ status: 'succeeded', result: { succeeded: 1, alreadyDone: 4 } })
    expect(second.started).toEqual([failingId])
    expect((await recorded()).map(({ error, status }) => [status, error])).toEqual(householdIds.map(() => ['succeeded', null]))
    const third = failingFor(undefined)
    expect(await fire(third.work)).toEqual({ status: 'already-done', result: { succeeded: 1, alreadyDone: 4 } })
    expect(third.started).toEqual([])
  })
})

test('two firings at the same time work on each household once', async () => {
  const started: string[] = []
  const work: Work = async (transaction, householdId) => {
    started.push(householdId)
    await transaction.execute(sql`select pg_sleep(0.02)`)
    return {}
  }
  const outcomes = await Promise.all([fire(work), fire(work)])
  expect(started.toSorted()).toEqual(householdIds)
  expect(outcomes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
})

test('a failure does not replace a success that another firing has recorded', async () => {
  const administrator = database.connect('postgres')
  await administrator`insert into operations.job_runs (job, scheduled_for, status) values (${job.id}, ${scheduledTime}, 'failed')`
  const firing = fire(async (_, householdId) => {
    await administrator`
      insert into operations.household_job_runs (job, scheduled_for, household_id, status)
      values (${job.id}, ${scheduledTime}, ${householdId}, 'succeeded')`
    await administrator`update operations.job_runs set status = 'succeeded' where job = ${job.id} and scheduled_for = ${scheduledTime}`
    throw new Error('too late')
  })
  await expect(firing).rejects.toThrow(/^Failed for 5 households: /)
  expect((await recorded()).map(({ error, status }) => [status, error])).toEqual(householdIds.map(() => ['succeeded', null]))
  expect(await recordedJob()).toMatchObject({ status: 'succeeded', error: null })
})

test.each([
  ['its declared concurrency', '4', 3],
  ['its connections', '2', 2],
] as const)('works on as many households at a time as %s', async (_, poolSize, expected) => {
  vi.stubEnv('DATABASE_POOL_SIZE', poolSize)
  const reached = Promise.withResolvers<void>()
  let active = 0
  let most = 0
  await fire(async transaction => {
    active += 1
    most = Math.max(most, active)
    if (active === expected) reached.resolve()
    await reached.promise
    await transaction.execute(sql`select pg_sleep(0.02)`)
    active -= 1
    return {}
  })
  expect(most).toBe(expected)
})

test('starts no household when the time is nearly over, reports how many are left, and continues the next time', async () => {
  vi.stubEnv('DATABASE_POOL_SIZE', '1')
  const started: string[] = []
  const work: Work = async (_, householdId) => {
    started.push(householdId)
    return {}
  }
  const context = lambdaContext('planning-count-plans', randomUUID(), job.timeoutSeconds)
  const remaining = () => (started.length < 2 ? 30_001 : 30_000)
  await expect(fire(work, { ...context, getRemainingTimeInMillis: remaining })).rejects.toThrow(
    'Not started for at least 3 households: the time was nearly over.',
  )
  expect(started).toEqual(householdIds.slice(0, 2))
  expect(await fire(work)).toEqual({ status: 'succeeded', result: { succeeded: 3, alreadyDone: 2 } })
  expect(started).toEqual(householdIds)
})

test('a household that was deleted in the meantime is skipped', async () => {
  vi.stubEnv('DATABASE_POOL_SIZE', '1')
  const administrator = database.connect('postgres')
  const gone = await asUser(database.connect('nestegg_write'), 'ann', transaction => insertHousehold(transaction, 'Gone'))
  const { started, work } = failingFor(undefined)
  const outcome = await fire(async (transaction, householdId) => {
    await administrator`delete from identity.households where id = ${gone}`
    return work(transaction, householdId)
  })
  expect(outcome).toEqual({ status: 'succeeded', result: { succeeded: 5, alreadyDone: 0 } })
  expect(started).toEqual(householdIds)
})

/** More households than a page has. */
const insertMany = () =>
  asUser(
    database.connect('nestegg_write'),
    'ann',
    transaction =>
      transaction<{ id: string }[]>`
        insert into identity.households (name, timezone) select 'Many', 'UTC' from generate_series(1, 1100) returning id`,
  )

test('reads no more pages when the time is nearly over', async () => {
  await insertMany()
  const context = { ...lambdaContext('planning-count-plans', randomUUID(), job.timeoutSeconds), getRemainingTimeInMillis: () => 0 }
  const { started, work } = failingFor(undefined)
  await expect(fire(work, context)).rejects.toThrow('Not started for at least 1000 households: the time was nearly over.')
  expect(started).toEqual([])
  await database.connect('postgres')`delete from identity.households where name = 'Many'`
})

test('all households are listed, over several pages', async () => {
  const administrator = database.connect('postgres')
  const others = await insertMany()
  await administrator`
    insert into operations.household_job_runs (job, scheduled_for, household_id, status)
    select ${job.id}, ${scheduledTime}, id, 'succeeded' from identity.households where name = 'Many'`
  const last = others
    .map(({ id }) => id)
    .toSorted()
    .at(-1)!
  await administrator`delete from operations.household_job_runs where household_id = ${last}`
  const { started, work } = failingFor(undefined)
  expect(await fire(work)).toEqual({ status: 'succeeded', result: { succeeded: 6, alreadyDone: 1099 } })
  expect(started.toSorted()).toEqual([...householdIds, last].toSorted())
  await administrator`delete from identity.households where name = 'Many'`
})

test('a failure names a hundred households at most', () => {
  const ids = Array.from({ length: 102 }, (_, index) => `household-${index}`)
  expect(new HouseholdsUnfinished(ids, 7).message).toBe(
    `Failed for 102 households: ${ids.slice(0, 100).join(', ')} and 2 more. Not started for at least 7 households: the time was nearly over.`,
  )
})
