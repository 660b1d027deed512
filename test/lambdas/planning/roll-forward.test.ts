import { afterAll, beforeAll, expect, test } from 'vitest'
import { newAccount } from '../wealth/wealth-platform.ts'
import { newHousehold, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let householdId: string
let SAVINGS: string
let MORTGAGE: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  householdId = await newHousehold(user)
  SAVINGS = (await newAccount(user, householdId, { name: 'Savings', type: 'savings' })).id
  MORTGAGE = (await newAccount(user, householdId, { name: 'Mortgage', type: 'mortgage' })).id
})
afterAll(() => platform.close())

type Item = { id: string; inputName: string; inputValue: Record<string, unknown>; dataSource: string; confidenceScore: number | null }
const inputsOf = async (planId: string): Promise<Item[]> => (await user.request('GET', `/v1/planning/plans/${planId}/inputs`)).body.items

const addInput = (planId: string, body: object) => user.request('POST', `/v1/planning/plans/${planId}/inputs`, { body })
const rollForward = async (planId: string, body: object, etag?: string) => {
  const headers = { 'if-match': etag ?? (await user.request('GET', `/v1/planning/plans/${planId}`)).headers.get('etag')! }
  return user.request('POST', `/v1/planning/plans/${planId}/roll-forwards`, { body, headers })
}

