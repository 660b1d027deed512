import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { validateData } from '../../lambdas/operations/validate-data.ts'
import { makeRouter } from '../../local/router.ts'
import { routes } from '../../lambdas/routes.ts'
import { couple } from '../support/household.ts'
import { type Answer, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { newAccount } from '../lambdas/wealth/wealth-platform.ts'
import { importDataset } from '../support/return-dataset.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const find = makeRouter(routes)
const travelled = new Set<string>()

/** A request that must succeed. Its route is recorded as called. */
const go = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer['body']> => {
  const answer = await user.request(method, `/v1/planning${path}`, { ...(body === undefined ? {} : { body }), headers })
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  const match = find(method, `/v1/planning${path.split('?')[0]}`)
  if ('route' in match) travelled.add(match.route.id)
  return answer.body
}
const anyVersion = { 'if-match': '*' }

const ended = async (runId: string): Promise<Answer['body']> => {
  for (;;) {
    const run = await go('GET', `/runs/${runId}`)
    if (!['queued', 'running'].includes(run.status)) return run
    await delay(20)
  }
}

/** Inputs that the couple of the other tests does not have. With them, the household has every type of input. */
const more = [
  {
    inputType: 'pension',
    inputName: 'Pension',
    inputValue: { annualAmount: '9000.00', person: 'Robin', startYear: 8, survivorShare: 0.5 },
  },
  { inputType: 'expense', inputName: 'Giving', inputValue: { annualAmount: '6000.00', essential: false, charitable: true } },
  { inputType: 'annuity', inputName: 'Annuity', inputValue: { annualAmount: '4000.00', startYear: 10, indexedToInflation: false } },
  { inputType: 'account', inputName: 'Converted', inputValue: { balance: '0.00', kind: 'roth', owner: 'Alex' } },
  { inputType: 'debt', inputName: 'Mortgage', inputValue: { balance: '90000.00', annualRate: 0.04, annualPayment: '12000.00' } },
  { inputType: 'property', inputName: 'Cabin', inputValue: { value: '200000.00', basis: '150000.00', saleYear: 15 } },
  { inputType: 'withdrawal_policy', inputName: 'Order', inputValue: { order: { kind: 'bracket_aware', ordinaryRate: 0.12 } } },
  {
    inputType: 'roth_conversion',
    inputName: 'Conversions',
    inputValue: { amount: { kind: 'fill_bracket', ordinaryRate: 0.12 }, startYear: 4, endYear: 9 },
  },
]

test('a household plans its retirement, from assumptions to plan versus actual, with every route of planning', async () => {
  const [published] = (await go('GET', '/assumption-sets')).items
  const { assumptions } = await go('GET', `/assumption-sets/${published.id}`)
  const { householdId, planId } = await newPlan(user)
  const set = await go('POST', '/assumption-sets', {
    householdId,
    version: '2026',
    name: 'House view',
    effectiveDate: '2026-01-01',
    assumptions,
  })
  await go('PATCH', `/assumption-sets/${set.id}`, { description: 'Survey, as published' }, anyVersion)
  for (const status of ['in_review', 'approved']) await go('POST', `/assumption-sets/${set.id}/transitions`, { status }, anyVersion)
  const [stocks, bonds] = assumptions.assets.map((asset: { key: string }) => asset.key)
  const models = []
  for (let riskLevel = 1; riskLevel <= 10; riskLevel += 1) {
    const mix = riskLevel === 10 ? { [stocks]: 1 } : { [stocks]: riskLevel / 10, [bonds]: 1 - riskLevel / 10 }
    models.push(
      await go('POST', '/portfolio-models', { householdId, cmaId: set.id, name: `Level ${riskLevel}`, riskLevel, assetAllocation: mix }),
    )
  }
  const model = await go('GET', `/portfolio-models/${models[5].id}`)
  expect(model.sharpeRatio).toBeGreaterThan(0)
  await go('PATCH', `/portfolio-models/${model.id}`, { name: 'Six of ten' }, anyVersion)
  expect((await go('GET', '/portfolio-models?limit=100')).items.filter((one: { cmaId: string }) => one.cmaId === set.id)).toHaveLength(10)

  const plan = await go('POST', '/plans', {
    householdId,
    name: 'Together',
    cmaId: set.id,
    portfolioModelId: model.id,
    planningHorizonYears: 35,
    asOfDate: '2026-01-01',
    monteCarloIterations: 300,
    randomSeed: '7',
  })
  for (const input of [...couple, ...more]) {
    const { allocation: _, ...inputValue } = input.inputValue as Record<string, unknown>
    if (input.inputType === 'person') inputValue.earlyRetirement = { fromAge: 62 }
    await go('POST', `/plans/${plan.id}/inputs`, { ...input, inputValue })
  }
  const inputs = (await go('GET', `/plans/${plan.id}/inputs?limit=100`)).items
  const types = new Set(inputs.map((input: { inputType: string }) => input.inputType))
  expect(types.size).toBe(14)
  await go('PATCH', `/plans/${plan.id}`, { tags: ['base'] }, anyVersion)

  const run = await go('POST', `/plans/${plan.id}/runs`, {})
  expect((await go('POST', `/runs/${run.id}/verify`)).matched).toBe(true)
  expect(await go('GET', `/runs/${run.id}/chart.svg`)).toContain('<svg')
  expect((await go('GET', `/runs/${run.id}/bands.csv`)).split('\n').length).toBeGreaterThan(35)
  expect((await go('GET', `/runs/${run.id}/years.csv`)).split('\n')[0]).toContain('taxes_paid')
  const { years } = await go('GET', `/runs/${run.id}/paths/47`)
  expect(years[0]).toMatchObject({ year: 0, calendarYear: 2026 })
  const ranked = await go('GET', `/runs/${run.id}/ranked-paths?percentiles=0,1`)
  expect(ranked.paths).toMatchObject([{ rank: 1 }, { rank: run.pathCount, endingWealthReal: run.result.endingWealth.real.maximum }])
  expect((await go('GET', `/plans/${plan.id}/runs`)).items).toHaveLength(1)
  expect((await go('GET', `/plans/${plan.id}/outputs`)).items.length).toBeGreaterThan(0)

  const branch = await go('POST', `/plans/${plan.id}/branches`, { name: 'Spend less' })
  const living = (await go('GET', `/plans/${branch.id}/inputs?limit=100`)).items.find(
    (input: { inputName: string }) => input.inputName === 'Living',
  )
  const less = { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '50000.00' } }
  await go('PUT', `/plans/${branch.id}/inputs/${living.id}`, less)
  const compared = await go('POST', `/plans/${plan.id}/comparisons`, { otherPlanId: branch.id, iterations: 200 })
  expect(compared.success.difference.lower).toBeLessThanOrEqual(compared.success.difference.upper)
  expect(compared.endingWealthReal.meanDifference.lower).toBeGreaterThan(0)

  const preview = await go('POST', `/plans/${plan.id}/previews`, {
    iterations: 200,
    inputs: { replace: [{ inputId: inputs.find((input: { inputName: string }) => input.inputName === 'Living').id, input: less }] },
  })
  // The same random numbers: what the branch has as a stored plan.
  expect(preview.difference.endingWealthReal.meanDifference).toEqual(compared.endingWealthReal.meanDifference)

  for (const solve of ['sustainable_spending', 'earliest_retirement', 'required_saving'])
    expect((await go('POST', `/plans/${plan.id}/solutions`, { solve, iterations: 100, successRate: 0.8 })).solve).toBe(solve)
  const claiming = { solve: 'claiming_ages', stepMonths: 96, iterations: 100 }
  expect((await go('POST', `/plans/${plan.id}/solutions`, claiming)).found.grid).toHaveLength(4)
  const conversions = { solve: 'roth_conversions', startYear: 4, endYear: 9, iterations: 100 }
  expect((await go('POST', `/plans/${plan.id}/solutions`, conversions)).found.grid).toHaveLength(13)
  const tornado = await go('POST', `/plans/${plan.id}/sensitivities`, {
    iterations: 100,
    inputs: ['spending', 'retirementAge'],
    heatMap: { rows: 'spending', columns: 'meanReturn' },
  })
  expect(tornado.heatMap.success).toHaveLength(5)
  expect(tornado.sensitivities).toHaveLength(2)
  const datasetId = await importDataset(platform.database)
  const stresses = [
    { kind: 'sequence', name: 'Past', datasetId, fromYear: 2001, years: 3, series: { [stocks]: 'stocks', [bonds]: 'bonds' } },
    { kind: 'inflation_shock', name: 'Shock', rate: 0.1, years: 3 },
    { kind: 'early_death', name: 'Early', person: 'Alex', age: 68 },
    { kind: 'long_life', name: 'Long', age: 105 },
  ]
  expect((await go('POST', `/plans/${plan.id}/stress-tests`, { iterations: 100, stresses })).stresses).toHaveLength(4)

  const versions = (await go('GET', `/plans/${plan.id}/versions?limit=100`)).items
  expect((await go('GET', `/plans/${plan.id}/versions/2`)).inputs).toHaveLength(1)
  expect((await go('GET', `/plans/${plan.id}/differences?from=1`)).differences.length).toBeGreaterThan(14)
  await go('DELETE', `/plans/${branch.id}/inputs/${(await go('GET', `/plans/${branch.id}/inputs?limit=1`)).items[0].id}`)
  expect((await go('POST', `/plans/${plan.id}/restorations`, { version: 1 }, anyVersion)).version).toBe(versions[0].version + 1)

  expect((await go('GET', '/plans')).items.length).toBe(3)
  expect((await go('GET', `/plans/${planId}`)).name).toBe('Retire at 65')
  const { id: linked } = await newAccount(user, (await go('GET', `/plans/${planId}`)).householdId, { type: 'savings' })
  await go('POST', `/plans/${planId}/inputs`, {
    inputType: 'account',
    inputName: 'Linked',
    inputValue: { balance: '1.00', linkedAccountId: linked },
  })
  const large = await go('POST', `/plans/${planId}/large-runs`, { iterations: 120_000, shards: 6 })
  expect(await ended(large.id)).toMatchObject({ status: 'succeeded', completedPaths: 120_000 })
  await go('POST', `/runs/${large.id}/cancellations`)
  const verifying = await go('POST', `/runs/${large.id}/large-verifications`)
  expect(await ended(verifying.id)).toMatchObject({ status: 'succeeded', verifiesRunId: large.id })
  expect(await go('GET', `/runs/${large.id}`)).toMatchObject({ lastVerificationMatched: true })
  const balances = [
    { account: 'Savings', balance: '1010000.00' },
    { linkedAccountId: linked, balance: '5.00' },
  ]
  const report = await go('POST', `/runs/${large.id}/plan-versus-actual-reports`, { date: '2026-10-31', balances })
  expect(report.rank).toBeGreaterThan(0)
  expect((await go('GET', `/runs/${large.id}/actual-balances`)).missing).toEqual([
    { inputName: 'Savings', reason: 'it is linked to no account' },
  ])
  expect((await go('GET', `/plans/${planId}/month-ends`)).items).toEqual([])
  const rolledForward = await go('POST', `/plans/${planId}/roll-forwards`, { date: '2026-10-31', balances: balances.slice(1) }, anyVersion)
  expect(rolledForward.asOfDate).toBe('2026-10-31')
  await go('POST', `/assumption-sets/${set.id}/transitions`, { status: 'retired' }, anyVersion)

  const all = routes.filter(route => route.domain === 'planning').map(route => route.id)
  expect([...travelled].toSorted()).toEqual(all.toSorted())
}, 120_000)

test('what the household did has left no row that breaks a rule of the data', async () => {
  const { results } = await validateData(
    {
      location: platform.database.location,
      request: { requestId: '01990000-0000-7000-8000-000000000001', route: 'test' },
      hasTime: () => true,
      progress: () => undefined,
    },
    false,
  )
  expect(results.filter(({ badRows, error }) => badRows > 0 || error !== null)).toEqual([])
})
