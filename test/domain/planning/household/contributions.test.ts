import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Contribution,
  explainPath,
  type HouseholdLedgerYear,
  type HouseholdSpec,
} from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

const contribution = (key: string, changes: Partial<Contribution>): Contribution => ({
  key,
  account: key,
  amount: { kind: 'fixed', annualAmount: 0, indexedToInflation: false },
  employerMatch: null,
  startYear: 0,
  endYear: null,
  enforceLimits: true,
  ...changes,
})
const dollars = (annualAmount: number) => ({ amount: { kind: 'fixed', annualAmount, indexedToInflation: false } }) as const

/** A single person of 36 at work, taxed as of 2026. */
const working = (salary: number, contributions: Contribution[], changes: Partial<HouseholdSpec> = {}): HouseholdLedgerYear =>
  explainPath(
    household({
      years: 1,
      paths: 1,
      returns: NO_VOLATILITY,
      people: [person({ birthDate: '1990-01-01', retirementAge: 65 })],
      incomes: [income({ annualAmount: salary })],
      expenses: [expense({ annualAmount: 20_000 })],
      accounts: [
        account(),
        account({ key: '401k', kind: 'traditional', employerPlan: true }),
        account({ key: 'ira', kind: 'traditional', openingBalance: 500_000 }),
        account({ key: 'roth', kind: 'roth' }),
        account({ key: 'hsa', kind: 'hsa' }),
      ],
      contributions,
      tax: { tableYear: 2026, state: null, enabled: true },
      ...changes,
    }),
    0,
  )[0]!
const into = (row: HouseholdLedgerYear, key: string): number => row.accounts.find(kept => kept.key === key)!.closing / 1.042

describe('an employer match', () => {
  const matched = (rate: number, upToShareOfIncome: number, deferral: number, changes: Partial<Contribution> = {}): Contribution =>
    contribution('401k', { ...dollars(deferral), employerMatch: { income: 'salary', rate, upToShareOfIncome }, ...changes })

  test('follows the actual contribution, also where income does not cover the planned one', () => {
    const row = working(120_000, [matched(0.5, 0.06, 24_500)], { expenses: [expense({ annualAmount: 85_000 })] })
    expect(row.contributions).toBeGreaterThan(7200)
    expect(row.contributions).toBeLessThan(20_000)
    expect(row.employerMatch).toBeCloseTo(3600, 6)
  })

  test('uses pay up to the legal limit, 360,000 in 2026', () => {
    expect(working(500_000, [matched(1, 0.05, 24_500)]).employerMatch).toBeCloseTo(18_000, 6)
    expect(working(500_000, [matched(1, 0.05, 25_000, { enforceLimits: false })]).employerMatch).toBeCloseTo(25_000, 6)
  })

  test('stays within the limit of all additions, 72,000 in 2026, whatever is planned above the limit of deferrals', () => {
    for (const planned of [24_500, 60_000]) expect(working(300_000, [matched(3, 0.2, planned)]).employerMatch).toBeCloseTo(47_500, 6)
    expect(working(300_000, [matched(1, 0.2, 60_000)]).employerMatch).toBeCloseTo(24_500, 6)
  })
})

describe('health savings', () => {
  /** Total after the cuts, when two persons born in these years plan 31,000 into each account. */
  const saved = (born: [number, number], healthCoverage: Contribution['healthCoverage'], accounts = 2): number => {
    const people = born.map((year, index) => person({ key: `${index}`, birthDate: `${year}-01-01`, retirementAge: 75 }))
    const keys = people.slice(0, accounts).map(({ key }) => key)
    return working(
      200_000,
      keys.map(key => contribution(key, { ...dollars(31_000), healthCoverage })),
      {
        people,
        filingStatus: 'married_joint',
        incomes: [income({ person: '0', annualAmount: 200_000 })],
        accounts: [account({ owner: '0' }), ...keys.map(key => account({ key, owner: key, kind: 'hsa' }))],
      },
    ).contributions
  }

  // Rev. Proc. 2025-19: 4,400 for self-only coverage, 8,750 for a family; 1,000 more each from 55 on.
  test.each<[[number, number], Contribution['healthCoverage'], number, number]>([
    [[1990, 1990], undefined, 2, 8800],
    [[1990, 1990], 'self', 1, 4400],
    [[1990, 1990], 'family', 1, 8750],
    [[1990, 1990], 'family', 2, 8750],
    [[1970, 1990], 'family', 2, 9750],
    [[1970, 1970], 'family', 2, 10_750],
    [[1960, 1970], 'family', 2, 9750],
  ])('of a couple born in %j with a plan for %s, in %i accounts, are cut to %d', (born, coverage, accounts, limit) => {
    expect(saved(born, coverage, accounts)).toBeCloseTo(limit, 6)
  })
})

