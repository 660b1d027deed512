import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { fireJob } from '../../../local/schedules.ts'
import { operationsJobs } from '../../../lambdas/operations/jobs.ts'
import { logger } from '../../../lambdas/runtime/observability.ts'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
  await owner().unsafe('create table operations.trial (id int primary key, filler text) with (autovacuum_enabled = off)')
})
afterAll(() => platform.close())
const owner = () => platform.database.connect('nestegg_owner')
const administrator = () => platform.database.connect('postgres')

const fire = async (scheduledTime: string) => {
  const lines: string[] = []
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0),
    vi.spyOn(logger, 'info').mockImplementation((...given) => void lines.push(JSON.stringify(given[0]))),
    vi.spyOn(logger, 'error').mockImplementation((...given) => void lines.push(JSON.stringify(given[0]))),
  ]
  const outcome = await fireJob(operationsJobs['maintain-database'], scheduledTime).catch((error: unknown) => error)
  for (const spy of spies) spy.mockRestore()
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  return { outcome, logged: lines }
}
const fill = async () => {
  const sql = owner()
  await sql.unsafe('truncate operations.trial')
  await sql.unsafe(`insert into operations.trial select n, 'x' from generate_series(1, 20000) n`)
  await sql.unsafe('delete from operations.trial where id <= 18000')
  await sql`select pg_stat_force_next_flush()`
  await sql.end()
}
beforeEach(fill)
const vacuumed = async () => {
  const [row] = await administrator()`select last_vacuum is not null as "isVacuumed" from pg_stat_all_tables where relname = 'trial'`
  return row!['isVacuumed'] as boolean
}

// 2027-02-10 is a Wednesday, 2027-02-14 a Sunday.
it('on a weekday vacuums and analyzes what needs it, and counts what is left to do', async () => {
  const { logged, outcome } = await fire('2027-02-10T05:10:00Z')
  expect(outcome).toMatchObject({ status: 'succeeded', result: { vacuum: { left: 0 }, cleanup: { left: 0 }, findings: 0 } })
  expect(Object.keys((outcome as { result: object }).result)).toEqual(['cleanup', 'vacuum', 'analyze', 'findings'])
  expect(await vacuumed()).toBe(true)
  const metric = logged.find(line => line.includes('CriticalDatabaseFindings'))!
  expect(JSON.parse(logged.find(line => line.includes('JobMilliseconds'))!)).toMatchObject({
    job: 'operations/maintain-database',
    JobMilliseconds: expect.any(Number),
    JobsFailed: 0,
  })
  expect(JSON.parse(metric)).toMatchObject({ environment: 'local', CriticalDatabaseFindings: 0, DatabaseWarnings: 0 })
})

it('on a Sunday also makes bad indexes again, and logs the whole report', async () => {
  await owner().unsafe('create index trial_bad on operations.trial (filler)')
  await administrator()`update pg_index set indisvalid = false where indexrelid = 'operations.trial_bad'::regclass`
  const { logged, outcome } = await fire('2027-02-14T05:10:00Z')
  expect(outcome).toMatchObject({ status: 'succeeded', result: { reindex: { done: 1, left: 0 } } })
  expect(logged).toContain('"database report"')
  expect(await administrator()`select from pg_index where not indisvalid`).toHaveLength(0)
})

it('on the first day of a month freezes and analyzes every table', async () => {
  const { outcome } = await fire('2027-03-01T05:10:00Z')
  const [{ tables }] = (await administrator()`
    select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'r' and nspname !~ '^pg_' and nspname <> 'information_schema'`) as unknown as [
    { tables: number },
  ]
  expect(outcome).toMatchObject({
    status: 'succeeded',
    result: { vacuum: { done: tables }, statistics: { left: 0 }, reindex: { left: 0 } },
  })
})

it('a table that fails does not stop the others, and is recorded as the failure of the job', async () => {
  const sql = owner()
  await sql.unsafe('create table operations.trial_locked (id int primary key)')
  await sql.unsafe('insert into operations.trial_locked select generate_series(1, 20000)')
  await sql`select pg_stat_force_next_flush()`
  const holder = owner()
  let release: () => void = () => undefined
  const held = holder.begin(async transaction => {
    await transaction.unsafe('lock table operations.trial_locked in share row exclusive mode')
    await new Promise<void>(resolve => (release = resolve))
  })
  await new Promise(resolve => setTimeout(resolve, 300))
  const { logged, outcome } = await fire('2027-03-03T05:10:00Z')
  release()
  await held
  expect(outcome).toMatchObject({
    message: expect.stringMatching(/vacuum \(analyze\) operations\.trial_locked: canceling statement due to lock timeout/),
  })
  expect(JSON.parse(logged.find(line => line.includes('JobMilliseconds'))!)).toMatchObject({ JobsFailed: 1 })
  expect(await vacuumed()).toBe(true)
  const [run] = await administrator()`select status, error from operations.job_runs where scheduled_for = '2027-03-03T05:10:00Z'`
  expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('trial_locked') })
})
