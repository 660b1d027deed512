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
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'body', message: expect.stringContaining('200') }] } })
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
