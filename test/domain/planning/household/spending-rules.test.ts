import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec, simulateHousehold } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person, THREE_ASSETS } from './households.ts'

const ruled = (rule: HouseholdSpec['spending']['rule'], changes: Partial<HouseholdSpec> = {}): HouseholdSpec =>
  household({ years: 10, spending: { rule, byAge: [] }, expenses: [expense({ annualAmount: 20_000 })], ...changes })

describe('a rule that draws a share of the accounts', () => {
  test('spends the draw in addition to other income, and at least the essential amount', () => {
    const incomes = [income({ key: 'pension', kind: 'pension', annualAmount: 5000 })]
    const [first] = explainPath(ruled({ kind: 'fixed_percent', rate: 0.04 }, { incomes }), 0)
    expect(first!.spendingPaid).toBeCloseTo(45_000, 6)
    const needs = ruled({ kind: 'fixed_percent', rate: 0.04 }, { incomes, expenses: [expense({ annualAmount: 60_000 })] })
    const [needy] = explainPath(needs, 0)
    expect(needy!.spendingPaid).toBeCloseTo(60_000, 6)
    expect(needy!.reasons).toEqual(['balanceShare', 'essential'])
  })

  test('VPW pays the annuity of the years left', () => {
    // 60 % stocks at 5 % and 40 % bonds at 1.9 %: 3.76 %; from 64 to 99, 36 payments.
    const [first] = explainPath(ruled({ kind: 'vpw', stockShare: 0.6, lastAge: 99 }), 0)
    let annuity = 0
    for (let k = 0; k < 36; k++) annuity += 1.0376 ** -k
    expect(first!.spendingPaid).toBeCloseTo(1_000_000 / annuity, 4)
    expect(first!.reasons).toEqual(['yearsLeft'])
  })

  test('VPW pays the published percentages of 60/40, 35 payments from 65 on and five from 95', () => {
    for (const [born, percent] of [
      [1961, 5.0],
      [1931, 21.5],
    ] as const) {
      const people = [person({ birthDate: `${born}-01-01`, lifespan: { kind: 'fixed', age: 99 } })]
      const [first] = explainPath(ruled({ kind: 'vpw', stockShare: 0.6, lastAge: 99 }, { people, years: 1 }), 0)
      expect(Math.round(first!.spendingPaid / 1000) / 10).toBe(percent)
    }
  })

  test('the RMD rule divides by the life expectancy of the age', () => {
    const people = [person({ birthDate: '1951-01-01' })]
    const [first] = explainPath(ruled({ kind: 'rmd' }, { people }), 0)
    expect(first!.spendingPaid).toBeCloseTo(1_000_000 / 24.6, 4)
  })

  test('the 95 % rule keeps that share of the last draw after a loss', () => {
    const ledger = explainPath(ruled({ kind: 'ninety_five_percent', rate: 0.04 }, { returns: crash }), 0)
    expect(ledger[1]!.spendingPaid).toBeCloseTo(38_000, 6)
    expect(ledger[1]!.reasons).toEqual(['keptShare'])
  })

  test('1/N spends the accounts over the years left, to the end of the plan or to an age', () => {
    const calm = explainPath(ruled({ kind: 'one_over_n' }, { returns: NO_VOLATILITY }), 0)
    expect(calm[0]!.spendingPaid).toBeCloseTo(100_000, 6)
    expect(calm[9]!.closing).toBeCloseTo(0, 2)
    const [first] = explainPath(ruled({ kind: 'one_over_n', lastAge: 88 }), 0)
    expect(first!.spendingPaid).toBeCloseTo(1_000_000 / 25, 6)
    expect(first!.reasons).toEqual(['yearsLeft'])
  })

  test("Hebeler's autopilot blends the last draw with the required distribution of the age", () => {
    const people = [person({ birthDate: '1951-01-01' })]
    const ledger = explainPath(ruled({ kind: 'hebeler_autopilot', lastYearShare: 0.75 }, { people, returns: crash }), 0)
    const first = 1_000_000 / 24.6
    expect(ledger[0]!.spendingPaid).toBeCloseTo(first, 4)
    expect(ledger[1]!.spendingPaid).toBeCloseTo(0.75 * first + (0.25 * 0.7 * (1_000_000 - first)) / 23.7, 4)
    expect(ledger[1]!.reasons).toEqual(['blend'])
  })

  test('the CAPE-based rule uses a CAPE that changes with the real return of stocks above their steady return', () => {
    const rule = {
      kind: 'cape_based',
      baseRate: 0.0175,
      yieldShare: 0.5,
      startingCape: 25,
      asset: 'stocks',
      steadyReturnReal: 0.05,
    } as const
    const openingReturns = { assets: { stocks: [0.26, 0.05], bonds: [0, 0] }, inflation: [0.2, 0] }
    const ledger = explainPath(ruled(rule, { returns: NO_VOLATILITY, openingReturns }), 0)
    const rates = ledger.slice(0, 3).map(row => row.spendingPaid / row.opening)
    expect(rates).toEqual([0.0375, 0.0375, 0.0375].map(rate => expect.closeTo(rate, 9)))
    const dearer = { ...openingReturns, assets: { ...openingReturns.assets, stocks: [0.26 * 2 + 1, 0.05] } }
    const [, second] = explainPath(ruled(rule, { returns: NO_VOLATILITY, openingReturns: dearer }), 0)
    expect(second!.spendingPaid / second!.opening).toBeCloseTo(0.0175 + 0.5 / (25 * (2.52 / 1.26)), 9)
    expect(second!.reasons).toEqual(['earningsYield'])
  })

  test('the CAPE also changes before retirement', () => {
    const rule = { kind: 'cape_based', baseRate: 0, yieldShare: 1, startingCape: 20, asset: 'stocks', steadyReturnReal: 0 } as const
    const people = [person({ birthDate: '1961-03-10', retirementAge: 66 })]
    const openingReturns = { assets: { stocks: [1, 0], bonds: [0, 0] }, inflation: [0, 0] }
    const ledger = explainPath(ruled(rule, { returns: NO_VOLATILITY, openingReturns, people }), 0)
    expect(ledger[2]!.spendingPaid / ledger[2]!.opening).toBeCloseTo(1 / 40, 9)
  })

  test('floor and ceiling keep the draw within a band', () => {
    const ledger = explainPath(ruled({ kind: 'floor_ceiling', rate: 0.04, floor: 0.1, ceiling: 0.1 }, { returns: crash }), 0)
    expect(ledger[1]!.spendingPaid).toBeCloseTo(36_000, 6)
    expect(ledger[1]!.reasons).toEqual(['floor'])
  })
})