describe('contributions beyond what income leaves', () => {
  test('are cut until tax can be paid too; their deductions are cut with them', () => {
    const row = working(120_000, [contribution('401k', dollars(24_500))], { expenses: [expense({ annualAmount: 85_000 })] })
    expect(row.succeeding).toBe(true)
    expect(row.taxPaid).toBe(row.tax)
    expect(row.income - row.tax - row.spendingPaid - row.contributions).toBeCloseTo(0, 2)
    // 120,000 - 16,100 - c taxed: 5,800 + 22 % above 50,400; and 7.65 % of wages.
    const left = 120_000 * 0.9235 - 85_000 - 5800 - 0.22 * (120_000 - 16_100 - 50_400)
    expect(row.contributions).toBeCloseTo(left / 0.78, 2)
  })

  test('never draw on accounts, for any salary, spending and plan', () => {
    const planned = fc.integer({ min: 0, max: 40_000 })
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 400_000 }),
        fc.integer({ min: 5000, max: 250_000 }),
        fc.tuple(planned, planned, planned, planned),
        (salary, spending, wanted) => {
          const keys = ['401k', 'ira', 'roth', 'hsa']
          const row = working(
            salary,
            keys.map((key, index) => contribution(key, dollars(wanted[index]!))),
            { expenses: [expense({ annualAmount: spending })] },
          )
          expect(Math.min(row.contributions, row.withdrawals)).toBeLessThan(0.01)
        },
      ),
    )
  })
})

describe('the deduction of an IRA phases out', () => {
  const brackets = (taxable: number): number => 1240 + 0.12 * 38_000 + 0.22 * (taxable - 50_400)

  test('with the income after contributions that are cut to the legal limits, not after planned ones', () => {
    const row = working(110_000, [contribution('401k', dollars(55_000)), contribution('ira', dollars(7500))])
    // 110,000 - 24,500 = 85,500, of 81,000-91,000: 55 % of 7,500, rounded up to 4,130, are deducted.
    expect(row.taxes.ordinaryIncome).toBeCloseTo(brackets(85_500 - 4130 - 16_100), 2)
  })

  test('with the income after health savings', () => {
    const all = [contribution('401k', dollars(24_500)), contribution('hsa', dollars(4400)), contribution('ira', dollars(7500))]
    // 99 % of 7,500, rounded up.
    expect(working(110_000, all).taxes.ordinaryIncome).toBeCloseTo(brackets(81_100 - 7430 - 16_100), 2)
  })
})

describe('a Roth conversion', () => {
  const convert = (amount: NonNullable<HouseholdSpec['rothConversion']>['amount']): Partial<HouseholdSpec> => ({
    rothConversion: { amount, startYear: 0, endYear: 1 },
  })

  test('uses the room in a bracket that contributions make', () => {
    const row = working(100_000, [contribution('401k', dollars(20_000))], convert({ kind: 'fill_bracket', ordinaryRate: 0.22 }))
    expect(row.contributions).toBe(20_000)
    expect(row.rothConversion).toBeCloseTo(105_700 + 16_100 - 80_000, 1)
  })

  test('does not count towards the income that ends contributions to a Roth IRA', () => {
    const row = working(
      100_000,
      [contribution('roth', dollars(7500))],
      convert({ kind: 'fixed', annualAmount: 200_000, indexedToInflation: false }),
    )
    expect(row.contributions).toBe(7500)
    expect(into(row, 'roth')).toBeCloseTo(207_500, 2)
  })
})
