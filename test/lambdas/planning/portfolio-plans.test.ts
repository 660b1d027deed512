import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { householdPlan } from '../../support/household.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { importDataset } from '../../support/return-dataset.ts'

let platform: TestPlatform
let user: TestUser
let datasetId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  datasetId = await importDataset(platform.database)
  user = await platform.newUser()
})
afterAll(() => platform.close())

const person = (more: object = {}) => ({
  inputType: 'person',
  inputName: 'Pat',
  inputValue: { birthDate: '1959-01-15', retirementAge: 65, ...more },
})
const account = (more: object = {}, inputName = 'Savings') => ({
  inputType: 'account',
  inputName,
  inputValue: { balance: '800000.00', ...more },
})
const contribution = (value: object) => ({ inputType: 'contribution', inputName: 'Saving', inputValue: { endYear: 3, ...value } })
const living = { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '40000.00', startYear: 0 } }
const bonds = { allocation: [{ year: 0, weights: { us_core_bond: 1 } }] }

const planOf = (inputs: readonly object[], overrides: Record<string, unknown> = {}) =>
  householdPlan(user, inputs, { planningHorizonYears: 28, ...overrides })
const run = async (planId: string, body: object = { iterations: 1000 }) =>
  user.request('POST', `/v1/planning/plans/${planId}/runs`, { body })
const runOf = async (inputs: readonly object[], overrides: Record<string, unknown> = {}, body?: object) =>
  run(await planOf(inputs, overrides), body)

describe('an account of a portfolio plan', () => {
  test('has its own fee and its own allocation', async () => {
    const answers = []
    for (const more of [{}, { feeRate: 0.01 }, bonds, { feeRate: 0.01, ...bonds }])
      answers.push(await runOf([person(), account(more), living]))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    const [plain, withFee, inBonds, both] = answers.map(({ body }) => body)
    expect(new Set(answers.map(({ body }) => body.inputHash)).size).toBe(4)
    expect(new Set(answers.map(({ body }) => body.outputHash)).size).toBe(4)
    expect(withFee.result.success.count).toBeLessThan(plain.result.success.count)
    expect(plain.result.definitions).not.toHaveProperty('accounts')
    expect(inBonds.result.endingWealth.real.standardDeviation).toBeLessThan(plain.result.endingWealth.real.standardDeviation / 2)
    const meanReturn = (result: typeof plain.result) => result.portfolioReturn.nominal.arithmeticMean
    expect((1 + meanReturn(both.result)) / (1 + meanReturn(inBonds.result))).toBeCloseTo(0.99, 8)
  })

  test('makes runs that can be verified and explained, monthly and in shards', async () => {
    const inputs = [
      person(),
      account({ feeRate: 0.01 }),
      account(bonds, 'Bonds'),
      contribution({ annualAmount: '1.00', account: 'Bonds' }),
      living,
    ]
    const planId = await planOf(inputs, { stepsPerYear: 12 })
    const { body, status } = await run(planId, { iterations: 500, shards: 3 })
    expect(status).toBe(201)
    expect((await user.request('POST', `/v1/planning/runs/${body.id}/verify`)).body.matched).toBe(true)
    const { body: explained } = await user.request('GET', `/v1/planning/runs/${body.id}/paths/7`)
    const [first] = explained.years
    expect(first.accounts.map(({ key }: { key: string }) => key)).toEqual(['Savings', 'Bonds'])
    expect(first.accounts.reduce((total: number, { closing }: { closing: number }) => total + closing, 0)).toBeCloseTo(first.closing, 4)
  })

  test('can hold a series of a dataset that the allocation of the run does not have', async () => {
    const returnModel = { kind: 'bootstrap', datasetId, allocation: { stocks: 1 } }
    const all = await runOf([account({ allocation: [{ year: 0, weights: { bonds: 1 } }] }), living], {}, { returnModel })
    expect(all.status).toBe(201)
    const unknown = await runOf([account({ allocation: [{ year: 0, weights: { gold: 1 } }] }), living], {}, { returnModel })
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'inputs.Savings.allocation.0.weights.gold'])
  })

  test('has weights that are scaled when they are rounded', async () => {
    const weights = { us_large_cap: 0.3333, us_core_bond: 0.3333, tips: 0.3333 }
    expect((await runOf([account({ allocation: [{ year: 0, weights }] }), living])).status).toBe(201)
  })
})

