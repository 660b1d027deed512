import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let planId: string
let runId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  planId = (await newPlan(user)).planId
  runId = (await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })).body.id
})
afterAll(() => platform.close())

const report = (body: unknown) => user.request('POST', `/v1/planning/runs/${runId}/plan-versus-actual-reports`, { body })

test('real balances are ranked among the run’s paths, and the report is stored', async () => {
  const poor = await report({ date: '2029-01-01', balances: [{ account: 'Savings', balance: '600000.00' }] })
  const rich = await report({ date: '2029-01-01', balances: [{ account: 'Savings', balance: '1500000.00' }] })
  expect([poor.status, rich.status]).toEqual([201, 201])
  expect(poor.body.rank).toBeLessThan(rich.body.rank)
  expect(poor.body.aboveMedian).toBeLessThan(0)
  const { body } = await user.request('GET', `/v1/planning/plans/${planId}/outputs`)
  expect(body.items.filter((output: { outputType: string }) => output.outputType === 'plan_versus_actual')).toHaveLength(2)
})

test('every account of the plan is needed once, and the day must be within the run', async () => {
  const path = async (body: unknown) => (await report(body)).body.errors[0].path
  const savings = { account: 'Savings', balance: '1.00' }
  expect(await path({ date: '2029-01-01', balances: [{ account: 'Elsewhere', balance: '1.00' }] })).toBe('body.balances.0.account')
  expect(await path({ date: '2029-01-01', balances: [savings, savings] })).toBe('body.balances.1.account')
  expect(await path({ date: '2025-01-01', balances: [savings] })).toBe('date')
  expect(await path({ date: '2029-01-01', balances: [] })).toBe('body.balances')
})

test('the accounts are those of the run, whatever the plan has now', async () => {
  const plan = `/v1/planning/plans/${planId}`
  const { body: listed } = await user.request('GET', `${plan}/inputs`)
  const savings = listed.items.find(({ inputName }: { inputName: string }) => inputName === 'Savings')
  const account = (inputName: string) => ({ inputType: 'account', inputName, inputValue: { balance: '0.10' } })
  await user.request('PUT', `${plan}/inputs/${savings.id}`, { body: account('Renamed') })
  await user.request('POST', `${plan}/inputs`, { body: account('New') })
  const balances = (...names: string[]) => names.map(name => ({ account: name, balance: '0.10' }))
  expect((await report({ date: '2029-01-01', balances: balances('Savings') })).status).toBe(201)
  const refused = await report({ date: '2029-01-01', balances: balances('Savings', 'New') })
  expect(refused.body.errors[0].path).toBe('body.balances.1.account')

  runId = (await user.request('POST', `${plan}/runs`, { body: {} })).body.id
  expect((await report({ date: '2029-01-01', balances: balances('Savings') })).status).toBe(422)
  const incomplete = await report({ date: '2029-01-01', balances: balances('Renamed') })
  const missing = { path: 'body.balances', message: 'leaves out New: it is linked to no account' }
  expect(incomplete).toMatchObject({ status: 422, body: { errors: [missing] } })
  // The sum of balances is exact.
  const both = [
    { account: 'Renamed', balance: '0.10' },
    { account: 'New', balance: '0.20' },
  ]
  expect((await report({ date: '2029-01-01', balances: both })).body.actual).toBe(0.3)
})

test('a report on the first anniversary expects the balances of the first year end', async () => {
  const { result } = (await user.request('GET', `/v1/planning/runs/${runId}`)).body
  const balances = [
    { account: 'Renamed', balance: '1.00' },
    { account: 'New', balance: '1.00' },
  ]
  const { body } = await report({ date: '2027-01-01', balances })
  expect(body.elapsedYears).toBe(1)
  expect(body.expected.map(({ balance }: { balance: number }) => balance)).toEqual(result.bands.nominal.map((band: number[]) => band[1]))
})
