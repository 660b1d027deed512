import { afterAll, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { newPlan, startTestPlatform } from '../../support/platform.ts'

const platform = await startTestPlatform()
const user = await platform.newUser()
afterAll(() => platform.close())

const runOf = async (planId: string) =>
  (await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: { iterations: 300 } })).body
const portfolio = await runOf((await newPlan(user)).planId)
const household = await runOf(await householdPlan(user, couple))
const ranked = (runId: string, query = '') => user.request('GET', `/v1/planning/runs/${runId}/ranked-paths${query}`)

describe.each([
  ['a portfolio', portfolio],
  ['a household', household],
])('the ranked paths of %s', (_, run) => {
  test('are by default the worst, the best and those of five percentiles between them', async () => {
    const { body, headers, status } = await ranked(run.id)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toMatchObject({ runId: run.id, pathCount: 300, definitions: { rank: expect.stringContaining('the worst path') } })
    expect(body.paths.map(({ percentile, rank }: { percentile: number; rank: number }) => [percentile, rank])).toEqual([
      [0, 1],
      [0.05, 15],
      [0.25, 75],
      [0.5, 150],
      [0.75, 225],
      [0.95, 285],
      [1, 300],
    ])
  })

  test('have the ends that their ledgers show', async () => {
    const { body } = await ranked(run.id, '?percentiles=0,.333333,1.0')
    for (const path of body.paths) {
      const { years } = (await user.request('GET', `/v1/planning/runs/${run.id}/paths/${path.pathIndex}`)).body
      const failed = years.findIndex((year: Record<string, boolean>) => year['paidInFull'] === false || year['succeeding'] === false)
      expect(failed).toBe(path.failureYear ?? -1)
    }
    expect(body.paths.at(-1).endingWealthReal).toBe(run.result.endingWealth.real.maximum)
  })

  test('have one for each rank', async () => {
    const [last] = (await ranked(run.id, '?rank=300')).body.paths
    expect(last).toMatchObject({ percentile: null, rank: 300, endingWealthReal: run.result.endingWealth.real.maximum })
    const both = (await ranked(run.id, '?percentiles=1&rank=1')).body.paths
    expect(both).toMatchObject([
      { ...last, percentile: 1 },
      { percentile: null, rank: 1 },
    ])
    expect(await ranked(run.id, '?rank=301')).toMatchObject({ status: 422, body: { errors: [{ path: 'query.rank' }] } })
  })
})

test.each([
  ['percentiles=0.5,', 'query.percentiles'],
  ['percentiles=1.1', 'query.percentiles'],
  ['percentiles=-0.1', 'query.percentiles'],
  ['percentiles=5e-1', 'query.percentiles'],
  [`percentiles=${Array.from({ length: 21 }, () => '0.5').join(',')}`, 'query.percentiles'],
  ['rank=0', 'query.rank'],
  ['rank=1.5', 'query.rank'],
])('%s is refused at its parameter', async (query, path) => {
  expect(await ranked(portfolio.id, `?${query}`)).toMatchObject({ status: 400, body: { errors: [{ path }] } })
})

test('a run that is too long for a request, of another engine or without a result is refused', async () => {
  const administrator = platform.database.connect('postgres')
  const change = async (set: string) => {
    await administrator.unsafe(`update planning.runs set ${set} where id = '${household.id}'`)
    return ranked(household.id)
  }
  const large = await change(`specification = jsonb_set(specification, '{paths}', '1000000')`)
  expect(large).toMatchObject({ status: 422, body: { type: '/problems/analysis-too-large', errors: [{ path: 'path.runId' }] } })
  const [, most] = /at most (\d+) iterations/.exec(large.body.detail)!
  expect(Number(most)).toBeGreaterThan(100_000)
  expect(await change(`engine_version = 'nestegg-household-5'`)).toMatchObject({
    status: 409,
    body: { type: '/problems/run-without-result' },
  })
  expect((await change(`engine_version = 'other-1'`)).status).toBe(422)
  expect((await change(`status = 'failed', output_hash = null, result = null, computation_time_ms = null`)).body.detail).toContain(
    'This run is failed',
  )
})
