import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importDataset } from '../../support/return-dataset.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const simulate = (planId: string, body: unknown = {}, by: TestUser = user) =>
  by.request('POST', `/v1/planning/plans/${planId}/runs`, { body })

describe('runs', () => {
  test('the same plan gives the same output hash, with 1, 2 and 7 shards', async () => {
    const { planId } = await newPlan(user)
    const runs = []
    for (const shards of [1, 1, 2, 7]) runs.push(await simulate(planId, { shards }))
    expect(runs.map(run => run.status)).toEqual([201, 201, 201, 201])
    expect(new Set(runs.map(run => run.body.outputHash)).size).toBe(1)
    expect(new Set(runs.map(run => run.body.inputHash)).size).toBe(1)
    expect(runs.map(run => run.body.shardCount)).toEqual([1, 1, 2, 7])
    const otherSeed = await simulate(planId, { randomSeed: '43' })
    expect(otherSeed.body.outputHash).not.toBe(runs[0]!.body.outputHash)
  })

  test('a result has its definitions, and its figures are consistent', async () => {
    const { planId } = await newPlan(user)
    const { body } = await simulate(planId)
    const { bands, definitions, endingWealth, paths, success } = body.result
    expect(paths).toBe(1000)
    expect(success.probability).toBe(success.count / paths)
    expect(success.interval.lower).toBeLessThan(success.probability)
    expect(success.interval.upper).toBeGreaterThan(success.probability)
    expect(Object.keys(definitions).length).toBeGreaterThan(3)
    expect(bands.percentiles).toEqual([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
    for (const band of [...bands.nominal, ...bands.real]) {
      expect(band).toHaveLength(31)
      expect(band[0]).toBe(1_000_000)
    }
    expect(endingWealth.real.mean).toBeLessThan(endingWealth.nominal.mean)
  })

  test('has an interval of success at the plan’s confidence level', async () => {
    const { planId } = await newPlan(user, { confidenceLevel: 0.8 })
    const { body } = await simulate(planId)
    const { interval } = body.result.success
    expect(body.successInterval.level).toBe(0.8)
    expect(body.successInterval.lower).toBeGreaterThan(interval.lower)
    expect(body.successInterval.upper).toBeLessThan(interval.upper)
  })

  test('a stored run is verified by simulating it again, and a changed one is detected', async () => {
    const { planId } = await newPlan(user)
    const { body: run } = await simulate(planId, { shards: 3 })
    const verified = await user.request('POST', `/v1/planning/runs/${run.id}/verify`)
    expect(verified.body).toMatchObject({ matched: true, storedOutputHash: run.outputHash, computedOutputHash: run.outputHash })
    expect((await user.request('GET', `/v1/planning/runs/${run.id}`)).body).toMatchObject({
      lastVerificationMatched: true,
      outputHash: run.outputHash,
    })

    const administrator = platform.database.connect('postgres')
    await administrator`update planning.runs set result = jsonb_set(result, '{success,probability}', '0.999') where id = ${run.id}`
    expect((await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body.matched).toBe(false)
    await administrator`update planning.runs set result = ${administrator.json(run.result)}, specification = jsonb_set(specification, '{openingBalance}', '999999') where id = ${run.id}`
    const forged = await user.request('POST', `/v1/planning/runs/${run.id}/verify`)
    expect(forged.body.matched).toBe(false)
    expect(forged.body.computedInputHash).not.toBe(run.inputHash)
  })

  test('a run does not change when its plan changes', async () => {
    const { etag, planId } = await newPlan(user)
    const { body: run } = await simulate(planId)
    await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { planningHorizonYears: 10 }, headers: { 'if-match': etag } })
    const { body: later } = await simulate(planId)
    expect(later.inputHash).not.toBe(run.inputHash)
    expect((await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body.matched).toBe(true)
    const listed = await user.request('GET', `/v1/planning/plans/${planId}/runs`)
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual([later.id, run.id])
    expect(listed.body.items[1]).toMatchObject({ successProbability: run.result.success.probability, planVersion: 3 })
  })

  test('spending more never raises success; outputs carry the figure with its interval', async () => {
    const { planId } = await newPlan(user)
    const { body: modest } = await simulate(planId)
    const inputs = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
    const living = inputs.body.items.find((input: { inputName: string }) => input.inputName === 'Living')
    const lavish = { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '70000.00', startYear: 0 } }
    await user.request('PUT', `/v1/planning/plans/${planId}/inputs/${living.id}`, { body: lavish })
    const { body: costly } = await simulate(planId)
    expect(costly.result.success.count).toBeLessThan(modest.result.success.count)
    const outputs = await user.request('GET', `/v1/planning/plans/${planId}/outputs`)
    const success = outputs.body.items.find(
      (item: { outputName: string; runId: string }) => item.outputName === 'success_probability' && item.runId === costly.id,
    )
    expect(success.outputValue).toBe(costly.result.success.probability)
    expect(success.confidenceIntervalLower).toBeCloseTo(costly.result.success.interval.lower, 6)
  })

  test('monthly steps give another result than annual ones', async () => {
    const { planId: annual } = await newPlan(user)
    const { planId: monthly } = await newPlan(user, { stepsPerYear: 12 })
    const answers = [await simulate(annual), await simulate(monthly)]
    expect(answers.map(answer => answer.status)).toEqual([201, 201])
    expect(answers[0]!.body.outputHash).not.toBe(answers[1]!.body.outputHash)
  })

  test('a plan without inputs to simulate, or without a needed retirement, is refused naming the missing input', async () => {
    const { planId } = await newPlan(user)
    const inputs = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
    for (const input of inputs.body.items) await user.request('DELETE', `/v1/planning/plans/${planId}/inputs/${input.id}`)
    const empty = await simulate(planId)
    expect(empty.status).toBe(422)
    expect(empty.body.errors).toEqual([{ path: 'inputs', message: expect.stringContaining('nothing to simulate') }])
    const body = { inputType: 'contribution', inputName: 'Saving', inputValue: { annualAmount: '1000' } }
    await user.request('POST', `/v1/planning/plans/${planId}/inputs`, { body })
    const open = await simulate(planId)
    expect(open.body.errors[0].path).toBe('inputs.Saving.endYear')
    expect((await user.request('GET', `/v1/planning/plans/${planId}/runs`)).body.items).toEqual([])
  })
})

describe('bootstrap runs', () => {
  test('draw from an imported dataset, store it, and can be verified', async () => {
    const datasetId = await importDataset(platform.database)
    const { planId } = await newPlan(user)
    const returnModel = { kind: 'bootstrap', datasetId, allocation: { stocks: 0.6, bonds: 0.4 } }
    const { body: run, status } = await simulate(planId, { returnModel })
    expect(status).toBe(201)
    expect(run.provenance).toMatchObject({ datasetId, inflationSeries: 'cpi_inflation' })
    expect((await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body.matched).toBe(true)
    const sharded = await simulate(planId, { returnModel, shards: 7 })
    expect(sharded.body.outputHash).toBe(run.outputHash)
    const dataset = await user.request('GET', `/v1/market/return-datasets/${datasetId}`)
    expect(dataset.body.years).toHaveLength(10)
    expect(dataset.body.returns.stocks[7]).toBe(-0.37)
    const other = await simulate(planId, { returnModel: { ...returnModel, allocation: { stocks: 0.5, gold: 0.5 } } })
    expect(other.status).toBe(422)
    expect(other.body.errors[0].path).toBe('body.returnModel.allocation.gold')
  })
})
