import { describe, expect, test } from 'vitest'
import {
  compilePlan,
  type InputType,
  type PlanInput,
  type PlanTerms,
  readPlanInput,
  retirementYear,
  schemaVersionOf,
} from '../../../domain/planning/index.ts'
import { type BootstrapModel, InvalidSpecError } from '../../../domain/simulation/index.ts'

const terms: PlanTerms = {
  asOfDate: '2026-03-15',
  planningHorizonYears: 6,
  stepsPerYear: 1,
  monteCarloIterations: 100,
  randomSeed: '1',
  flowTiming: 'begin',
}
const returns: BootstrapModel = { kind: 'bootstrap', years: [2000], assets: [{ key: 'a', weight: 1, returns: [0] }], inflation: [0] }
const read = (inputType: InputType, inputName: string, inputValue: object): PlanInput =>
  readPlanInput({ inputType, inputName, inputValue, schemaVersion: schemaVersionOf(inputType) })
const person = (birthDate: string, retirementAge: number, inputName = 'Alex') => read('person', inputName, { birthDate, retirementAge })
const account = (balance: string, inputName = 'Savings') => read('account', inputName, { balance })
const flow = (
  inputType: 'contribution' | 'withdrawal',
  annualAmount: string,
  more: { startYear?: number; endYear?: number; indexedToInflation?: boolean } = {},
) => read(inputType, `${inputType} ${annualAmount}`, { annualAmount, ...more })
const issuesOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof InvalidSpecError) return error.issues
    throw error
  }
  return []
}

test('the first retirement of a couple is the plan’s retirement; a person past their retirement age retires at once', () => {
  expect(retirementYear([person('1981-03-15', 65), person('1970-01-01', 60, 'Bo')], '2026-03-15')).toBe(4)
  expect(retirementYear([person('1950-01-01', 65)], '2026-03-15')).toBe(0)
  expect(retirementYear([account('1')], '2026-03-15')).toBeUndefined()
})

describe('a compiled plan', () => {
  test('saves until retirement and spends from then on', () => {
    const spec = compilePlan(
      terms,
      [person('1963-03-15', 66), account('1000.10'), account('2000.20', 'More'), flow('contribution', '100'), flow('withdrawal', '300.50')],
      returns,
    )
    expect(spec.openingBalance).toBeCloseTo(3000.3, 10)
    expect(spec.realFlows).toEqual([100, 100, 100, -300.5, -300.5, -300.5])
    expect(spec.nominalFlows).toEqual([0, 0, 0, 0, 0, 0])
    expect(spec).toMatchObject({ years: 6, paths: 100, seed: '1', returns })
  })

  test('uses the years of each flow, up to the horizon, and separates the flows that are not indexed', () => {
    const inputs = [
      account('1'),
      flow('contribution', '10', { startYear: 1, endYear: 3 }),
      flow('withdrawal', '7', { startYear: 4, endYear: 50, indexedToInflation: false }),
    ]
    const spec = compilePlan(terms, inputs, returns)
    expect(spec.realFlows).toEqual([0, 10, 10, 0, 0, 0])
    expect(spec.nominalFlows).toEqual([0, 0, 0, 0, -7, -7])
  })

  test('is refused with the name of the faulty input', () => {
    expect(issuesOf(() => compilePlan(terms, [], returns))).toEqual([
      { path: 'inputs', message: expect.stringContaining('nothing to simulate') },
    ])
    expect(issuesOf(() => compilePlan(terms, [account('1'), flow('withdrawal', '5')], returns))[0]?.path).toBe(
      'inputs.withdrawal 5.startYear',
    )
    expect(issuesOf(() => compilePlan(terms, [account('1'), flow('contribution', '5')], returns))[0]?.path).toBe(
      'inputs.contribution 5.endYear',
    )
    expect(issuesOf(() => compilePlan(terms, [account('1'), person('2027-01-01', 65)], returns))[0]?.path).toBe('inputs.Alex.birthDate')
    const early = read('person', 'Sam', { birthDate: '1990-01-01', retirementAge: 65, earlyRetirement: {} })
    const share = read('contribution', 'Deferral', { shareOfIncome: { income: 'Work', share: 0.1 }, endYear: 3 })
    expect(issuesOf(() => compilePlan(terms, [account('1'), share], returns))[0]?.path).toBe('inputs.Deferral.shareOfIncome')
    expect(issuesOf(() => compilePlan(terms, [account('1'), early], returns))[0]?.path).toBe('inputs.Sam.earlyRetirement')
  })
})
