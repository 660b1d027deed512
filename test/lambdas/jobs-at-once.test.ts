import { afterAll, beforeAll, expect, it } from 'vitest'
import { jobs } from '../../lambdas/jobs.ts'
import { fireJob } from '../../local/schedules.ts'
import { newPlan, startTestPlatform, type TestPlatform } from '../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
  await newPlan(await platform.newUser())
})
afterAll(() => platform.close())

// A schedule may fire twice. What each job then has done once is tested beside the job.
it.each(jobs)('two firings of $id at the same time succeed once', { timeout: 60_000 }, async job => {
  const scheduledTime = '2027-03-02T05:40:00Z'
  const fire = () => fireJob(job, scheduledTime) as Promise<{ status: string }>
  const outcomes = await Promise.allSettled([fire(), fire()])
  const refusals = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  expect(refusals.filter(reason => !/Another (backup|restore) runs on this database/.test(reason))).toEqual([])
  expect(refusals.length).toBeLessThan(2)
  const runs = await platform.database.connect(
    'postgres',
  )`select status from operations.job_runs where job = ${job.id} and scheduled_for = ${scheduledTime}`
  expect([...runs]).toEqual([{ status: 'succeeded' }])
  expect(await fire()).toMatchObject({ status: 'already-done' })
})
