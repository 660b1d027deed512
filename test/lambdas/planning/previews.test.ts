import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { importDataset } from '../../support/return-dataset.ts'
import { join } from '../../support/shared-household.ts'

let platform: TestPlatform
let user: TestUser
let planId: string
let inputs: { readonly id: string; readonly inputName: string; readonly inputType: string; readonly inputValue: object }[]
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  planId = await householdPlan(user, couple)
  inputs = (await user.request('GET', `/v1/planning/plans/${planId}/inputs`)).body.items
})
afterAll(() => platform.close())

const post = (path: string, body: unknown, id = planId) => user.request('POST', `/v1/planning/plans/${id}/${path}`, { body })
const few = { iterations: 300 }
const nothing = { estimate: 0, lower: expect.any(Number), upper: expect.any(Number) }
const named = (name: string) => inputs.find(({ inputName }) => inputName === name)!
const bodyOf = (name: string, value: object = {}) => {
  const { inputName, inputType, inputValue } = named(name)
  return { inputType, inputName, inputValue: { ...inputValue, ...value } }
}
const replaced = (name: string, value: object) => ({ inputId: named(name).id, input: bodyOf(name, value) })

describe('the same random numbers', () => {
  test('without changes, both are the plan, and the figures are those of a run', async () => {
    const { body, status } = await post('previews', few)
    expect(status).toBe(200)
    expect(body.changed).toEqual(body.plan)
    expect(body.difference).toMatchObject({
      success: { difference: nothing, onlyFirst: 0, onlySecond: 0 },
      endingWealthReal: { meanDifference: { estimate: 0, lower: 0, upper: 0 }, medianDifference: nothing },
      warnings: [],
    })
    const { body: run } = await post('runs', few)
    const { samplePaths: _samples, ...result } = run.result
    expect(body.plan).toEqual({ result, successInterval: run.successInterval, warnings: run.warnings })
  })

  test('a change without effect has a difference of exactly 0', async () => {
    const same = { inputs: { replace: [replaced('Brokerage', {}), replaced('Living', {})] }, terms: { planningHorizonYears: 35 } }
    const { body } = await post('previews', { ...few, ...same })
    expect(body.difference.endingWealthReal.meanDifference).toEqual({ estimate: 0, lower: 0, upper: 0 })
    expect(body.changed).toEqual(body.plan)
  })

  test('the figures are those of a branch with the changes, compared with the plan', async () => {
    const boat = { inputType: 'expense', inputName: 'Boat', inputValue: { annualAmount: '6000.00', essential: false } }
    const living = replaced('Living', { annualAmount: '95000.00' })
    const { body, status } = await post('previews', {
      ...few,
      terms: { planningHorizonYears: 30, confidenceLevel: 0.9 },
      inputs: { replace: [living], add: [boat], remove: [named('New roof').id] },
    })
    expect(status).toBe(200)
    const { body: branch } = await post('branches', { name: 'Changed' })
    const path = `/v1/planning/plans/${branch.id}`
    const ofBranch = (await user.request('GET', `${path}/inputs`)).body.items as typeof inputs
    const idOf = (name: string) => ofBranch.find(({ inputName }) => inputName === name)!.id
    await user.request('DELETE', `${path}/inputs/${idOf('New roof')}`)
    await user.request('PUT', `${path}/inputs/${idOf('Living')}`, { body: living.input })
    await user.request('POST', `${path}/inputs`, { body: boat })
    await user.request('PATCH', path, { body: { planningHorizonYears: 30, confidenceLevel: 0.9 }, headers: { 'if-match': '*' } })
    expect(body.difference).toEqual((await post('comparisons', { ...few, otherPlanId: branch.id })).body)
    expect(body.difference.success.difference.estimate).toBeLessThan(0)
    expect(body.difference.warnings.join(' ')).toContain('The horizons differ: 35 and 30 years.')
    const { body: run } = await post('runs', few, branch.id)
    const { samplePaths: _samples, ...result } = run.result
    expect(body.changed).toEqual({ result, successInterval: run.successInterval, warnings: run.warnings })
  })

  test('a plan of one portfolio can be previewed, also as a household', async () => {
    const { planId: portfolio } = await newPlan(user)
    const monthly = await post('previews', { ...few, terms: { stepsPerYear: 12 } }, portfolio)
    expect(monthly.body.changed.result.depletion).toHaveLength(30)
    expect(monthly.body.difference.warnings.join(' ')).toContain('The steps per year differ: 1 and 12.')
    const income = { inputType: 'income', inputName: 'Rent', inputValue: { annualAmount: '20000.00', kind: 'other' } }
    const person = { inputType: 'person', inputName: 'Alex', inputValue: { birthDate: '1970-01-01', retirementAge: 65 } }
    const withdrawal = (await user.request('GET', `/v1/planning/plans/${portfolio}/inputs?inputType=withdrawal`)).body.items[0].id
    const spending = { inputType: 'expense', inputName: 'Spending', inputValue: { annualAmount: '40000.00' } }
    const { body, status } = await post(
      'previews',
      { ...few, inputs: { add: [person, income, spending], remove: [withdrawal] } },
      portfolio,
    )
    expect([status, body.difference.warnings?.length]).toEqual([200, 1])
    expect(body.changed.result.engineVersion).toContain('household')
  })
})

