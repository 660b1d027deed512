import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { importDataset } from '../../support/return-dataset.ts'
import { returnModels } from '../../support/return-models.ts'

let platform: TestPlatform
let user: TestUser
let planId: string
let history: Record<string, unknown>
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  planId = (await newPlan(user, { planningHorizonYears: 6 })).planId
  history = { datasetId: await importDataset(platform.database), allocation: { stocks: 0.6, bonds: 0.4 } }
})
afterAll(() => platform.close())

const simulate = (returnModel: unknown, more = {}) =>
  user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: { returnModel, iterations: 300, ...more } })

/** Only known after the dataset was imported. */
const models = () => returnModels(history)

describe.each(Object.keys(returnModels({})))('%s', kind => {
  test('is simulated with the same bits in any number of shards, and verified from what the run stored', async () => {
    const runs = [await simulate(models()[kind]), await simulate(models()[kind], { shards: 3 })]
    expect(runs.map(run => run.status)).toEqual([201, 201])
    expect(runs[0]!.body.outputHash).toBe(runs[1]!.body.outputHash)
    // Ten years have five start years for a horizon of six years.
    expect(runs[0]!.body.pathCount).toBe(kind === 'historical_replay' ? 5 : 300)
    expect((await user.request('POST', `/v1/planning/runs/${runs[0]!.body.id}/verify`)).body.matched).toBe(true)
  })
})

test('no two models give the same result', async () => {
  const hashes = await Promise.all(Object.values(models()).map(async model => (await simulate(model)).body.outputHash))
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('an impossible model is refused with the name of its field', async () => {
  const path = async (model: unknown) => (await simulate(model)).body.errors[0].path
  expect(await path({ kind: 'student_t', degreesOfFreedom: 2 })).toBe('body.returnModel.degreesOfFreedom')
  expect(await path({ kind: 'block_bootstrap', ...history, blockLengthPeriods: 0 })).toBe('body.returnModel.blockLengthPeriods')
  expect(await path({ ...models()['regime'], becomesCalm: 1.5 })).toBe('body.returnModel.becomesCalm')
  const long = await newPlan(user, { planningHorizonYears: 30 })
  const answer = await user.request('POST', `/v1/planning/plans/${long.planId}/runs`, {
    body: { returnModel: models()['historical_replay'] },
  })
  expect(answer.body.errors[0]).toMatchObject({
    path: 'body.returnModel.datasetId',
    message: expect.stringContaining('at least as many years as the horizon'),
  })
})