test('the band of a floor and a ceiling can be around the last draw', () => {
  const rule = { kind: 'floor_ceiling', rate: 0.04, floor: 0.025, ceiling: 0.05, bandAround: 'last_year' } as const
  const ledger = explainPath(ruled(rule, { returns: crash }), 0)
  expect(ledger[1]!.spendingPaid).toBeCloseTo(40_000 * 0.975, 6)
  expect(ledger[2]!.spendingPaid).toBeCloseTo(40_000 * 0.975 ** 2, 6)
})

/** The same every year: everything loses 30 %, without inflation. */
const crash: HouseholdSpec['returns'] = {
  kind: 'bootstrap',
  years: [2008],
  assets: [
    { key: 'stocks', weight: 0.5, returns: [-0.3] },
    { key: 'bonds', weight: 0.5, returns: [-0.3] },
  ],
  inflation: [0],
}

describe('Guyton-Klinger in a household', () => {
  const rule = { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 2 } as const

  test('cuts the discretionary part after losses, with the reason, and never the essential part', () => {
    const expenses = [expense({ annualAmount: 30_000 }), expense({ key: 'fun', annualAmount: 20_000, essential: false })]
    const ledger = explainPath(ruled(rule, { expenses, returns: crash, years: 8 }), 0)
    expect(ledger.slice(0, 4).map(row => Math.round(row.spendingPaid))).toEqual([50_000, 45_000, 40_500, 36_450])
    expect(ledger[1]!.reasons).toEqual(['inflationSkipped', 'capitalPreservation'])
    expect(ledger[1]!.spendingChangeReal).toBeCloseTo(-0.1, 9)
    expect(ledger[5]!.spendingPaid).toBeCloseTo(30_000, 6)
    expect(ledger[5]!.reasons).toContain('essential')
  })

  // The cases of cFIREsim's open tests: 40,000 of a million, no skipped raise after a loss, 30 years.
  test.each([
    [900_000, 0.1, 44_000],
    [800_000, 0.1, 39_600],
    [1_200_000, 0.1, 44_000],
    [1_300_000, 0.05, 46_200],
  ])('without freezing, at a balance of %d after inflation of %d', (balance, inflation, expected) => {
    const spec = ruled(
      { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15, freezeAfterLoss: false },
      {
        years: 30,
        returns: NO_VOLATILITY,
        expenses: [expense({ annualAmount: 40_000, essential: false })],
        openingReturns: { assets: { stocks: [balance / 960_000 - 1], bonds: [balance / 960_000 - 1] }, inflation: [inflation] },
      },
    )
    expect(explainPath(spec, 0)[1]!.spendingPaid).toBeCloseTo(expected, 6)
  })

  test('can skip a rise after a loss, and cap it', () => {
    const spending = (rules: object, fall: number): number =>
      explainPath(
        ruled(
          { ...rule, ...rules },
          {
            returns: NO_VOLATILITY,
            expenses: [expense({ annualAmount: 40_000, essential: false })],
            openingReturns: { assets: { stocks: [fall], bonds: [fall] }, inflation: [0.1] },
          },
        ),
        0,
      )[1]!.spendingPaid
    expect(spending({}, -0.05)).toBeCloseTo(40_000, 6)
    expect(spending({ freezeAfterLoss: false }, -0.05)).toBeCloseTo(44_000, 6)
    expect(spending({ inflationCap: 0.06 }, 0.05)).toBeCloseTo(42_400, 6)
  })

  test('is not affected by a pension that begins later, or by a planned change of expenses', () => {
    const wide = { ...rule, guardrail: 0.3 }
    const expenses = [
      expense({ annualAmount: 40_000, essential: false }),
      expense({ key: 'bridge', annualAmount: 15_000, essential: false, endYear: 5 }),
    ]
    const incomes = [income({ key: 'pension', kind: 'pension', annualAmount: 30_000, startYear: 5 })]
    const people = [person({ birthDate: '1965-01-01' })]
    const accounts = [account({ openingBalance: 475_000, openingBasis: 475_000, allocation: [{ year: 0, weights: { bonds: 1 } }] })]
    const spec = ruled(wide, { years: 38, expenses, incomes, returns: NO_VOLATILITY, people, accounts })
    const real = explainPath(spec, 0).map(row => Math.round(row.spendingPaid / row.priceIndex))
    expect(real.slice(0, 10)).toEqual([55_000, 55_000, 55_000, 55_000, 55_000, 40_000, 40_000, 40_000, 40_000, 40_000])
  })

  test('does not change spending while income and draws are level and the accounts keep their value', () => {
    const spec = ruled(
      { ...rule, preservationOffYears: 15 },
      {
        years: 30,
        returns: NO_VOLATILITY,
        incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 50_000 })],
        expenses: [expense({ annualAmount: 60_000 }), expense({ key: 'fun', annualAmount: 20_000, essential: false })],
        accounts: [account({ openingBalance: 1_000_000, openingBasis: 1_000_000, allocation: [{ year: 0, weights: { stocks: 1 } }] })],
      },
    )
    expect(explainPath(spec, 0).map(row => Math.round(row.spendingPaid / row.priceIndex))).toEqual(Array.from({ length: 30 }, () => 80_000))
  })

  test('does not change spending while income covers all future expenses', () => {
    const incomes = [income({ key: 'pension', kind: 'pension', annualAmount: 50_000 })]
    const ledger = explainPath(ruled(rule, { incomes, returns: crash, expenses: [expense({ annualAmount: 40_000, essential: false })] }), 0)
    expect(ledger.map(row => row.spendingPaid)).toEqual(ledger.map(() => 40_000))
  })

  test('without other income is the published rule: spending divided by the portfolio', () => {
    const spec = ruled(
      { ...rule, preservationOffYears: 15 },
      { years: 30, paths: 40, returns: THREE_ASSETS, expenses: [expense({ annualAmount: 50_000, essential: false })] },
    )
    for (let path = 0; path < 40; path++) {
      const ledger = explainPath(spec, path)
      for (const [year, row] of ledger.entries()) {
        if (year === 0 || row.opening === 0) continue
        const before = ledger[year - 1]!
        const rate = before.spending / row.opening
        expect(row.reasons.includes('prosperity')).toBe(rate < 0.05 * 0.8)
        expect(row.reasons.includes('capitalPreservation')).toBe(rate > 0.05 * 1.2 && 30 - year > 15)
      }
    }
  })
})

