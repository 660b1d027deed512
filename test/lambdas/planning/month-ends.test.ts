import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { simulatedSteps, type Specification } from '../../../domain/planning/index.ts'
import { handler } from '../../../lambdas/planning/handlers/follow-accounts.ts'
import { requestSteps } from '../../../lambdas/planning/work-limits.ts'
import { closeDatabases } from '../../../lambdas/runtime/database.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { pointEnvironmentTo } from '../../support/postgres.ts'
import { addTransactions } from '../wealth/wealth-platform.ts'
import { addRates, newLinkedPlan } from './linked-plan.ts'

let platform: TestPlatform
let user: TestUser
let firings = 0
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  await addRates(platform, { '2026-01-30': 1.1, '2026-02-27': 1.2, '2026-03-31': 1.3 })
})
afterAll(() => platform.close())
beforeEach(() => pointEnvironmentTo(platform.database.location))
afterEach(async () => {
  vi.useRealTimers()
  await closeDatabases()
  vi.unstubAllEnvs()
})

/** Fires the job as if it were another time. Each firing has a scheduled time of its own, unless one is given. */
const fireAt = async (now: string, scheduledTime = new Date(Date.UTC(2026, 0, 1, (firings += 1))).toISOString()) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) })
  const outcome = await handler({ scheduledTime }, lambdaContext('planning-follow-accounts', crypto.randomUUID(), 900))
  vi.useRealTimers()
  return outcome
}

const follow = (path: string) => user.request('PATCH', path, { body: { followsAccounts: true }, headers: { 'if-match': '*' } })
const monthEndsOf = async (path: string) => (await user.request('GET', `${path}/month-ends?sort=monthEnd`)).body.items
const planOf = async (path: string) => (await user.request('GET', path)).body

test('a plan that follows its accounts is rolled forward to the month end, simulated, and compared with the run before', async () => {
  const { checking, path, request, valueOf } = await newLinkedPlan(user)
  const first = await request('POST', `${path}/runs`, {})
  expect((await follow(path)).body.followsAccounts).toBe(true)
  await addTransactions(platform, checking, [{ date: '2026-02-10', amount: '5000.00' }])

  await fireAt('2026-02-01T08:00:00Z')
  const [january] = await monthEndsOf(path)
  // 40,000 and 110,000 in accounts; with a house of 500,000 and a mortgage of 300,000.
  expect(january).toMatchObject({
    monthEnd: '2026-01-31',
    status: 'followed',
    reason: null,
    accountsBalance: '150000.00',
    netWorth: '350000.00',
    comparedRunId: first.id,
    report: { date: '2026-01-31', actual: 150_000 },
  })
  expect(await planOf(path)).toMatchObject({ asOfDate: '2026-01-31', version: january.planVersion })
  const run = await request('GET', `/v1/planning/runs/${january.runId}`)
  expect(run).toMatchObject({ planVersion: january.planVersion, pathCount: 200 })
  expect(run.result.success.probability).toBe(january.successProbability)
  expect(run.provenance).toMatchObject({ asOfDate: '2026-01-31', planVersion: january.planVersion })
  expect((await request('POST', `/v1/planning/runs/${run.id}/verify`)).matched).toBe(true)
  const { items: outputs } = await request('GET', `${path}/outputs?outputType=plan_versus_actual`)
  expect(outputs).toMatchObject([{ runId: first.id, outputName: '2026-01-31' }])
  const [version] = (await request('GET', `${path}/versions?sort=-version`)).items
  expect(version).toMatchObject({ change: 'rolled_forward', version: january.planVersion, createdBy: null })

  await fireAt('2026-03-01T08:00:00Z')
  const [, february] = await monthEndsOf(path)
  expect(february).toMatchObject({ monthEnd: '2026-02-28', accountsBalance: '165000.00', comparedRunId: january.runId })
  expect(await valueOf('Loan')).toMatchObject({ balance: '300000.00' })
  // The same request gives the same run: the month end is that of a person who rolls forward by hand.
  const again = await request('POST', `${path}/runs`, {})
  expect(again.outputHash).toBe((await request('GET', `/v1/planning/runs/${february.runId}`)).outputHash)
})

