import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let run: {
  id: string
  result: { bands: { percentiles: number[]; nominal: number[][]; real: number[][] }; success: { probability: number } }
}
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  const { planId } = await newPlan(user, { name: 'Fish & <chips>' })
  run = (await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })).body
})
afterAll(() => platform.close())

test('a run is drawn as an SVG fan chart, its title escaped, the same bytes every time', async () => {
  const chart = await user.request('GET', `/v1/planning/runs/${run.id}/chart.svg`)
  expect(chart.status).toBe(200)
  expect(chart.headers.get('content-type')).toBe('image/svg+xml')
  expect(chart.body).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(chart.body).toContain('Fish &amp; &lt;chips&gt;')
  expect(chart.body).toContain(`${(100 * run.result.success.probability).toFixed(1)} %`)
  expect(chart.body.match(/class="band"/g)).toHaveLength(3)
  expect(chart.body).not.toMatch(/NaN|undefined/)
  expect((await user.request('GET', `/v1/planning/runs/${run.id}/chart.svg`)).body).toBe(chart.body)
  expect((await user.request('GET', `/v1/planning/runs/${run.id}/chart.svg?money=nominal`)).body).not.toBe(chart.body)
})

test('its bands are downloaded as CSV, one row per plan year', async () => {
  const { body, headers } = await user.request('GET', `/v1/planning/runs/${run.id}/bands.csv`)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const [heading, ...rows] = body.trim().split('\n')
  expect(heading.split(',')).toEqual(
    ['plan_year', 'calendar_year', ...[5, 10, 25, 50, 75, 90, 95].flatMap(p => [`nominal_p${p}`])].concat(
      [5, 10, 25, 50, 75, 90, 95].map(p => `real_p${p}`),
    ),
  )
  expect(rows).toHaveLength(31)
  const last = rows.at(-1)!.split(',')
  expect(last.slice(0, 2)).toEqual(['30', '2056'])
  expect(last[2 + 3]).toBe(run.result.bands.nominal[3]![30]!.toFixed(2))
  expect(last[2 + 7 + 3]).toBe(run.result.bands.real[3]![30]!.toFixed(2))
})

test('its years are downloaded as CSV, one row per plan year', async () => {
  const { body, headers, status } = await user.request('GET', `/v1/planning/runs/${run.id}/years.csv`)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const [heading, ...rows] = body.trim().split('\n')
  expect(heading).toBe('plan_year,calendar_year,failed_paths,planned_real_flow,planned_nominal_flow')
  expect(rows).toHaveLength(30)
  expect(rows.at(-1)).toMatch(/^29,2055,/)
})

test('one path is explained year by year, and the figures of each year add up', async () => {
  const { body } = await user.request('GET', `/v1/planning/runs/${run.id}/paths/471`)
  expect(body.years).toHaveLength(30)
  let opening = 1_000_000
  for (const year of body.years) {
    expect(year.opening).toBe(opening)
    expect(year.opening + year.flow + year.growth).toBeCloseTo(year.closing, 4)
    opening = year.closing
  }
  expect((await user.request('GET', `/v1/planning/runs/${run.id}/paths/1000`)).status).toBe(404)
})
