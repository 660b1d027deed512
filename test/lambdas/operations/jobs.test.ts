import { afterAll, beforeAll, expect, test } from 'vitest'
import { fireJob } from '../../../local/schedules.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import { newPlan, startTestPlatform, type TestPlatform } from '../../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

const job = (name: string) => jobs.find(candidate => candidate.name === name)!

test('partitions are made in advance, once, and their rows leave the default partition', async () => {
  const administrator = platform.database.connect('postgres')
  const month = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 3, 15))
  const name = `audit_logs_${month.getUTCFullYear()}_${String(month.getUTCMonth() + 1).padStart(2, '0')}`
  await administrator`drop table operations.${administrator(name)}`
  await administrator`insert into operations.audit_logs (action, resource_type, timestamp) values ('EXECUTE', 'test.stray', ${month.toISOString()})`
  const first = await fireJob(job('make-partitions'), '2026-01-02T03:15:00Z')
  expect(first).toEqual({ status: 'succeeded', result: { made: [name] } })
  const strays =
    await administrator`select tableoid::regclass::text as partition from operations.audit_logs where resource_type = 'test.stray'`
  expect(strays.map(row => row['partition'])).toEqual([`operations.${name}`])
})

test('a schedule that fires twice does its work once, at the same time or later', async () => {
  const scheduledTime = '2026-02-03T03:45:00Z'
  const answers = await Promise.all([1, 2, 3].map(() => fireJob(job('expire-idempotency-keys'), scheduledTime)))
  expect(answers.map(answer => (answer as { status: string }).status).toSorted()).toEqual(['already-done', 'already-done', 'succeeded'])
  const administrator = platform.database.connect('postgres')
  const runs =
    await administrator`select status from operations.job_runs where job = 'operations/expire-idempotency-keys' and scheduled_for = ${scheduledTime}`
  expect(runs.map(run => run['status'])).toEqual(['succeeded'])
})

test('expired idempotency keys are removed, the others stay', async () => {
  const user = await platform.newUser()
  const { plan } = await newPlan(user)
  const body = { householdId: plan.householdId, name: 'Kept', portfolioModelId: plan.portfolioModelId, planningHorizonYears: 10 }
  for (const key of ['old', 'new'])
    await user.request('POST', '/v1/planning/plans', { body: { ...body, name: key }, headers: { 'idempotency-key': key } })
  const administrator = platform.database.connect('postgres')
  await administrator`update operations.idempotency_keys set expires_at = now() - interval '1 minute' where key = 'old'`
  expect(await fireJob(job('expire-idempotency-keys'), '2026-02-04T03:45:00Z')).toMatchObject({ result: { deleted: 1 } })
  expect((await administrator`select key from operations.idempotency_keys`).map(row => row['key'])).toEqual(['new'])
})

test('a failed job is recorded as failed and thrown on; the next firing for its time succeeds', async () => {
  const administrator = platform.database.connect('postgres')
  const scheduledTime = '2026-02-05T03:15:00Z'
  await administrator`alter function operations.make_audit_partitions(integer) rename to gone`
  await expect(fireJob(job('make-partitions'), scheduledTime)).rejects.toThrow('make_audit_partitions')
  const [failed] = await administrator`select status, error from operations.job_runs where scheduled_for = ${scheduledTime}`
  expect(failed).toMatchObject({ status: 'failed', error: expect.stringContaining('make_audit_partitions') })
  await administrator`alter function operations.gone(integer) rename to make_audit_partitions`
  expect(await fireJob(job('make-partitions'), scheduledTime)).toMatchObject({ status: 'succeeded' })
  const [repaired] = await administrator`select status, error from operations.job_runs where scheduled_for = ${scheduledTime}`
  expect(repaired).toMatchObject({ status: 'succeeded', error: null })
})

test('a job without its scheduled time does nothing, and records no run', async () => {
  for (const event of ['', '2026-02-06', 'today']) {
    await expect(fireJob(job('expire-idempotency-keys'), event)).rejects.toThrow('must have a "scheduledTime"')
  }
  const administrator = platform.database.connect('postgres')
  expect(await administrator`select from operations.job_runs where status = 'failed'`).toHaveLength(0)
})
