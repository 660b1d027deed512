import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { startTestPlatform } from '../../support/platform.ts'

const platform = await startTestPlatform()
const user = await platform.newUser()
const planId = await householdPlan(user, couple)
afterAll(() => platform.close())

const plan = `/v1/planning/plans/${planId}`

test.each([
  ['solutions', { solve: 'sustainable_spending', iterations: 2000 }],
  ['sensitivities', { iterations: 2000 }],
  ['runs', { iterations: 20_000, shards: 2 }],
])('other requests are answered before %s end', async (path, body) => {
  let isOver = false
  const analysis = user.request('POST', `${plan}/${path}`, { body }).finally(() => (isOver = true))
  const answered: boolean[] = []
  for (let request = 0; request < 3; request += 1) {
    expect((await user.request('GET', plan)).status).toBe(200)
    answered.push(!isOver)
  }
  expect(answered).toEqual([true, true, true])
  expect([200, 201]).toContain((await analysis).status)
})

test('no connection waits in a transaction while an analysis computes', async () => {
  const administrator = platform.database.connect('postgres')
  const progress = { isOver: false }
  const analysis = user
    .request('POST', `${plan}/solutions`, { body: { solve: 'sustainable_spending', iterations: 1000 } })
    .finally(() => (progress.isOver = true))
  const open: number[] = []
  while (!progress.isOver) {
    const rows = await administrator`
      select from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and now() - xact_start > interval '1 second'`
    open.push(rows.length)
    await wait(100)
  }
  expect((await analysis).status).toBe(200)
  expect(Math.max(...open)).toBe(0)
})

test('an analysis that can be too long is refused before it starts, with the number of iterations that fits', async () => {
  const body = { iterations: 5000, solve: 'sustainable_spending' }
  const long = await householdPlan(user, couple, { planningHorizonYears: 60 })
  const send = (iterations: number) => user.request('POST', `/v1/planning/plans/${long}/solutions`, { body: { ...body, iterations } })
  const refused = await send(5000)
  expect(refused).toMatchObject({ status: 422, body: { type: '/problems/analysis-too-large', errors: [{ path: 'body.iterations' }] } })
  const [most] = /\d+/.exec(refused.body.errors[0].message)!
  expect(Number(most)).toBeLessThan(5000)
  expect((await send(Number(most) + 50)).status).toBe(422)
})
