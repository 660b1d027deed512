import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sql } from '../../../db/connections.ts'
import { readPlanInput } from '../../../domain/planning/index.ts'
import { assumptions } from '../../support/everything.ts'
import { couple, householdPlan } from '../../support/household.ts'
import { newHousehold, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let administrator: Sql
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  administrator = platform.database.connect('postgres')
  user = await platform.newUser()
})
afterAll(() => platform.close())

const plans = (planId: string) => `/v1/planning/plans/${planId}`
const savingsOf = async (planId: string) =>
  (await user.request('GET', `${plans(planId)}/inputs`)).body.items.find((input: { inputName: string }) => input.inputName === 'Savings')
const store = (planId: string, value: object, version = 1) =>
  administrator`update planning.plan_inputs set input_value = ${administrator.json(value as never)}, schema_version = ${version}
    where plan_id = ${planId} and input_name = 'Savings'`
const run = (planId: string, path = 'runs') => user.request('POST', `${plans(planId)}/${path}`, { body: { iterations: 100 } })

describe('an input that was stored with an older schema', () => {
  test('is read and shown with the new defaults, and simulated to the same bits', async () => {
    const { planId } = await newPlan(user)
    const before = await run(planId)
    await store(planId, { balance: '1000000.00' })
    expect((await savingsOf(planId)).inputValue).toMatchObject({ kind: 'taxable', feeRate: 0 })
    const after = await run(planId)
    expect([after.status, after.body.inputHash, after.body.outputHash]).toEqual([201, before.body.inputHash, before.body.outputHash])
  })

  test('is upgraded from the version that its row names', async () => {
    const { planId } = await newPlan(user)
    await store(planId, { amount: '7.00' })
    const [row] = await administrator`
      select input_type as "inputType", input_name as "inputName", input_value as "inputValue", schema_version as "schemaVersion"
      from planning.plan_inputs where plan_id = ${planId} and input_name = 'Savings'`
    const upgrades = { account: [({ amount }: Readonly<Record<string, unknown>>) => ({ balance: amount, feeRate: 0.002 })] }
    expect(readPlanInput(row as never, upgrades).inputValue).toMatchObject({ balance: '7.00', feeRate: 0.002, kind: 'taxable' })
  })

  test('is named with its field when it can no longer be read, and can be replaced', async () => {
    const { planId } = await newPlan(user)
    await store(planId, { balance: '1.00', colour: 'red' })
    const shown = await savingsOf(planId)
    expect(shown).toMatchObject({ isValid: false, inputValue: { colour: 'red' }, validationErrors: [{ path: 'colour' }] })
    for (const path of ['runs', 'large-runs']) {
      const { body, status } = await run(planId, path)
      expect([status, body.errors[0].path]).toEqual([422, 'inputs.Savings.colour'])
    }
    const value = { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1.00' } }
    expect((await user.request('PUT', `${plans(planId)}/inputs/${shown.id}`, { body: value })).status).toBe(200)
    expect((await run(planId)).status).toBe(201)
  })

  test('of a later release is not read as one of the current schema', async () => {
    const { planId } = await newPlan(user)
    await store(planId, { balance: '1.00' }, 9)
    const { body, status } = await run(planId)
    expect([status, body.errors[0]]).toMatchObject([422, { path: 'inputs.Savings', message: expect.stringContaining('version 9') }])
  })
})

describe('a version of a plan', () => {
  const rewrite = (planId: string, version: number, path: string, value: unknown) =>
    administrator`update planning.plan_versions set state = jsonb_set(state, ${`{${path}}`}, ${administrator.json(value as never)})
      where plan_id = ${planId} and version = ${version}`

  test('keeps the version of each schema, and is read with the current defaults', async () => {
    const { planId } = await newPlan(user)
    const [row] = await administrator`select state from planning.plan_versions where plan_id = ${planId} and version = 3`
    expect(row!['state'].inputs).toMatchObject([{ schemaVersion: 1 }, { schemaVersion: 1 }])
    await rewrite(planId, 3, 'inputs,0,inputValue', { balance: '1000000.00' })
    const { body } = await user.request('GET', `${plans(planId)}/versions/3`)
    expect(body.inputs[0]).toMatchObject({ inputName: 'Savings', inputValue: { kind: 'taxable' } })
    expect(body.inputs[0]).not.toHaveProperty('schemaVersion')
    const { body: compared } = await user.request('GET', `${plans(planId)}/differences?from=2&to=3`)
    expect(compared.differences.map((one: { path: string }) => one.path)).toEqual(['inputs.Living'])
  })

  test('that cannot be read is an error that names the input or the term', async () => {
    const { etag, planId } = await newPlan(user)
    await rewrite(planId, 2, 'inputs,0,inputValue,feeRate', 7)
    const read = await user.request('GET', `${plans(planId)}/versions/2`)
    expect([read.status, read.body.errors[0].path]).toEqual([422, 'inputs.Savings.feeRate'])
    await rewrite(planId, 1, 'plan,planningHorizonYears', 500)
    const restored = await user.request('POST', `${plans(planId)}/restorations`, { body: { version: 1 }, headers: { 'if-match': etag } })
    expect([restored.status, restored.body.errors[0].path]).toEqual([422, 'plan.planningHorizonYears'])
  })
})

describe('a run', () => {
  test('with a specification that cannot be read is an error that names its field', async () => {
    const { planId } = await newPlan(user)
    const { body } = await run(planId)
    const verify = () => user.request('POST', `/v1/planning/runs/${body.id}/verify`)
    expect((await verify()).body.matched).toBe(true)
    await administrator`update planning.runs set specification = jsonb_set(specification, '{years}', '1.5') where id = ${body.id}`
    const broken = await verify()
    expect([broken.status, broken.body.errors[0].path]).toEqual([422, 'specification.years'])
    const explained = await user.request('GET', `/v1/planning/runs/${body.id}/paths/0`)
    expect([explained.status, explained.body.errors[0].path]).toEqual([422, 'specification.years'])
    await administrator`update planning.runs set engine_version = 'abacus-1' where id = ${body.id}`
    expect((await verify()).body.errors[0]).toMatchObject({ path: 'engineVersion', message: expect.stringContaining('abacus-1') })
  })
})

describe('a run of an older engine', () => {
  test('is read without means by year, and has no file of its years', async () => {
    const { body } = await run(await householdPlan(user, couple))
    expect(body.result.yearly.real.taxes.total).toHaveLength(body.result.surviving.length)
    await administrator`update planning.runs set engine_version = 'nestegg-household-5', result = result - 'yearly' where id = ${body.id}`
    const read = await user.request('GET', `/v1/planning/runs/${body.id}`)
    expect([read.status, read.body.isCurrentEngine]).toEqual([200, false])
    expect(read.body.result).not.toHaveProperty('yearly')
    const years = await user.request('GET', `/v1/planning/runs/${body.id}/years.csv`)
    expect([years.status, years.body.detail]).toEqual([409, expect.stringContaining('nestegg-household-5')])
    const path = await user.request('GET', `/v1/planning/runs/${body.id}/paths/0`)
    expect(path.body.engineVersion).toBe(body.engineVersion)
  })
})

describe('assumptions and models', () => {
  test('that cannot be read are named by their field, before anything is simulated', async () => {
    const { plan, planId } = await newPlan(user)
    const change = (sql: string) => administrator.unsafe(sql)
    const figures = `planning.capital_market_assumptions set assumptions = jsonb_set(assumptions, '{inflation,volatility}'`
    await change(`update ${figures}, '"high"') where id = '${plan.cmaId}'`)
    const answers = [await run(planId), await run(planId, 'large-runs')]
    expect(answers.map(({ body, status }) => [status, body.errors[0].path])).toEqual([
      [422, 'assumptions.inflation.volatility'],
      [422, 'assumptions.inflation.volatility'],
    ])
    await change(`update ${figures}, '0.01') where id = '${plan.cmaId}'`)
    await change(`update planning.portfolio_models set asset_allocation = '{"us_bonds": 2}' where id = '${plan.portfolioModelId}'`)
    const model = await run(planId)
    expect([model.status, model.body.errors[0].path]).toEqual([422, 'assetAllocation.us_bonds'])
  })

  const listed = async (path: string, id: string) =>
    (await user.request('GET', `${path}?limit=200`)).body.items.find((item: { id: string }) => item.id === id)
  const anyVersion = { 'if-match': '*' }

  test('a set that cannot be read is listed, renamed and retired; getting it names its field', async () => {
    const householdId = await newHousehold(user)
    const sets = '/v1/planning/assumption-sets'
    const body = { householdId, version: 'unreadable', name: 'Unreadable', effectiveDate: '2026-01-01', assumptions }
    const { id } = (await user.request('POST', sets, { body })).body
    const move = (status: string) => user.request('POST', `${sets}/${id}/transitions`, { body: { status }, headers: anyVersion })
    for (const status of ['in_review', 'approved']) expect((await move(status)).status).toBe(200)
    await administrator`
      update planning.capital_market_assumptions set assumptions = jsonb_set(assumptions, '{inflation,mean}', '"high"') where id = ${id}`
    expect(await listed(sets, id)).toMatchObject({ name: 'Unreadable', status: 'approved' })
    const renamed = await user.request('PATCH', `${sets}/${id}`, { body: { name: 'Old' }, headers: anyVersion })
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Old' } })
    const retired = await move('retired')
    expect(retired).toMatchObject({ status: 200, body: { status: 'retired' } })
    expect(retired.body).not.toHaveProperty('assumptions')
    const read = await user.request('GET', `${sets}/${id}`)
    expect([read.status, read.body.errors[0].path]).toEqual([422, 'assumptions.inflation.mean'])
  })

  test('a model with weights that cannot be read is shown without them, can be closed, and gets new ones', async () => {
    const householdId = await newHousehold(user)
    const readable = { householdId, version: 'readable', name: 'Readable', effectiveDate: '2026-01-01', assumptions }
    const { body: set } = await user.request('POST', '/v1/planning/assumption-sets', { body: readable })
    const models = '/v1/planning/portfolio-models'
    const mine = { householdId, cmaId: set.id, name: 'Mine', riskLevel: 3, assetAllocation: { bonds: 1 } }
    const { expectedReturn, id } = (await user.request('POST', models, { body: mine })).body
    const change = async (body: object) => (await user.request('PATCH', `${models}/${id}`, { body, headers: anyVersion })).body
    await administrator`update planning.portfolio_models set asset_allocation = '{"bonds": "all"}' where id = ${id}`
    expect(await listed(models, id)).toMatchObject({ name: 'Mine', assetAllocation: null })
    expect(await change({ isActive: false })).toMatchObject({ isActive: false, assetAllocation: null, expectedReturn })
    expect(await change({ assetAllocation: { bonds: 1 } })).toMatchObject({ assetAllocation: { bonds: 1 }, expectedReturn })
  })
})