describe('spending', () => {
  test('changes with the age of the older person, in retirement only', () => {
    const people = [person({ birthDate: '1962-01-01', retirementAge: 66 })]
    const byAge = [
      { age: 64, multiplier: 1 },
      { age: 68, multiplier: 0.8 },
    ]
    const spec = household({ years: 6, paths: 1, returns: NO_VOLATILITY, people, spending: { rule: { kind: 'constant_real' }, byAge } })
    const ledger = explainPath(spec, 0)
    expect(ledger.map(row => Math.round(row.spendingPaid / row.priceIndex))).toEqual([40_000, 40_000, 36_000, 34_000, 32_000, 32_000])
    expect(ledger[0]!.reasons).toEqual(['planned'])
    expect(ledger[3]!.reasons).toEqual(['inflation', 'age'])
  })

  test('can be raised by the ratchet, and is never cut by it', () => {
    const spec = ruled({ kind: 'ratchet', threshold: 0.5, raise: 0.1, everyYears: 3 }, { years: 30, paths: 50, returns: THREE_ASSETS })
    const all = Array.from({ length: 20 }, (_, path) => explainPath(spec, path))
    const raises = all.flat().filter(row => row.reasons.includes('ratchet'))
    expect(raises.length).toBeGreaterThan(20)
    for (const row of raises) expect(row.spendingChangeReal).toBeCloseTo(0.1, 9)
  })

  test('is raised by the ratchet for the draw only, not for the part that other income pays', () => {
    const boom: HouseholdSpec['returns'] = {
      kind: 'bootstrap',
      years: [1954],
      assets: [
        { key: 'stocks', weight: 0.5, returns: [0.6] },
        { key: 'bonds', weight: 0.5, returns: [0.6] },
      ],
      inflation: [0],
    }
    const incomes = [income({ key: 'pension', kind: 'pension', annualAmount: 50_000 })]
    const spec = ruled(
      { kind: 'ratchet', threshold: 0.5, raise: 0.1, everyYears: 3 },
      { returns: boom, incomes, expenses: [expense({ annualAmount: 54_000 })] },
    )
    expect(explainPath(spec, 0).map(row => Math.round(row.spendingPaid))).toEqual([
      54_000, 54_400, 54_400, 54_400, 54_840, 54_840, 54_840, 55_324, 55_324, 55_324,
    ])
  })

  test('decides success as a whole or by its essential part', () => {
    const expenses = [expense({ annualAmount: 30_000 }), expense({ key: 'fun', annualAmount: 40_000, essential: false })]
    const count = (successCriterion: HouseholdSpec['successCriterion']): number =>
      simulateHousehold(household({ paths: 300, expenses, successCriterion })).success.count
    expect(count('essential_spending')).toBeGreaterThan(count('all_spending'))
    const accounts = [account({ openingBalance: 50_000, openingBasis: 50_000 })]
    const poor = { paths: 1, years: 1, accounts, expenses }
    expect(simulateHousehold(household({ ...poor, successCriterion: 'all_spending' })).success.count).toBe(0)
    expect(simulateHousehold(household({ ...poor, successCriterion: 'essential_spending' })).success.count).toBe(1)
    const [row] = explainPath(household(poor), 0)
    expect(row).toMatchObject({ spending: 70_000, succeeding: false, reasons: ['initial', 'couldNotPay'] })
    expect(row!.spendingPaid).toBeCloseTo(50_000, 2)
  })
})