const newLinkedPlan = async () => {
  const { etag, planId } = await newPlan(user, { householdId })
  const savings = (await inputsOf(planId)).find(({ inputName }) => inputName === 'Savings')!
  const linked = { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1000000.00', linkedAccountId: SAVINGS } }
  const { status } = await user.request('PUT', `/v1/planning/plans/${planId}/inputs/${savings.id}`, { body: linked })
  expect(status).toBe(200)
  return { planId, staleTag: etag }
}

test('a plan rolls forward to real balances, keeps its links and its history, and can be run', async () => {
  const { planId } = await newLinkedPlan()
  const { body: before } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  const rolledForward = await rollForward(planId, { date: '2026-09-30', balances: [{ linkedAccountId: SAVINGS, balance: '1100000.00' }] })
  expect(rolledForward.status).toBe(200)
  expect(rolledForward.body).toMatchObject({ asOfDate: '2026-09-30', planningHorizonYears: 30 })
  expect(await inputsOf(planId)).toEqual([
    expect.objectContaining({
      inputName: 'Savings',
      inputValue: expect.objectContaining({ balance: '1100000.00', linkedAccountId: SAVINGS }),
      dataSource: 'imported',
      confidenceScore: 1,
    }),
    expect.objectContaining({ inputName: 'Living', dataSource: 'user_input' }),
  ])
  const { body: versions } = await user.request('GET', `/v1/planning/plans/${planId}/versions`)
  expect(versions.items[0]).toMatchObject({
    change: 'rolled_forward',
    version: rolledForward.body.version,
    fromVersion: rolledForward.body.version - 1,
  })
  const { body: compared } = await user.request('GET', `/v1/planning/plans/${planId}/differences?from=${rolledForward.body.version - 1}`)
  expect(compared.differences.map(({ path }: { path: string }) => path)).toEqual(['plan.asOfDate', 'inputs.Savings'])

  const { body: now } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  expect(now.result.bands.nominal[0][0]).toBe(1_100_000)
  expect(now.result.success.probability).toBeGreaterThan(before.result.success.probability)
  const { body: report, status } = await user.request('POST', `/v1/planning/runs/${before.id}/plan-versus-actual-reports`, {
    body: { date: '2026-09-30', balances: [{ linkedAccountId: SAVINGS, balance: '1100000.00' }] },
  })
  expect(status).toBe(201)
  expect(report.actual).toBe(1_100_000)
  expect(report.rank).toBeGreaterThan(0.5)
})

test('a branch keeps the links, and a restored version has the old balances', async () => {
  const { planId } = await newLinkedPlan()
  const { body: branch } = await user.request('POST', `/v1/planning/plans/${planId}/branches`, { body: { name: 'Scenario' } })
  expect((await rollForward(branch.id, { date: '2026-09-30', balances: [{ linkedAccountId: SAVINGS, balance: '5.00' }] })).status).toBe(200)
  const { body: opened } = await rollForward(planId, { date: '2026-09-30', balances: [{ linkedAccountId: SAVINGS, balance: '7.00' }] })
  const restored = await user.request('POST', `/v1/planning/plans/${planId}/restorations`, {
    body: { version: opened.version - 1 },
    headers: { 'if-match': '*' },
  })
  expect(restored.body.asOfDate).toBe('2026-01-01')
  const savings = (await inputsOf(planId)).find(({ inputName }) => inputName === 'Savings')!
  expect(savings.inputValue).toMatchObject({ balance: '1000000.00', linkedAccountId: SAVINGS })
})

test('an input that was stored before a new default, and does not change, is not replaced', async () => {
  const { planId } = await newLinkedPlan()
  const living = async () => (await inputsOf(planId)).find(({ inputName }) => inputName === 'Living')!
  const before = await living()
  await platform.database.connect('postgres')`update planning.plan_inputs set input_value = input_value - 'indexedToInflation'
    where id = ${before.id}`
  const balances = [{ linkedAccountId: SAVINGS, balance: '7.00' }]
  expect((await rollForward(planId, { date: '2026-09-30', balances })).status).toBe(200)
  expect(await living()).toEqual(before)
  expect((await rollForward(planId, { date: '2026-09-30', balances, priceChange: 0.02 })).status).toBe(200)
  expect((await living()).id).not.toBe(before.id)
})

test('a real account is linked once, so that its balance counts once', async () => {
  const { planId } = await newLinkedPlan()
  const debt = { balance: '10.00', annualRate: 0.05, annualPayment: '1.00' }
  const twin = await addInput(planId, { inputType: 'debt', inputName: 'Mortgage', inputValue: { ...debt, linkedAccountId: SAVINGS } })
  expect(twin.status).toBe(422)
  expect(twin.body.errors).toEqual([
    { path: 'body.inputValue.linkedAccountId', message: 'must be unique: Savings is linked to this account' },
  ])
  const other = await addInput(planId, { inputType: 'debt', inputName: 'Mortgage', inputValue: { ...debt, linkedAccountId: MORTGAGE } })
  expect(other.status).toBe(201)
  const savings = (await inputsOf(planId)).find(({ inputName }) => inputName === 'Savings')!
  const moved = { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1.00', linkedAccountId: MORTGAGE } }
  expect((await user.request('PUT', `/v1/planning/plans/${planId}/inputs/${savings.id}`, { body: moved })).status).toBe(422)
})

test('an impossible roll forward is refused with the name of the field, and changes nothing', async () => {
  const { planId, staleTag } = await newLinkedPlan()
  const balance = { linkedAccountId: SAVINGS, balance: '5.00' }
  const stateOf = async () => [(await user.request('GET', `/v1/planning/plans/${planId}`)).body, await inputsOf(planId)]
  const before = await stateOf()
  const refused = async (body: object) => {
    const { body: problem, status } = await rollForward(planId, body)
    return [status, problem.errors[0].path]
  }
  expect(await refused({ date: '2025-12-31', balances: [balance] })).toEqual([422, 'body.date'])
  expect(await refused({ date: '2150-01-01', balances: [balance] })).toEqual([422, 'body.date'])
  expect(await refused({ date: '2026-02-30', balances: [balance] })).toEqual([400, 'body.date'])
  expect(await refused({ date: '2026-09-30', balances: [{ ...balance, balance: '-5.00' }] })).toEqual([400, 'body.balances.0.balance'])
  const above = { ...balance, balance: '1000000000000.01' }
  expect(await refused({ date: '2026-09-30', balances: [above] })).toEqual([400, 'body.balances.0.balance'])
  expect(await refused({ date: '2026-09-30', balances: [{ ...balance, linkedAccountId: MORTGAGE }] })).toEqual([
    422,
    'body.balances.0.linkedAccountId',
  ])
  expect(await refused({ date: '2026-09-30', balances: [balance, balance] })).toEqual([422, 'body.balances.1.linkedAccountId'])
  expect((await rollForward(planId, { date: '2026-09-30', balances: [balance] }, staleTag)).status).toBe(412)
  expect(await stateOf()).toEqual(before)
  await addInput(planId, { inputType: 'expense', inputName: 'Palace', inputValue: { annualAmount: '600000000000.00' } })
  expect(await refused({ date: '2026-09-30', balances: [balance], priceChange: 1 })).toEqual([422, 'body.priceChange'])
  const { planId: unlinked } = await newPlan(user, { householdId })
  expect((await rollForward(unlinked, { date: '2026-09-30', balances: [balance] })).body.errors[0].path).toBe('body.balances')
})
