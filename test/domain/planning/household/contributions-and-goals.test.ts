import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec, simulateHousehold } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

const taxed = { tableYear: 2026, state: null, enabled: true } as const

describe('goals', () => {
  const goals = (given: HouseholdSpec['goals'], balance: number): number[] => {
    const spec = household({
      years: 3,
      paths: 10,
      returns: NO_VOLATILITY,
      expenses: [expense({ annualAmount: 10_000 })],
      accounts: [
        account({ openingBalance: balance, openingBasis: balance }),
        account({ key: '529', kind: 'education_529', openingBalance: 5000 }),
      ],
      goals: given,
    })
    return simulateHousehold(spec).goals.map(goal => goal.meanFundedShare!)
  }
  const goal = (key: string, priority: number, amount: number, education = false): HouseholdSpec['goals'][number] => ({
    key,
    priority,
    year: 0,
    amount,
    indexedToInflation: true,
    education,
  })

  test('are paid by priority after spending; the last one in part', () => {
    expect(goals([goal('car', 3, 8000), goal('roof', 1, 20_000), goal('trip', 2, 10_000)], 45_000)).toEqual([
      expect.closeTo(5000 / 8000, 6),
      1,
      1,
    ])
    expect(goals([goal('car', 3, 8000), goal('roof', 1, 20_000)], 5000)).toEqual([0, 0])
  })

  test('for education are paid from the 529 account, whatever their priority', () => {
    expect(goals([goal('college', 9, 10_000, true), goal('roof', 1, 20_000)], 12_000)).toEqual([
      expect.closeTo(0.5, 6),
      expect.closeTo(0.1, 6),
    ])
  })

  test('after the last death do not count as failures', () => {
    const spec = household({
      people: [person({ lifespan: { kind: 'fixed', age: 70 } })],
      goals: [{ ...goal('cruise', 1, 1000), year: 20 }],
    })
    expect(simulateHousehold(spec).goals).toEqual([{ key: 'cruise', year: 20, missed: 0, reached: 0, funded: null, meanFundedShare: null }])
  })
})

describe('contributions', () => {
  const working = (changes: Partial<HouseholdSpec>): HouseholdSpec =>
    household({
      years: 2,
      paths: 1,
      returns: NO_VOLATILITY,
      people: [person({ birthDate: '1990-01-01', retirementAge: 65 })],
      incomes: [income({ annualAmount: 120_000 })],
      expenses: [expense({ annualAmount: 40_000 })],
      accounts: [account(), account({ key: '401k', kind: 'traditional', employerPlan: true })],
      contributions: [
        {
          key: 'deferral',
          account: '401k',
          amount: { kind: 'share_of_income', income: 'salary', share: 0.3 },
          employerMatch: { income: 'salary', rate: 0.5, upToShareOfIncome: 0.06 },
          startYear: 0,
          endYear: null,
          enforceLimits: true,
        },
      ],
      tax: taxed,
      ...changes,
    })

  test('are cut to the legal limit, matched up to a share of pay, and deducted from income', () => {
    const [row] = explainPath(working({}), 0)
    expect(row!.contributions).toBeCloseTo(24_500, 6)
    expect(row!.employerMatch).toBeCloseTo(3600, 6)
    // 120,000 - 24,500 - 16,100 = 79,400: 5,800 up to 50,400 and 22 % of the rest.
    expect(row!.taxes.ordinaryIncome).toBeCloseTo(5800 + 0.22 * 29_000, 2)
    expect(row!.taxes.payroll).toBeCloseTo(0.0765 * 120_000, 2)
  })

  test('are limited to the income after spending and tax', () => {
    const [row] = explainPath(working({ expenses: [expense({ annualAmount: 85_000 })] }), 0)
    expect(row!.contributions).toBeGreaterThan(5000)
    expect(row!.contributions).toBeLessThan(24_500)
    expect(row!.withdrawals).toBe(0)
    const [none] = explainPath(working({ expenses: [expense({ annualAmount: 119_000 })] }), 0)
    expect(none!.contributions).toBe(0)
    expect(none!.employerMatch).toBe(0)
  })

  test('end with the work that pays them', () => {
    const ledger = explainPath(working({ years: 3, people: [person({ birthDate: '1962-01-01', retirementAge: 65 })] }), 0)
    expect(ledger.map(row => row.contributions > 0)).toEqual([true, false, false])
  })
})

describe('a contribution', () => {
  const kinds: HouseholdSpec['accounts'] = [
    account(),
    account({ key: 'ira', kind: 'traditional' }),
    account({ key: 'roth ira', kind: 'roth' }),
    account({ key: 'roth plan', kind: 'roth', employerPlan: true }),
    account({ key: 'hsa', kind: 'hsa' }),
    account({ key: '529', kind: 'education_529' }),
  ]
  const contributing = (
    to: string,
    annualAmount: number,
    more: Partial<HouseholdSpec['contributions'][number]> = {},
    salary = 100_000,
  ): ReturnType<typeof explainPath>[number] =>
    explainPath(
      household({
        years: 1,
        paths: 1,
        returns: NO_VOLATILITY,
        people: [person({ birthDate: '1990-01-01', retirementAge: 65 })],
        incomes: [income({ annualAmount: salary })],
        expenses: [expense({ annualAmount: 20_000 })],
        accounts: kinds,
        contributions: [
          {
            key: 'c',
            account: to,
            amount: { kind: 'fixed', annualAmount, indexedToInflation: false },
            employerMatch: null,
            startYear: 0,
            endYear: null,
            enforceLimits: true,
            ...more,
          },
        ],
        tax: taxed,
      }),
      0,
    )[0]!
  const untaxed = contributing('brokerage', 0).taxes.ordinaryIncome

  // Notice 2025-67 and Rev. Proc. 2025-19: limits of 2026.
  test.each([
    ['an IRA', 'ira', 7500, 7500],
    ['a Roth IRA', 'roth ira', 7500, 0],
    ["an employer's Roth plan", 'roth plan', 24_500, 0],
    ['an HSA', 'hsa', 4400, 4400],
    ['a taxable account', 'brokerage', 30_000, 0],
    ['a 529 plan', '529', 30_000, 0],
  ])('to %s is cut to its limit, and deducted where the law allows', (_, to, limit, deducted) => {
    const row = contributing(to, 30_000)
    expect(row.contributions).toBeCloseTo(limit, 6)
    expect(untaxed - row.taxes.ordinaryIncome).toBeCloseTo(0.22 * deducted, 2)
  })

  test('to a Roth IRA is not allowed with a high income, unless limits are not enforced', () => {
    expect(contributing('roth ira', 7500, {}, 250_000).contributions).toBe(0)
    expect(contributing('roth ira', 7500, { enforceLimits: false }, 250_000).contributions).toBeCloseTo(7500, 6)
    expect(contributing('ira', 9000, { enforceLimits: false }).contributions).toBeCloseTo(9000, 6)
  })

  test('matched into a Roth plan makes the match taxable income', () => {
    const employerMatch = { income: 'salary', rate: 1, upToShareOfIncome: 0.04 }
    const row = contributing('roth plan', 10_000, { employerMatch })
    expect(row.employerMatch).toBeCloseTo(4000, 6)
    expect(row.taxes.ordinaryIncome - untaxed).toBeCloseTo(0.22 * 4000, 2)
    expect(row.accounts.find(({ key }) => key === 'roth plan')!.basis).toBeCloseTo(14_000, 6)
  })
})
