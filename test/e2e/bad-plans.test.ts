import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../support/household.ts'
import { newHousehold, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

type Input = (typeof couple)[number]
const named = (name: string, change: object): object[] =>
  couple.map((input: Input) => (input.inputName === name ? { ...input, inputValue: { ...input.inputValue, ...change } } : input))
const without = (...types: string[]) => couple.filter(input => !types.includes(input.inputType))
const added = (inputType: string, inputName: string, inputValue: object): object[] => [...couple, { inputType, inputName, inputValue }]

const plans = (planId: string) => `/v1/planning/plans/${planId}`
const run = (planId: string, body: object = { iterations: 100 }) => user.request('POST', `${plans(planId)}/runs`, { body })
const tell = (planId: string, inputType: string, inputName: string, inputValue: object) =>
  user.request('POST', `${plans(planId)}/inputs`, { body: { inputType, inputName, inputValue } })

/** Number of stored rows of all plans. */
const stored = async () => {
  const [row] = await platform.database.connect('postgres')`
    select (select count(*)::integer from planning.plans) as plans, (select count(*)::integer from planning.plan_inputs) as inputs,
      (select count(*)::integer from planning.plan_versions) as versions, (select count(*)::integer from planning.runs) as runs,
      (select count(*)::integer from planning.run_shards) as shards, (select count(*)::integer from planning.plan_outputs) as outputs`
  return row
}

describe('an impossible household is refused when an input is sent or when it is run; the field is named and no run is stored', () => {
  test.each<[name: string, inputs: readonly object[], path: string, overrides?: object]>([
    ['without people', without('person', 'income', 'contribution', 'account'), 'inputs'],
    ['without accounts', without('account', 'contribution'), 'inputs'],
    ['with a horizon past the age of 120', couple, 'planningHorizonYears', { planningHorizonYears: 70 }],
    ['with an unknown owner', named('Brokerage', { owner: 'Nobody' }), 'inputs.Brokerage.owner'],
    ['with an income of an unknown person', named('Work', { person: 'Nobody' }), 'inputs.Work.person'],
    ['with a goal after the horizon', named('New roof', { year: 60 }), 'inputs.New roof.year'],
    [
      'with a spending rule that follows an asset class of no account',
      named('Guardrails', { rule: { kind: 'cape_based', startingCape: 30, asset: 'unobtainium', steadyReturnReal: 0.05 } }),
      'inputs.Guardrails.rule.asset',
    ],
    ['with two spending policies', added('spending_policy', 'Second', { rule: { kind: 'constant_real' } }), 'inputs.Second'],
    ['with a withdrawal', added('withdrawal', 'Cash', { annualAmount: '1.00' }), 'inputs.Cash'],
    ['with a contribution to no account', added('contribution', 'Lost', { annualAmount: '1.00' }), 'inputs.Lost.account'],
    [
      'with an asset class that the assumptions do not have',
      added('account', 'Odd', { balance: '1.00', allocation: [{ year: 0, weights: { unobtainium: 1 } }] }),
      'inputs.Odd.allocation',
    ],
  ])('%s', async (_, inputs, path, overrides = {}) => {
    const planId = await householdPlan(user, inputs, overrides as Record<string, unknown>)
    const before = await stored()
    const { body, status } = await run(planId)
    expect([status, body.errors?.map((error: { path: string }) => error.path)]).toEqual([
      422,
      expect.arrayContaining([expect.stringContaining(path)]),
    ])
    const large = await user.request('POST', `${plans(planId)}/large-runs`, { body: { iterations: 1000 } })
    expect([large.status, large.body.errors?.[0].path]).toEqual([422, body.errors[0].path])
    const solution = await user.request('POST', `${plans(planId)}/solutions`, { body: { solve: 'sustainable_spending', iterations: 100 } })
    expect(solution.status).toBe(422)
    expect(await stored()).toEqual(before)
  })
})

describe('an input that is not valid is refused at once, and not stored', () => {
  test.each<[name: string, type: string, value: object, status: number, path: string]>([
    ['a person born in the future', 'person', { birthDate: '2030-01-01', retirementAge: 65 }, 422, 'birthDate'],
    ['a person born on the 30th of February', 'person', { birthDate: '1980-02-30', retirementAge: 65 }, 400, 'birthDate'],
    ['retirement before birth', 'person', { birthDate: '1980-02-03', retirementAge: -1 }, 400, 'retirementAge'],
    [
      'a claim before 62',
      'person',
      {
        birthDate: '1980-02-03',
        retirementAge: 65,
        socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '1.00' }, claimingAgeMonths: 743 },
      },
      400,
      'socialSecurity.claimingAgeMonths',
    ],
    ['weights beyond 1', 'account', { balance: '1.00', allocation: [{ year: 0, weights: { us_large_cap: 1.2 } }] }, 400, 'allocation'],
    [
      'weights that add up to more than 1',
      'account',
      { balance: '1.00', allocation: [{ year: 0, weights: { us_large_cap: 0.7, tips: 0.7 } }] },
      400,
      'allocation',
    ],
    ['no weights', 'account', { balance: '1.00', allocation: [{ year: 0, weights: {} }] }, 400, 'allocation'],
    ['a negative balance', 'account', { balance: '-1.00' }, 400, 'balance'],
    ['a balance as a number', 'account', { balance: 1e308 }, 400, 'balance'],
    ['a fee beyond 1', 'account', { balance: '1.00', feeRate: 1.5 }, 400, 'feeRate'],
    ['a negative debt', 'debt', { balance: '-1.00', annualRate: 0.05, annualPayment: '1.00' }, 400, 'balance'],
    ['a match of nothing', 'contribution', { annualAmount: '1.00', shareOfIncome: { income: 'Work', share: 0.1 } }, 400, 'annualAmount'],
    [
      'a conversion that ends before it starts',
      'roth_conversion',
      { amount: { kind: 'fixed', annualAmount: '1.00' }, startYear: 5, endYear: 4 },
      400,
      'endYear',
    ],
    ['a state without a table', 'tax_settings', { state: 'ZZ' }, 400, 'state'],
    ['tax tables of another century', 'tax_settings', { tableYear: 1999 }, 400, 'tableYear'],
    ['a balance beyond all money', 'account', { balance: '1000000000000.01' }, 400, 'balance'],
    ['a rule that does not exist', 'spending_policy', { rule: { kind: 'yolo' } }, 400, 'rule.kind'],
    ['a field that only the server sets', 'account', { balance: '1.00', id: '01990000-0000-7000-8000-000000000001' }, 400, 'id'],
  ])('%s', async (_, type, value, status, path) => {
    const { planId } = await newPlan(user)
    const before = await stored()
    const answer = await tell(planId, type, 'It', value)
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([status, expect.stringContaining(`body.inputValue.${path}`)])
    expect(await stored()).toEqual(before)
  })

  test('more paths than a household can have', async () => {
    const planId = await householdPlan(user, couple)
    for (const [runs, iterations] of [
      ['runs', 100_001],
      ['large-runs', 1_000_001],
    ]) {
      const { body, status } = await user.request('POST', `${plans(planId)}/${runs}`, { body: { iterations } })
      expect([status, body.errors?.[0].path]).toEqual([400, 'body.iterations'])
    }
  })

  test('the same name twice', async () => {
    const { planId } = await newPlan(user)
    expect((await tell(planId, 'account', 'Savings', { balance: '1.00' })).status).toBe(409)
  })
})