test('a second firing for a month changes nothing', async () => {
  const { path } = await newLinkedPlan(user)
  await follow(path)
  const scheduled = '2026-02-01T08:25:00.000Z'
  await fireAt('2026-02-01T08:25:00Z', scheduled)
  const state = async () => [await planOf(path), await monthEndsOf(path), (await user.request('GET', `${path}/runs`)).body.items]
  const before = await state()
  expect(before[1]).toHaveLength(1)
  expect(await fireAt('2026-02-01T08:26:00Z', scheduled)).toMatchObject({ status: 'already-done' })
  await fireAt('2026-02-01T09:25:00Z')
  await fireAt('2026-02-28T09:25:00Z')
  expect(await state()).toEqual(before)
})

test('a month ends in the timezone of the household', async () => {
  const auckland = await newLinkedPlan(user, { timezone: 'Pacific/Auckland' })
  const honolulu = await newLinkedPlan(user, { timezone: 'Pacific/Honolulu' })
  await follow(auckland.path)
  await follow(honolulu.path)
  const months = async ({ path }: { path: string }) => (await monthEndsOf(path)).map(({ monthEnd }: { monthEnd: string }) => monthEnd)
  // 1 February in Auckland, 31 January in Honolulu: there, the last month that has ended is before the plan begins.
  await fireAt('2026-01-31T12:00:00Z')
  expect([await months(auckland), await months(honolulu)]).toEqual([['2026-01-31'], []])
  await fireAt('2026-02-01T09:59:00Z')
  expect(await months(honolulu)).toEqual([])
  await fireAt('2026-02-01T10:01:00Z')
  expect(await months(honolulu)).toEqual(['2026-01-31'])
})

test('a plan that cannot be followed says why, does not stop the others, and is followed once it can be', async () => {
  const broken = await newLinkedPlan(user)
  const whole = await newLinkedPlan(user)
  const mattress = await broken.add('account', 'Mattress', { balance: '5.00' })
  await follow(broken.path)
  await follow(whole.path)
  const before = await planOf(broken.path)
  await fireAt('2026-02-01T08:00:00Z')
  const refused = await monthEndsOf(broken.path)
  expect(refused).toMatchObject([
    {
      monthEnd: '2026-01-31',
      status: 'not_followed',
      reason: 'Mattress: it is linked to no account.',
      runId: null,
      successProbability: null,
    },
  ])
  expect(await monthEndsOf(whole.path)).toMatchObject([{ status: 'followed' }])
  await fireAt('2026-02-01T09:00:00Z')
  expect(await monthEndsOf(broken.path)).toEqual(refused)
  expect((await planOf(broken.path)).version).toBe(before.version)
  await broken.request('DELETE', `${broken.path}/inputs/${mattress.id}`)
  await fireAt('2026-02-01T10:00:00Z')
  expect(await monthEndsOf(broken.path)).toMatchObject([{ id: refused[0].id, status: 'followed', reason: null }])
})

test('a plan that no longer can be simulated keeps its state', async () => {
  const { add, path } = await newLinkedPlan(user)
  await add('contribution', 'Deferral', { account: 'Nowhere', annualAmount: '100.00' })
  await follow(path)
  const before = await planOf(path)
  await fireAt('2026-02-01T08:00:00Z')
  const [found] = await monthEndsOf(path)
  expect(found.status).toBe('not_followed')
  expect(found.reason).toContain('inputs.Deferral.account')
  expect(await planOf(path)).toEqual(before)
})