describe('a portfolio plan is refused with the name of the input and the field', () => {
  const socialSecurity = { benefit: { kind: 'pia', monthlyAmount: '3000.00' }, claimingAgeMonths: 800 }
  test.each<[path: string, inputs: readonly object[]]>([
    ['inputs.Pat.socialSecurity', [person({ socialSecurity }), account(), living]],
    ['inputs.Pat.lifespan', [person({ lifespan: { kind: 'fixed', age: 90 } }), account(), living]],
    ['inputs.Pat.sex', [person({ sex: 'male' }), account(), living]],
    ['inputs.Savings.kind', [account({ kind: 'roth' }), living]],
    ['inputs.Savings.owner', [account({ owner: 'Pat' }), living]],
    ['inputs.Savings.dividendYield', [account({ dividendYield: 0.02 }), living]],
    ['inputs.Saving.shareOfIncome', [account(), contribution({ shareOfIncome: { income: 'Job', share: 0.1 } })]],
    [
      'inputs.Saving.employerMatch',
      [account(), contribution({ annualAmount: '1.00', employerMatch: { income: 'Job', rate: 0.5, upToShareOfIncome: 0.06 } })],
    ],
    ['inputs.Saving.enforceLimits', [account(), contribution({ annualAmount: '1.00', enforceLimits: false })]],
    ['inputs.Saving.account', [account(), contribution({ annualAmount: '1.00', account: 'Nowhere' })]],
    ['inputs.More.balance', [account({ balance: '900000000000.00' }), account({ balance: '900000000000.00' }, 'More')]],
    ['inputs.Savings.allocation.1.year', [account({ allocation: [...bonds.allocation, ...bonds.allocation] })]],
    ['inputs.Savings.allocation.0.weights.unobtainium', [account({ allocation: [{ year: 0, weights: { unobtainium: 1 } }] })]],
  ])('%s', async (path, inputs) => {
    const { body, status } = await runOf(inputs)
    expect([status, body.errors.map((error: { path: string }) => error.path)]).toEqual([422, [path]])
  })

  test('and a fault of the return model with the field of the request', async () => {
    const turbulent = { meanReturnShift: -0.1, volatilityFactor: 2 }
    const returnModel = { kind: 'regime', turbulent, becomesTurbulent: 1, becomesCalm: 1 }
    const { body, status } = await runOf([account(), living], { stepsPerYear: 12 }, { returnModel })
    expect([status, body.errors[0].path]).toEqual([422, 'body.returnModel.becomesTurbulent'])
    const history = { kind: 'bootstrap', datasetId, allocation: { stocks: 1 } }
    const monthly = await runOf([account(), living], { stepsPerYear: 12 }, { returnModel: history })
    expect([monthly.status, monthly.body.errors[0].path]).toEqual([422, 'plan.stepsPerYear'])
    const long = await runOf([account(), living], {}, { returnModel: { ...history, kind: 'block_bootstrap', blockLengthPeriods: 50 } })
    expect([long.status, long.body.errors[0].path]).toEqual([422, 'body.returnModel.blockLengthPeriods'])
  })
})

test('a name that another input of the plan has is refused, whatever the types of the two', async () => {
  const planId = await planOf([account({}, 'Cash')])
  const path = `/v1/planning/plans/${planId}/inputs`
  const expected = [409, [{ path: 'body.inputName', message: 'must be unique: an input of the type account has this name' }]]
  const added = await user.request('POST', path, { body: { ...contribution({ annualAmount: '1000.00' }), inputName: 'Cash' } })
  expect([added.status, added.body.errors]).toEqual(expected)
  const other = await user.request('POST', path, { body: account({}, 'Other') })
  const renamed = await user.request('PUT', `${path}/${other.body.id}`, { body: account({}, 'Cash') })
  expect([renamed.status, renamed.body.errors]).toEqual(expected)
  expect((await user.request('PUT', `${path}/${other.body.id}`, { body: account({ feeRate: 0.01 }, 'Other') })).status).toBe(200)
})
