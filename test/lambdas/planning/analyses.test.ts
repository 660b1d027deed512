import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { importDataset } from '../../support/return-dataset.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let planId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  planId = await householdPlan(user, couple)
})
afterAll(() => platform.close())

const post = (path: string, body: unknown) => user.request('POST', `/v1/planning/plans/${planId}/${path}`, { body })
const few = { iterations: 200 }

describe('two scenarios', () => {
  test('are compared path by path on the same random numbers', async () => {
    const { body: branch } = await post('branches', { name: 'Spend more' })
    const inputs = await user.request('GET', `/v1/planning/plans/${branch.id}/inputs`)
    const living = inputs.body.items.find((input: { inputName: string }) => input.inputName === 'Living')
    const more = { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '95000.00' } }
    const same = await post('comparisons', { ...few, otherPlanId: branch.id })
    expect(same.body.success).toMatchObject({ difference: { estimate: 0 }, onlyFirst: 0, onlySecond: 0 })
    expect(same.body.warnings).toEqual([])
    await user.request('PUT', `/v1/planning/plans/${branch.id}/inputs/${living.id}`, { body: more })
    const { body, status } = await post('comparisons', { ...few, otherPlanId: branch.id })
    expect(status).toBe(200)
    expect(body.success.difference.estimate).toBeLessThan(0)
    expect(body.success.onlySecond).toBe(0)
    expect(body.success.difference.lower).toBeLessThan(body.success.difference.estimate)
    expect(body.endingWealthReal.meanDifference.estimate).toBeLessThan(0)
  })
})

test('a comparison warns of different horizons and engines; a historical replay of different horizons is refused', async () => {
  const { planId: portfolio } = await newPlan(user, { planningHorizonYears: 9 })
  const { body, status } = await post('comparisons', { ...few, otherPlanId: portfolio })
  expect(status).toBe(200)
  expect(body.warnings.join(' ')).toContain('The horizons differ: 35 and 9 years.')
  expect(body.warnings.join(' ')).toContain('The engines differ: the first plan is a household, the second one portfolio.')
  const datasetId = await importDataset(platform.database)
  const { planId: shorter } = await newPlan(user, { planningHorizonYears: 5 })
  const replay = { kind: 'historical_replay', datasetId, allocation: { stocks: 1 } }
  const refused = await user.request('POST', `/v1/planning/plans/${portfolio}/comparisons`, {
    body: { ...few, otherPlanId: shorter, returnModel: replay },
  })
  expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'body.otherPlanId'])
})

describe('solutions', () => {
  test('the highest sustainable spending has the requested success rate, and a little more has not', async () => {
    const { body } = await post('solutions', { ...few, solve: 'sustainable_spending', successRate: 0.85 })
    expect(body.found.success).toBeGreaterThanOrEqual(0.85)
    expect(body.found.annualAmount).toBeCloseTo(body.found.multiplier * 80_000, 2)
  })

  test('the earliest retirement and the best claiming ages are found among the candidates', async () => {
    const { body: early } = await post('solutions', { ...few, solve: 'earliest_retirement', successRate: 0.5, people: ['Alex'] })
    expect(early.found.ages).toEqual([{ key: 'Alex', age: 61 + early.found.year }])
    const { body: ages } = await post('solutions', { iterations: 100, solve: 'claiming_ages', stepMonths: 48 })
    expect(ages.found.grid).toHaveLength(9)
    expect(ages.found.best.success).toBe(Math.max(...ages.found.grid.map((one: { success: number }) => one.success)))
  })

  test('the best Roth conversion is found among none, brackets and tiers, and needs a Roth account of the same person', async () => {
    const solve = { iterations: 100, solve: 'roth_conversions', startYear: 4, endYear: 12, taxRateAtEnd: 0.24 }
    const refused = await post('solutions', solve)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'body.solve'])
    expect((await post('solutions', { ...solve, endYear: 4 })).body.errors[0].path).toContain('endYear')
    const roth = { inputType: 'account', inputName: 'Converted', inputValue: { balance: '0.00', kind: 'roth', owner: 'Alex' } }
    const both = await householdPlan(user, [...couple, roth])
    const { body, status } = await user.request('POST', `/v1/planning/plans/${both}/solutions`, { body: solve })
    expect(status).toBe(200)
    expect(body.found.grid).toHaveLength(12)
    expect(body.found.best.success).toBe(Math.max(...body.found.grid.map((one: { success: number }) => one.success)))
  })

  test('required saving finds null when no saving is enough', async () => {
    const { body, status } = await post('solutions', { ...few, solve: 'required_saving', successRate: 0.5 })
    expect(status).toBe(200)
    expect(body.found.annualAmount).toBeGreaterThanOrEqual(0)
    expect(body.definitions.annualAmount).toContain('Further saving per year')
    expect(body.definitions.annualAmount).toContain('on top of the contributions that the plan has')
  })
})