test('a viewer can preview, a stranger finds no plan, and nothing is written', async () => {
  const { householdId } = (await user.request('GET', `/v1/planning/plans/${planId}`)).body
  const [viewer, stranger] = [await platform.newUser(), await platform.newUser()]
  await join(platform, user, householdId, viewer, 'viewer')
  const operator = platform.database.connect('nestegg_operator')
  const counts = () =>
    Promise.all(
      ['plans', 'plan_inputs', 'plan_versions', 'runs'].map(async table => {
        const [row] = await operator`select count(*)::int as rows, max(xmin::text::bigint)::text as newest from planning.${operator(table)}`
        return row
      }),
    )
  const before = await counts()
  const body = { ...few, inputs: { replace: [replaced('Living', { annualAmount: '50000.00' })] } }
  const path = `/v1/planning/plans/${planId}/previews`
  expect((await viewer.request('POST', path, { body })).status).toBe(200)
  expect((await stranger.request('POST', path, { body })).status).toBe(404)
  expect(await counts()).toEqual(before)
})

describe('refusals name the field', () => {
  const missing = '01990000-0000-7000-8000-00000000ffff'
  const account = (inputName: string, value: object = {}) => ({
    inputType: 'account',
    inputName,
    inputValue: { balance: '1.00', ...value },
  })
  const faults = async (body: object, id = planId) => {
    const answer = await post('previews', { ...few, ...body }, id)
    return [answer.status, answer.body.errors?.[0].path]
  }

  test.each<[status: number, path: string, body: () => object]>([
    [400, 'body.inputs.add.0.inputValue.balance', () => ({ inputs: { add: [account('New', { balance: 'much' })] } })],
    [400, 'body.terms.name', () => ({ terms: { name: 'Other' } })],
    [400, 'body.iterations', () => ({ iterations: 10_001 })],
    [409, 'body.inputs.add.0.inputName', () => ({ inputs: { add: [account('Living')] } })],
    [409, 'body.inputs.add.1.inputName', () => ({ inputs: { add: [account('New'), account('New')] } })],
    [
      422,
      'body.inputs.add.1.inputValue.linkedAccountId',
      () => ({
        inputs: { add: [account('A', { linkedAccountId: missing }), account('B', { linkedAccountId: missing })] },
      }),
    ],
    [422, 'body.inputs.remove.0', () => ({ inputs: { remove: [missing] } })],
    [422, 'body.inputs.replace.0.inputId', () => ({ inputs: { replace: [{ inputId: missing, input: account('New') }] } })],
    [422, 'body.inputs.replace.0.inputId', () => ({ inputs: { replace: [replaced('Living', {})], remove: [named('Living').id] } })],
    [422, 'body.inputs.replace.0.input.inputValue.person', () => ({ inputs: { replace: [replaced('Work', { person: 'Nobody' })] } })],
    [
      422,
      'body.inputs.replace.0.input.inputValue.birthDate',
      () => ({ inputs: { replace: [replaced('Alex', { birthDate: '2026-06-01' })] } }),
    ],
    [
      422,
      'body.inputs.add.0.inputValue.allocation.0.weights.unobtainium',
      () => ({
        inputs: { add: [account('New', { allocation: [{ year: 0, weights: { unobtainium: 1 } }] })] },
      }),
    ],
    [422, 'body.terms.cmaId', () => ({ terms: { cmaId: missing } })],
    [422, 'body.terms.portfolioModelId', () => ({ terms: { portfolioModelId: missing } })],
    [422, 'body.terms.stepsPerYear', () => ({ terms: { stepsPerYear: 12 } })],
    // An input that the request leaves as it is needs the removed one.
    [422, 'inputs.Deferral.account', () => ({ inputs: { remove: [named('401(k)').id] } })],
  ])('%i %s', async (status, path, body) => {
    expect(await faults(body())).toEqual([status, path])
  })

  test('another horizon in a historical replay', async () => {
    const { planId: portfolio } = await newPlan(user, { planningHorizonYears: 5 })
    const returnModel = { kind: 'historical_replay', datasetId: await importDataset(platform.database), allocation: { stocks: 1 } }
    expect(await faults({ returnModel, terms: { planningHorizonYears: 4 } }, portfolio)).toEqual([422, 'body.terms.planningHorizonYears'])
    const { body, status } = await post('previews', { returnModel }, portfolio)
    expect([status, body.difference.success.difference.estimate]).toEqual([200, 0])
  })

  test('more inputs than a plan may have', async () => {
    const add = Array.from({ length: 189 }, (_, index) => account(`Account ${index}`))
    expect(await faults({ iterations: 100, inputs: { add } })).toEqual([422, 'body.inputs.add'])
  })
})
