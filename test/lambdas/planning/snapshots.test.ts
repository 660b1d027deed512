import { afterAll, beforeEach, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { overlap } from '../../support/overlap.ts'
import { type Answer, startTestPlatform, type TestUser } from '../../support/platform.ts'

const platform = await startTestPlatform()
const administrator = platform.database.connect('postgres')
const changing = platform.database.connect('postgres')
const user: TestUser = await platform.newUser()
afterAll(() => platform.close())

let planId: string
let version: number
beforeEach(async () => {
  planId = await householdPlan(user, couple)
  version = (await user.request('GET', `/v1/planning/plans/${planId}`)).body.version
})

/** Changes an input and the plan's version while a request has read the plan and waits to read its inputs. */
const changedMeanwhile = async (request: () => Promise<Answer>): Promise<Answer> => {
  const [, answer] = await overlap(
    administrator,
    hold =>
      changing.begin(async sql => {
        await sql`lock table planning.plan_inputs in access exclusive mode`
        await sql`update planning.plans set version = version + 1, name = 'Changed' where id = ${planId}`
        await sql`update planning.plan_inputs set input_value = jsonb_set(input_value, '{annualAmount}', '"300000.00"')
          where plan_id = ${planId} and input_name = 'Living' and superseded_by is null`
        await hold()
      }),
    request,
  )
  return answer
}

const post = (path: string, body: unknown) => user.request('POST', `/v1/planning/plans/${planId}/${path}`, { body })

test.each(['runs', 'large-runs'])('%s read a plan and its inputs in one snapshot', async path => {
  const unchanged = await post(path, { iterations: 100 })
  const run = await changedMeanwhile(() => post(path, { iterations: 100 }))
  // The old state or the new one, but not the old version with the new inputs.
  expect(run.body.planVersion === version).toBe(run.body.inputHash === unchanged.body.inputHash)
})

test.each([
  ['solutions', { solve: 'claiming_ages', iterations: 100, stepMonths: 96 }],
  ['sensitivities', { iterations: 100, inputs: ['spending'] }],
  ['stress-tests', { iterations: 100, stresses: [{ kind: 'inflation_shock', name: 'Shock', rate: 0.1, years: 3 }] }],
])('%s read a plan and its inputs in one snapshot', async (path, body) => {
  const unchanged = await post(path, body)
  expect(unchanged.status).toBe(200)
  expect((await changedMeanwhile(() => post(path, body))).body).toEqual(unchanged.body)
})

test('a comparison reads both plans in one snapshot', async () => {
  const { body: branch } = await post('branches', { name: 'Branch' })
  const body = { iterations: 100, otherPlanId: branch.id }
  const unchanged = await post('comparisons', body)
  expect((await changedMeanwhile(() => post('comparisons', body))).body).toEqual(unchanged.body)
})

test('a branch copies the inputs of the version that it names', async () => {
  const branch = await changedMeanwhile(() => post('branches', { name: 'Branch' }))
  const { body } = await user.request('GET', `/v1/planning/plans/${branch.body.id}/versions/1`)
  expect(body.fromVersion).toBe(version)
  const living = body.inputs.find(({ inputName }: { inputName: string }) => inputName === 'Living')
  expect(living.inputValue.annualAmount).toBe('65000.00')
})