test('a tornado orders inputs by their swing', async () => {
  const { body } = await post('sensitivities', { ...few, inputs: ['spending', 'meanReturn', 'fees'] })
  const swings = body.sensitivities.map((one: { swing: number }) => one.swing)
  expect(swings).toEqual(swings.toSorted((left: number, right: number) => right - left))
  const spending = body.sensitivities.find((one: { input: string }) => one.input === 'spending')
  expect(spending.high.success.difference.estimate).toBeLessThanOrEqual(0)
  expect(spending.low.success.difference.estimate).toBeGreaterThanOrEqual(0)
})

test('two inputs are moved together on request', async () => {
  const heatMap = { rows: 'spending', columns: 'retirementAge' }
  const { body, status } = await post('sensitivities', { iterations: 100, inputs: ['fees'], heatMap })
  expect(status).toBe(200)
  expect(body.heatMap.success.map((row: unknown[]) => row.length)).toEqual([5, 5, 5, 5, 5])
  const twice = await post('sensitivities', { iterations: 100, inputs: ['fees'], heatMap: { rows: 'fees', columns: 'fees' } })
  expect([twice.status, twice.body.errors[0].path]).toEqual([422, 'body.heatMap.columns'])
  const many = await post('sensitivities', { iterations: 2001, heatMap })
  expect([many.status, many.body.errors[0].path]).toEqual([400, 'body.iterations'])
})

describe('stress tests', () => {
  test('an inflation shock hurts, a sequence of the past is read from a dataset', async () => {
    const operator = platform.database.connect('nestegg_operator')
    const [dataset] = await operator<{ id: string }[]>`
      insert into market.return_datasets (name, version, source, series, first_year, last_year, content_hash)
      values ('crash', 1, 'made for this test', '{stocks,bonds,cpi_inflation}', 1929, 1931, ${'1'.repeat(64)}) returning id`
    for (const [series, values] of Object.entries({
      stocks: [-0.3, -0.3, -0.4],
      bonds: [0.02, 0.03, -0.02],
      cpi_inflation: [0.1, 0.1, 0.1],
    })) {
      for (const [index, value] of values.entries()) {
        await operator`insert into market.annual_returns (dataset_id, series, year, value) values (${dataset!.id}, ${series}, ${1929 + index}, ${value})`
      }
    }
    const equities = ['us_large_cap', 'us_small_mid_cap', 'developed_equity', 'emerging_equity']
    const series = { ...Object.fromEntries(equities.map(key => [key, 'stocks'])), us_core_bond: 'bonds', tips: 'bonds' }
    const crash = { kind: 'sequence', name: '1929', datasetId: dataset!.id, fromYear: 1929, years: 3, series }
    const shock = { kind: 'inflation_shock', name: 'Shock', rate: 0.12, years: 5 }
    const { body, status } = await post('stress-tests', { ...few, stresses: [crash, shock, { kind: 'long_life', name: 'Long', age: 100 }] })
    expect(status).toBe(200)
    expect(body.stresses.map((one: { name: string }) => one.name)).toEqual(['1929', 'Shock', 'Long'])
    expect(body.stresses[0].againstPlan.endingWealthReal.meanDifference.upper).toBeLessThan(0)
    const incomplete = await post('stress-tests', { ...few, stresses: [{ ...crash, series: { us_large_cap: 'stocks' } }] })
    expect(incomplete.body.errors[0].path).toMatch(/^body\.stresses\.0\.series\./)
    const foreign = await post('stress-tests', { ...few, stresses: [{ ...crash, series: { ...series, unobtainium: 'stocks' } }] })
    expect(foreign.body.errors[0].path).toBe('body.stresses.0.series.unobtainium')
    const late = await post('stress-tests', { ...few, stresses: [{ ...crash, fromYear: 1931 }] })
    expect(late.body.errors[0].path).toBe('body.stresses.0.fromYear')
  })

  test('an impossible stress is named by its field in the request', async () => {
    const death = (person: string, age: number) => ({ kind: 'early_death', name: 'Death', person, age })
    const faults = async (stresses: unknown[]) => (await post('stress-tests', { ...few, stresses })).body.errors[0].path
    expect(await faults([death('Alex', 80), death('Nobody', 80)])).toBe('body.stresses.1.person')
    expect(await faults([death('Alex', 5)])).toBe('body.stresses.0.age')
    const nobody = await post('solutions', { ...few, solve: 'earliest_retirement', people: ['Nobody'] })
    expect(nobody.body.errors[0].path).toBe('body.people')
  })
})

test('a plan of one portfolio cannot be solved, and the answer has the reason', async () => {
  const { planId: portfolio } = await newPlan(user)
  const answer = await user.request('POST', `/v1/planning/plans/${portfolio}/solutions`, { body: { solve: 'sustainable_spending' } })
  expect(answer.status).toBe(422)
  expect(answer.body.errors[0].path).toBe('inputs')
})
