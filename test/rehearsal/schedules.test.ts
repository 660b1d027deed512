import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { startDeployedDataApi } from './data-api.ts'
import { deployed } from './deployed.ts'
import { type Functions, startFunctions } from './functions.ts'
import { startKeys, startObjectStore } from './stand-ins.ts'
import { scheduleEvent, scheduleTarget } from './schedule-event.ts'

const prod = await deployed('prod')
const schedules = prod.resources('AWS::Scheduler::Schedule').map(schedule => {
  const { Arn } = scheduleTarget(schedule)
  const { domain, unit } = prod.functions().find(({ arn }) => arn === Arn)!
  return { schedule, functionArn: Arn, job: `${domain}/${unit}` }
})

let database: TestDatabase
let functions: Functions
const services = new AsyncDisposableStack()
beforeAll(async () => {
  const opened = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => services.adopt(one, each => each.close())
  database = await createTestDatabase()
  const { endpoint } = opened(await startDeployedDataApi(prod, database.location))
  const endpoints = { KMS: opened(await startKeys()).url, RDS_DATA: endpoint, S3: opened(await startObjectStore()).url }
  functions = startFunctions({ deployed: prod, database, endpoints })
})
afterAll(async () => {
  await functions.close()
  await services.disposeAsync()
  await database.drop()
})

const runs = (job: string) =>
  database.connect('postgres')<{ scheduledFor: string; status: string; error: string | null }[]>`
    select to_char(scheduled_for at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "scheduledFor", status, error
    from operations.job_runs where job = ${job}`

/** The cheap effect of a job that the database of a test can show. */
const effects: Readonly<Record<string, { readonly before?: string; readonly seen: string }>> = {
  'operations/make-partitions': {
    before: `do $$ declare name text; begin
      select max(inhrelid::regclass::text) into name from pg_inherits
      where inhparent = 'operations.audit_logs'::regclass and inhrelid::regclass::text not like '%default';
      execute 'drop table ' || name; end $$`,
    seen: `select count(*) >= 5 as seen from pg_inherits where inhparent = 'operations.audit_logs'::regclass`,
  },
  'identity/finish-erasures': {
    before: `with erased as (insert into identity.users (cognito_sub) values ('erased') returning id)
      insert into operations.erasures (user_id, kind, status, requested_at, deleted, anonymized, household_ids)
      select id, 'own', 'user-pool-erased', now() - interval '1 hour', '{}', '{}', '{}' from erased`,
    seen: `select count(*) = 1 as seen from operations.erasures where status = 'completed'`,
  },
  'operations/back-up-database': { seen: `select count(*) = 1 as seen from operations.backups where status = 'complete'` },
  'operations/verify-backup': {
    seen: `select count(*) > 0 as seen from operations.backups join operations.restores on backup_id = backups.id
      where backups.status = 'good' and restores.status = 'succeeded'`,
  },
  'operations/seal-audit-trail': {
    before: `insert into operations.audit_logs (action, resource_type) values ('EXECUTE', 'test.things')`,
    seen: `select count(*) > 0 as seen from operations.audit_anchors where seal_number = (select max(number) from operations.audit_seals)`,
  },
}

describe.each(schedules)('the schedule of $job', ({ functionArn, job, schedule }) => {
  it('runs the job once per scheduled time, however often it fires', async () => {
    const { before, seen } = effects[job] ?? { seen: 'select true as seen' }
    const administrator = database.connect('postgres')
    if (before !== undefined) await administrator.unsafe(before)
    const fire = (scheduledTime: string, attempt = 1) => functions.invoke(functionArn, scheduleEvent(schedule, scheduledTime, attempt))

    const first = await fire('2026-11-26T03:15:00Z')
    expect(first).toMatchObject({ payload: { status: 'succeeded' } })
    expect(await administrator.unsafe(seen)).toEqual([{ seen: true }])
    expect(await fire('2026-11-26T03:15:00Z', 2)).toMatchObject({ payload: { status: 'already-done' } })
    expect(await runs(job)).toEqual([{ scheduledFor: '2026-11-26T03:15:00Z', status: 'succeeded', error: null }])

    expect(await fire('2026-11-27T03:15:00Z')).toMatchObject({ payload: { status: 'succeeded' } })
    expect(await runs(job)).toHaveLength(2)
  })

  it('with an event that names no scheduled time fails, says why, and records nothing', async () => {
    const recorded = (await runs(job)).length
    for (const event of [{}, { scheduledTime: 'soon' }, { scheduledTime: '<aws.scheduler.scheduled-time>' }]) {
      expect(await functions.invoke(functionArn, event)).toMatchObject({
        error: { errorMessage: expect.stringContaining('scheduledTime') },
      })
    }
    expect(await runs(job)).toHaveLength(recorded)
  })
})
