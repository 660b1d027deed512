import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { listPolicyDues } from '../../../db/queries/operations/retention/policies.ts'
import { handler as runRetention } from '../../../lambdas/operations/handlers/run-retention.ts'
import { closeDatabases, inRetentionTransaction } from '../../../lambdas/runtime/database.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
beforeEach(async () => {
  pointEnvironmentTo(database.location)
  await administrator`delete from operations.data_retention_policies`
})
afterAll(async () => {
  await closeDatabases()
  await database.drop()
})

/** @param due the time of the next execution, as SQL */
const addPolicy = async (name: string, due: string, more: { isActive?: boolean; tableName?: string } = {}): Promise<string> => {
  const { isActive = true, tableName = 'operations.system_events' } = more
  const [row] = await administrator.unsafe<{ id: string }[]>(
    `insert into operations.data_retention_policies (name, table_name, retention_period_days, schedule_cron, is_active, next_execution)
     values ($1, $2, 90, '0 2 * * 0', $3, ${due}) returning id`,
    [name, tableName, isActive],
  )
  return row!.id
}
const addRun = (policyId: string, status: string, time: string) =>
  administrator`insert into operations.retention_runs (policy_id, scheduled_for, cutoff, status) values (${policyId}, ${time}, ${time}, ${status})`
let hour = 0
/** Fires the job, and returns what it has published of overdue policies. */
const fire = async () => {
  const lines: string[] = []
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  hour += 1
  const scheduledTime = `2027-03-01T${String(hour).padStart(2, '0')}:25:00Z`
  const error = await runRetention({ scheduledTime }, lambdaContext('job', randomUUID(), 600)).then(
    () => undefined,
    (failure: Error) => failure.message,
  )
  spy.mockRestore()
  vi.unstubAllEnvs()
  const published = lines.filter(line => line.includes('RetentionHoursOverdue')).map(line => JSON.parse(line) as object)
  return { error, published }
}

it('is published when there is none, so that the alarm ends', async () => {
  await addPolicy('To come', "now() + interval '1 day'")
  await addPolicy('Due, and run now', "now() - interval '40 hours'")
  await addPolicy('Inactive', "now() - interval '400 hours'", { isActive: false })
  expect(await fire()).toEqual({
    error: undefined,
    published: [
      expect.objectContaining({ environment: 'local', service: 'nestegg', RetentionPoliciesOverdue: 0, RetentionHoursOverdue: 0 }),
    ],
  })
})

it('is published although the job fails, with the hours of the most overdue policy', async () => {
  await addPolicy('Without a table', "now() - interval '40 hours'", { tableName: 'operations.missing' })
  await addPolicy('Due, and run now', "now() - interval '50 hours'")
  const first = await fire()
  expect(first.error).toContain('No policy may name the table operations.missing.')
  const overdue = { RetentionPoliciesOverdue: 1, RetentionHoursOverdue: expect.closeTo(40, 1) }
  expect(first.published).toEqual([expect.objectContaining(overdue)])
  // Its next time is to come, and it is not completed for the last one.
  expect(await fire()).toEqual({ error: undefined, published: [expect.objectContaining(overdue)] })
})

it('counts from the oldest time after the last completed run', async () => {
  const due = async () => {
    const [row] = await inRetentionTransaction({ requestId: 'trial', route: 'trial' }, listPolicyDues)
    return { ...row, unfinishedSinceMs: row!.unfinishedSinceMs && new Date(row!.unfinishedSinceMs).toISOString() }
  }
  const policy = await addPolicy('Trial', "'2027-01-01T02:00:00.5Z'")
  const expected = { policy: 'Trial', nextExecutionMs: Date.parse('2027-01-01T02:00:00.500Z') }
  expect(await due()).toEqual({ ...expected, unfinishedSinceMs: null })
  await addRun(policy, 'failed', '2026-01-01T02:00:00Z')
  await addRun(policy, 'success', '2026-01-08T02:00:00Z')
  expect(await due()).toEqual({ ...expected, unfinishedSinceMs: null })
  for (const [status, time] of [
    ['partial', '2026-01-15T02:00:00Z'],
    ['failed', '2026-01-22T02:00:00Z'],
    ['running', '2026-01-29T02:00:00Z'],
  ] as const)
    await addRun(policy, status, time)
  expect(await due()).toEqual({ ...expected, unfinishedSinceMs: '2026-01-15T02:00:00.000Z' })
  await addRun(policy, 'success', '2026-02-05T02:00:00Z')
  expect(await due()).toEqual({ ...expected, unfinishedSinceMs: null })
})
