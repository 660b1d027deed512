import { describe, expect, test } from 'vitest'
import {
  compilePlan,
  firstRetirement,
  type InputType,
  type PlanInput,
  type PlanTerms,
  readPlanInput,
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
  defaultAllocation: { a: 1 },
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
  const couple = [person('1981-03-15', 65), person('1970-03-15', 60, 'Bo')]
  expect(firstRetirement(couple, '2026-03-15')).toEqual({ year: 4, finalShare: 1 })
  const sameYear = [...couple, person('1971-03-14', 59, 'Cy'), person('1970-01-01', 60, 'Di')]
  expect(firstRetirement(sameYear, '2026-03-15')).toEqual({ year: 4, finalShare: 292 / 365 })
  expect(firstRetirement([person('1950-01-01', 65)], '2026-03-15')).toEqual({ year: 0, finalShare: 1 })
  expect(firstRetirement([person('1960-03-01', 65)], '2024-02-29')).toEqual({ year: 1, finalShare: 1 })
  expect(firstRetirement([account('1')], '2026-03-15')).toBeUndefined()
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

  test('divides the year of retirement by its days: saving before the birthday, spending from it on', () => {
    // 66 on 15 June 2028: 92 of the 365 days from 15 March 2028 on.
    const flows = [flow('contribution', '365'), flow('withdrawal', '730')]
    const divided = compilePlan(terms, [person('1962-06-15', 66), account('1'), ...flows], returns)
    expect(divided.realFlows).toEqual([365, 365, 365 * (92 / 365) - 730 * (1 - 92 / 365), -730, -730, -730])
    const given = [flow('contribution', '365', { endYear: 3 }), flow('withdrawal', '730', { startYear: 2 })]
    const whole = compilePlan(terms, [person('1962-06-15', 66), account('1'), ...given], returns)
    expect(whole.realFlows).toEqual([365, 365, -365, -730, -730, -730])
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

  test('keeps the balance, the weights, the fee and the contributions of each account where they differ', () => {
    const allocation = [{ year: 0, weights: { b: 1 } }]
    const inputs = [
      person('1963-03-15', 66),
      read('account', 'Bonds', { balance: '1000.00', feeRate: 0.01, allocation }),
      account('500.00'),
      read('contribution', 'Saving', { annualAmount: '100.00', account: 'Bonds' }),
      read('contribution', 'Level', { annualAmount: '7.00', account: 'Savings', endYear: 2, indexedToInflation: false }),
      flow('withdrawal', '300'),
    ]
    const none = [0, 0, 0, 0, 0, 0]
    expect(compilePlan(terms, inputs, returns)).toMatchObject({
      openingBalance: 1500,
      realFlows: [0, 0, 0, -300, -300, -300],
      nominalFlows: none,
      accounts: [
        {
          key: 'Bonds',
          openingBalance: 1000,
          feeRate: 0.01,
          allocation,
          realContributions: [100, 100, 100, 0, 0, 0],
          nominalContributions: none,
        },
        {
          key: 'Savings',
          openingBalance: 500,
          feeRate: 0,
          allocation: [{ year: 0, weights: { a: 1 } }],
          realContributions: none,
          nominalContributions: [7, 7, 0, 0, 0, 0],
        },
      ],
    })
  })

  test('is one portfolio where no account differs', () => {
    const accounts = [account('1'), account('2', 'More')]
    expect(compilePlan(terms, accounts, returns)).not.toHaveProperty('accounts')
    // Contributions may name their accounts or not.
    const named = read('contribution', 'Saving', { annualAmount: '100.00', account: 'More', endYear: 1 })
    const spec = compilePlan(terms, [...accounts, named, flow('contribution', '5', { endYear: 1 })], returns)
    expect(spec).not.toHaveProperty('accounts')
    expect(spec.realFlows[0]).toBe(105)
  })

  test('pays a contribution that names no account into the only one', () => {
    const inputs = [read('account', 'Fund', { balance: '1.00', feeRate: 0.01 }), flow('contribution', '5', { endYear: 1 })]
    expect(compilePlan(terms, inputs, returns).accounts?.[0]?.realContributions).toEqual([5, 0, 0, 0, 0, 0])
  })

  test.each<[path: string, message: string, inputs: readonly PlanInput[]]>([
    [
      'inputs.Saving.account',
      'must be the name of an account',
      [account('1'), read('contribution', 'Saving', { annualAmount: '5', account: 'Nowhere', endYear: 1 })],
    ],
    [
      'inputs.contribution 5.account',
      'is required',
      [account('1'), read('account', 'Fund', { balance: '1', feeRate: 0.01 }), flow('contribution', '5', { endYear: 1 })],
    ],
    ['inputs.More.balance', 'together', [account('600000000000.00'), account('600000000000.00', 'More')]],
    [
      'inputs.Second.annualAmount',
      'together',
      ['First', 'Second'].map(name => read('contribution', name, { annualAmount: '600000000000.00', endYear: 1 })),
    ],
    ['inputs.Savings.kind', 'needs a household plan', [read('account', 'Savings', { balance: '1', kind: 'roth' })]],
    [
      'inputs.Savings.rebalancing',
      'needs a household plan',
      [read('account', 'Savings', { balance: '1', rebalancing: { kind: 'never' } })],
    ],
    [
      'inputs.Alex.lifespan',
      'needs a household plan',
      [account('1'), read('person', 'Alex', { birthDate: '1963-03-15', retirementAge: 66, lifespan: { kind: 'life_table' } })],
    ],
    [
      'inputs.Saving.enforceLimits',
      'needs a household plan',
      [account('1'), read('contribution', 'Saving', { annualAmount: '5', enforceLimits: false, endYear: 1 })],
    ],
  ])('is refused at %s: %s', (path, message, inputs) => {
    expect(issuesOf(() => compilePlan(terms, inputs, returns))).toEqual([{ path, message: expect.stringContaining(message) }])
  })
})
