import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { newPlan, startTestPlatform } from '../../support/platform.ts'

const platform = await startTestPlatform()
const administrator = platform.database.connect('postgres')
const user = await platform.newUser()
afterAll(() => platform.close())

let planId: string
let plan: string
beforeEach(async () => {
  planId = (await newPlan(user)).planId
  plan = `/v1/planning/plans/${planId}`
})

/** Adds inputs without the API. */
const fill = (count: number, note = '') => administrator`
  insert into planning.plan_inputs (household_id, plan_id, input_type, input_name, input_value)
  select household_id, id, 'withdrawal', 'Filled ' || place, jsonb_build_object('annualAmount', '1.00', 'startYear', 0, 'note', ${note}::text)
  from planning.plans, generate_series(1, ${count}::int) as place where id = ${planId}`

const add = (inputName: string, more: object = {}) =>
  user.request('POST', `${plan}/inputs`, {
    body: { inputType: 'withdrawal', inputName, inputValue: { annualAmount: '1.00', startYear: 0, ...more } },
  })

describe('a plan', () => {
  test('has at most 200 inputs', async () => {
    await fill(197)
    expect((await add('The last')).status).toBe(201)
    const refused = await add('Too many')
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'body.inputValue', message: expect.stringContaining('200') }] } })
    expect((await user.request('GET', `${plan}/inputs?limit=1&count=true`)).body.total).toBe(200)
  })

  test('has at most 200,000 bytes with its inputs', async () => {
    await fill(1, 'x'.repeat(200_000))
    const refused = await add('Too large')
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.inputValue', message: expect.stringContaining('200000') }] },
    })
  })

  test('is refused at a field of the request', async () => {
    await fill(1, 'x'.repeat(200_000))
    const refused = await user.request('PATCH', plan, { body: { description: 'longer' }, headers: { 'if-match': '*' } })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'body', message: expect.stringContaining('200000') }] } })
  })

  test('that has more than it may have can become smaller', async () => {
    await fill(250, 'x'.repeat(1_000))
    await administrator`update planning.plan_versions set state = state || jsonb_build_object('padding', repeat('x', 500000),
      'inputs', (select jsonb_agg(place) from generate_series(1, 300) as place)) where plan_id = ${planId}`
    const [input] = (await user.request('GET', `${plan}/inputs`)).body.items
    expect((await user.request('DELETE', `${plan}/inputs/${input.id}`)).status).toBe(204)
    expect((await add('Further')).status).toBe(422)
  })

  test('has at most 2,000 versions', async () => {
    await administrator`update planning.plans set version = 2000 where id = ${planId}`
    const path = { status: 422, body: { errors: [{ path: 'path.planId', message: expect.stringContaining('2000 versions') }] } }
    expect(await add('Another')).toMatchObject(path)
    const [input] = (await user.request('GET', `${plan}/inputs`)).body.items
    expect(await user.request('DELETE', `${plan}/inputs/${input.id}`)).toMatchObject(path)
    expect((await user.request('POST', `${plan}/branches`, { body: { name: 'Branch' } })).status).toBe(201)
  })

  test('is listed with its history, without reading the states', async () => {
    const { body } = await user.request('GET', `${plan}/versions`)
    expect(body.items).toHaveLength(3)
    expect(body.items[0]).not.toHaveProperty('state')
  })
})