test('a plan follows only when it is asked to: not by default, not as a branch, not when it is archived', async () => {
  const { path } = await newLinkedPlan(user)
  const archived = await newLinkedPlan(user, { followsAccounts: true })
  await user.request('PATCH', archived.path, { body: { status: 'archived' }, headers: { 'if-match': '*' } })
  await fireAt('2026-02-01T08:00:00Z')
  expect(await monthEndsOf(path)).toEqual([])
  expect(await monthEndsOf(archived.path)).toEqual([])
  await follow(path)
  const { body: branch } = await user.request('POST', `${path}/branches`, { body: { name: 'Scenario' } })
  expect(branch.followsAccounts).toBe(false)
  const { body: restored } = await user.request('POST', `${path}/restorations`, { body: { version: 1 }, headers: { 'if-match': '*' } })
  expect(restored.followsAccounts).toBe(false)
})

test('the history of another household is not there', async () => {
  const { path } = await newLinkedPlan(user)
  const stranger = await platform.newUser()
  expect((await stranger.request('GET', `${path}/month-ends`)).status).toBe(404)
})

test('a plan that is changed while it is simulated is left as the person wants it, and is followed by the next firing', async () => {
  const { path, planId } = await newLinkedPlan(user)
  await follow(path)
  const administrator = platform.database.connect('postgres', 2)
  const locked = Promise.withResolvers<void>()
  const waits = Promise.withResolvers<void>()
  const change = administrator.begin(async transaction => {
    await transaction`select from planning.plans where id = ${planId} for update`
    locked.resolve()
    await waits.promise
    await transaction`update planning.plans set name = 'Changed meanwhile', version = version + 1 where id = ${planId}`
  })
  await locked.promise
  const firing = fireAt('2026-02-01T08:00:00Z').catch((error: Error) => error)
  await expect
    .poll(() => administrator`select from pg_stat_activity where usename = 'nestegg_operator' and wait_event_type = 'Lock'`, {
      timeout: 20_000,
    })
    .toHaveLength(1)
  waits.resolve()
  await change
  expect(await firing).toMatchObject({ name: 'HouseholdsUnfinished' })
  expect(await monthEndsOf(path)).toEqual([])
  expect(await planOf(path)).toMatchObject({ name: 'Changed meanwhile', asOfDate: '2026-01-01' })
  await fireAt('2026-02-01T09:00:00Z')
  expect(await monthEndsOf(path)).toMatchObject([{ status: 'followed' }])
  expect(await planOf(path)).toMatchObject({ name: 'Changed meanwhile', asOfDate: '2026-01-31' })
})

test('a plan too long for a request has as many paths as fit, and its run can be verified', async () => {
  const { path, request } = await newLinkedPlan(user, { monteCarloIterations: 2_000, planningHorizonYears: 50 })
  await follow(path)
  const { run: most } = requestSteps
  Object.assign(requestSteps, { run: 50_000 })
  await fireAt('2026-02-01T08:00:00Z').finally(() => Object.assign(requestSteps, { run: most }))
  const [january] = await monthEndsOf(path)
  expect(january.status).toBe('followed')
  const run = await request('GET', `/v1/planning/runs/${january.runId}`)
  expect(run.pathCount).toBeLessThan(2_000)
  const [stored] = await platform.database.connect('postgres')<{ specification: Specification }[]>`
    select specification from planning.runs where id = ${january.runId}`
  expect(simulatedSteps(stored!.specification)).toBeLessThanOrEqual(50_000)
  expect(simulatedSteps(stored!.specification)).toBeGreaterThan(49_000)
  expect((await planOf(path)).monteCarloIterations).toBe(2_000)
  expect((await request('POST', `/v1/planning/runs/${run.id}/verify`)).matched).toBe(true)
})

test('a household with many plans is followed four plans at a time', async () => {
  const { path, request } = await newLinkedPlan(user)
  const paths = [path]
  for (const name of ['B', 'C', 'D', 'E']) {
    const { id } = await request('POST', `${path}/branches`, { name })
    paths.push(`/v1/planning/plans/${id}`)
  }
  for (const each of paths) await follow(each)
  const followed = async () => (await Promise.all(paths.map(monthEndsOf))).flat().length
  await fireAt('2026-02-01T08:00:00Z')
  expect(await followed()).toBe(4)
  await fireAt('2026-02-01T09:00:00Z')
  expect(await followed()).toBe(5)
})