test('the parent of a plan cannot be changed, so that no cycle can be made', async () => {
  const { etag, planId } = await newPlan(user)
  const { body: branch } = await user.request('POST', `${plans(planId)}/branches`, { body: { name: 'Branch' } })
  const answer = await user.request('PATCH', plans(planId), { body: { parentPlanId: branch.id }, headers: { 'if-match': etag } })
  expect([answer.status, answer.body.errors?.[0].path]).toEqual([400, 'body.parentPlanId'])
  const cycle = platform.database.connect('nestegg_write')
  await expect(cycle`update planning.plans set parent_plan_id = id where id = ${planId}`).resolves.toHaveLength(0)
})

test('a plan cannot be simulated with an assumption set that is not approved', async () => {
  const { body: published } = await user.request('GET', '/v1/planning/assumption-sets')
  const { assumptions, name } = (await user.request('GET', `/v1/planning/assumption-sets/${published.items[0].id}`)).body
  const householdId = await newHousehold(user)
  const draft = await user.request('POST', '/v1/planning/assumption-sets', {
    body: { householdId, version: 'own', name: `${name}, own version`, assumptions, effectiveDate: '2026-01-01' },
  })
  expect(draft.status).toBe(201)
  const { planId } = await newPlan(user, { householdId, cmaId: draft.body.id })
  const before = await stored()
  const answer = await run(planId)
  expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'plan.cmaId'])
  expect((await user.request('POST', `${plans(planId)}/large-runs`, { body: {} })).status).toBe(422)
  expect(await stored()).toEqual(before)
})
