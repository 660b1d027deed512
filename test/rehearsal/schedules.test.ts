import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { startDeployedDataApi } from './data-api.ts'
import { deployed } from './deployed.ts'
import { type Functions, startFunctions } from './functions.ts'
import { startKeys, startObjectStore } from './stand-ins.ts'
import { scheduleEvent, scheduleTarget } from './schedule-event.ts'

const prod = await deployed('prod')
/** Plaid and Secrets Manager are not in the rehearsal. */
const notHere = new Set(['wealth/sync-plaid-connections'])

const schedules = prod
  .resources('AWS::Scheduler::Schedule')
  .map(schedule => {
    const { Arn } = scheduleTarget(schedule)
    const { domain, unit } = prod.functions().find(({ arn }) => arn === Arn)!
    return { schedule, functionArn: Arn, job: `${domain}/${unit}` }
  })
  .filter(({ job }) => !notHere.has(job))

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

it('the job that seals signs a declaration of whoever may invoke it', async () => {
  const { functionArn, schedule } = schedules.find(({ job }) => job === 'operations/seal-audit-trail')!
  const administrator = database.connect('postgres')
  await administrator`insert into operations.audit_logs (action, resource_type) values ('EXECUTE', 'test.things')`
  const event = scheduleEvent(schedule, '2026-11-28T03:15:00Z')
  await functions.invoke(functionArn, event)
  await administrator.begin(async sql => {
    await sql`set local session_replication_role = replica`
    await sql`delete from operations.audit_anchors where key = (select max(key) from operations.audit_anchors)`
    await sql`delete from operations.audit_seals where number = (select max(number) from operations.audit_seals)`
  })
  const declareLoss = { reason: 'A trial', declaredBy: 'somebody' }
  expect(await functions.invoke(functionArn, { scheduledTime: '2026-11-28T04:00:00Z', declareLoss })).toMatchObject({
    payload: { status: 'succeeded', result: { record: 'audit/restores/0001.json', supersededAnchors: 1 } },
  })
  expect(await administrator`select number from operations.audit_restore_records`).toEqual([{ number: 1 }])
  await administrator`insert into operations.audit_logs (action, resource_type) values ('EXECUTE', 'test.things')`
  expect(await functions.invoke(functionArn, scheduleEvent(schedule, '2026-11-28T05:15:00Z'))).toMatchObject({
    payload: { status: 'succeeded', result: { anchor: expect.stringMatching(/-1\.json$/) } },
  })
})
