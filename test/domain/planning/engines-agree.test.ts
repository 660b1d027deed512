import { expect, test } from 'vitest'
import {
  compileHousehold,
  compilePlan,
  type InputType,
  readPlanInput,
  schemaVersionOf,
  simulateRun,
} from '../../../domain/planning/index.ts'
import { LOGNORMAL } from '../simulation/specs.ts'

const terms = {
  asOfDate: '2026-01-01',
  planningHorizonYears: 28,
  monteCarloIterations: 2000,
  randomSeed: '20260101',
  defaultAllocation: { stocks: 0.6, bonds: 0.4 },
  latestTaxYear: 2026,
  stepsPerYear: 1,
  flowTiming: 'begin',
} as const

const read = (inputType: InputType, inputName: string, inputValue: object) =>
  readPlanInput({ inputType, inputName, inputValue, schemaVersion: schemaVersionOf(inputType) })

const bonds = [
  { year: 0, weights: { stocks: 0.8, bonds: 0.2 } },
  { year: 15, weights: { bonds: 1 } },
]
const facts = [
  read('person', 'Pat', { birthDate: '1959-01-15', retirementAge: 65 }),
  read('account', 'Fund', { balance: '500000.00', feeRate: 0.01, allocation: bonds }),
  read('account', 'Savings', { balance: '300000.00', feeRate: 0.002 }),
]

test('the two engines agree on a plan without taxes and benefits: accounts, glide paths, fees, withdrawals', () => {
  const portfolio = compilePlan(terms, [...facts, read('withdrawal', 'Living', { annualAmount: '38000.00' })], LOGNORMAL)
  const household = compileHousehold(
    terms,
    [
      ...facts,
      read('expense', 'Living', { annualAmount: '38000.00' }),
      read('tax_settings', 'Taxes', { enabled: false }),
      read('withdrawal_policy', 'Order', { order: { kind: 'proportional' } }),
    ],
    LOGNORMAL,
  )
  const [first, second] = [simulateRun(portfolio), simulateRun(household)]
  expect(first.success.probability).toBeGreaterThan(0.3)
  expect(first.success.probability).toBeLessThan(0.9)
  expect(first.success.count).toBe(second.success.count)
  for (const [index, amount] of first.endingWealth.real.percentiles.entries())
    expect(amount).toBeCloseTo(second.endingWealth.real.percentiles[index]!, 4)
})
