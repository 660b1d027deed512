import { expect, test } from 'vitest'
import {
  assertValidPlan,
  compileHousehold,
  compilePlan,
  type InputType,
  type PlanInput,
  readPlanInput,
  schemaVersionOf,
  type Specification,
  turbulentRegimes,
} from '../../../domain/planning/index.ts'
import { InvalidSpecError, type ReturnModel } from '../../../domain/simulation/index.ts'
import { BOOTSTRAP, LOGNORMAL } from '../simulation/specs.ts'

const terms = {
  asOfDate: '2026-01-01',
  planningHorizonYears: 30,
  monteCarloIterations: 100,
  randomSeed: '1',
  defaultAllocation: { stocks: 0.6, bonds: 0.4 },
  latestTaxYear: 2026,
  stepsPerYear: 1,
  flowTiming: 'begin',
} as const

const read = (inputType: InputType, inputName: string, inputValue: object): PlanInput =>
  readPlanInput({ inputType, inputName, inputValue, schemaVersion: schemaVersionOf(inputType) })

const paths = (specification: Specification, inputs: readonly PlanInput[]): string[] => {
  try {
    assertValidPlan(specification, inputs)
  } catch (error) {
    if (error instanceof InvalidSpecError) return error.issues.map(({ path }) => path)
    throw error
  }
  return []
}

const couple = [
  read('person', 'Alex', { birthDate: '1970-05-01', retirementAge: 65 }),
  read('account', 'Savings', { balance: '1.00' }),
  read('income', 'Work', { annualAmount: '90000.00' }),
]
const householdPaths = (...more: PlanInput[]): string[] => {
  const inputs = [...couple, ...more]
  return paths(compileHousehold(terms, inputs, LOGNORMAL), inputs)
}

test.each<[path: string, input: PlanInput]>([
  [
    'inputs.Deferral.shareOfIncome.income',
    read('contribution', 'Deferral', { account: 'Savings', shareOfIncome: { income: 'Job', share: 0.1 } }),
  ],
  [
    'inputs.Deferral.employerMatch.income',
    read('contribution', 'Deferral', {
      account: 'Savings',
      annualAmount: '1.00',
      employerMatch: { income: 'Job', rate: 0.5, upToShareOfIncome: 0.06 },
    }),
  ],
  ['inputs.Saving.account', read('contribution', 'Saving', { account: 'Nowhere', annualAmount: '1.00' })],
  ['inputs.Other.owner', read('account', 'Other', { balance: '1.00', owner: 'Nobody' })],
  [
    'inputs.Other.allocation.0.weights.gold',
    read('account', 'Other', { balance: '1.00', allocation: [{ year: 0, weights: { gold: 1 } }] }),
  ],
  ['inputs.Home.saleYear', read('property', 'Home', { value: '1.00', basis: '1.00', saleYear: 40 })],
  ['inputs.Order.order.accounts', read('withdrawal_policy', 'Order', { order: { kind: 'custom', accounts: ['Nowhere'] } })],
])('a fault of a household is named at %s', (path, input) => {
  expect(householdPaths(input)).toEqual(expect.arrayContaining([expect.stringContaining(path)]))
})

const turbulence = (meanReturnShift: number, volatilityFactor: number): ReturnModel =>
  turbulentRegimes(LOGNORMAL, { turbulent: { meanReturnShift, volatilityFactor }, becomesTurbulent: 0.2, becomesCalm: 0.5 })
const wild = { ...LOGNORMAL, assets: LOGNORMAL.assets.map(asset => ({ ...asset, meanReturn: -0.5, volatility: 1 })) }
const fields: readonly (readonly [path: string, returns: ReturnModel])[] = [
  [
    'body.returnModel.turbulent.meanReturnShift',
    turbulentRegimes(wild, { turbulent: { meanReturnShift: -0.5, volatilityFactor: 1 }, becomesTurbulent: 0.2, becomesCalm: 0.5 }),
  ],
  [
    'body.returnModel.turbulent.volatilityFactor',
    turbulentRegimes(wild, { turbulent: { meanReturnShift: 0, volatilityFactor: 3 }, becomesTurbulent: 0.2, becomesCalm: 0.5 }),
  ],
  ['body.returnModel.blockLengthPeriods', { ...BOOTSTRAP, kind: 'block_bootstrap', blockLengthPeriods: 50 }],
  ['body.returnModel.datasetId', { ...BOOTSTRAP, inflation: [5, 5, 5, 5, 5, 5, -1] }],
  ['body.returnModel.degreesOfFreedom', { ...LOGNORMAL, kind: 'student_t', degreesOfFreedom: 1 }],
]

test.each(fields)('a fault of the return model is named at %s, in both engines', (path, returns) => {
  const inputs = couple.filter(({ inputType }) => inputType === 'account')
  expect(paths(compilePlan(terms, inputs, returns), inputs)).toContain(path)
  expect(paths(compileHousehold(terms, couple, returns), couple)).toContain(path)
})

test('a plan without a fault is valid', () => {
  expect(householdPaths()).toEqual([])
  expect(paths(compilePlan(terms, couple.slice(0, 2), turbulence(-0.1, 2)), couple.slice(0, 2))).toEqual([])
})
