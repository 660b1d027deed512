import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { importAnnualReturns } from '../../db/queries/market/import-returns.ts'
import { parseAnnualReturns } from '../../domain/market/index.ts'
import { newPlan, startTestPlatform, type TestPlatform } from '../support/platform.ts'
import { referenceFolder, referenceMissing } from './simulation-data.ts'

describe.skipIf(referenceMissing)('a plan simulated from the annual returns of 1928 to 2025, over HTTP', () => {
  let platform: TestPlatform
  beforeAll(async () => {
    platform = await startTestPlatform()
  })
  afterAll(() => platform.close())

  test('60/40, 4 %, 30 years succeeds in 90.25 % of 10,000 paths, with any number of shards', async () => {
    const returns = parseAnnualReturns(readFileSync(join(referenceFolder, 'damodaran_annual_returns_1928_2025.csv'), 'utf8'))
    const dataset = { name: 'damodaran', source: 'Damodaran, January 2026', returns }
    const operator = openDatabase(platform.database.connect('nestegg_operator'))
    expect(await operator.transaction(transaction => importAnnualReturns(transaction, dataset))).toMatchObject({ version: 1, isNew: true })

    const user = await platform.newUser()
    const { body } = await user.request('GET', '/v1/market/return-datasets')
    const [{ id: datasetId, firstYear, lastYear }] = body.items
    expect([firstYear, lastYear]).toEqual([1928, 2025])

    const { planId } = await newPlan(user, { monteCarloIterations: 10_000, randomSeed: '20260101', planningHorizonYears: 30 })
    const returnModel = { kind: 'bootstrap', datasetId, allocation: { sp500_total_return: 0.6, tbond_10y_total_return: 0.4 } }
    const runs = []
    for (const shards of [1, 2, 7])
      runs.push(await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: { returnModel, shards } }))
    expect(runs.map(run => run.body.result.success.probability)).toEqual([0.9025, 0.9025, 0.9025])
    expect(new Set(runs.map(run => run.body.outputHash)).size).toBe(1)
    expect((await user.request('POST', `/v1/planning/runs/${runs[0]!.body.id}/verify`)).body.matched).toBe(true)
  })
})
