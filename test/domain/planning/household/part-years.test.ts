import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdLedgerYear, type HouseholdSpec } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

const ledger = (changes: Partial<HouseholdSpec>): HouseholdLedgerYear[] =>
  explainPath(
    household({
      years: 3,
      paths: 1,
      expenses: [expense({ annualAmount: 1000 })],
      returns: { ...NO_VOLATILITY, inflation: { mean: 0, volatility: 0 } } as HouseholdSpec['returns'],
      ...changes,
    }),
    0,
  )

const wages = income({ annualAmount: 100_000 })

describe('work ends on the birthday of the retirement age', () => {
  const worked = (birthDate: string, asOfDate: string, retirementAge = 65): number[] =>
    ledger({ asOfDate, people: [person({ birthDate, retirementAge })], incomes: [wages] }).map(row => row.wages)

  test.each<[string, string, string, number[]]>([
    ['one day after the as-of date', '1961-01-02', '2026-01-01', [100_000 / 365, 0, 0]],
    ['after 15 days of a plan year that begins late', '1961-12-10', '2026-11-25', [(100_000 * 15) / 365, 0, 0]],
    ['on the as-of date', '1961-01-01', '2026-01-01', [0, 0, 0]],
    ['on the first day of a plan year', '1962-01-01', '2026-01-01', [100_000, 0, 0]],
    ['in the second year, on its 182nd day', '1962-07-01', '2026-01-01', [100_000, (100_000 * 181) / 365, 0]],
    ['on 1 March for a person born on 29 February', '1964-02-29', '2029-01-01', [(100_000 * 59) / 365, 0, 0]],
    ['in a leap year', '1963-03-01', '2028-01-01', [(100_000 * 60) / 366, 0, 0]],
  ])('%s', (_, birthDate, asOfDate, expected) => {
    for (const [year, amount] of worked(birthDate, asOfDate).entries()) expect(amount).toBeCloseTo(expected[year]!, 6)
  })

  test('for self-employment too, but not for pensions or for work with its own end', () => {
    const people = [person({ birthDate: '1961-07-02', retirementAge: 65 })]
    const incomes = [
      income({ key: 'practice', kind: 'self_employment', annualAmount: 36_500 }),
      income({ key: 'pension', kind: 'pension', annualAmount: 12_000 }),
      income({ key: 'lectures', annualAmount: 5000, endYear: 2 }),
    ]
    const rows = ledger({ people, incomes })
    expect(rows.map(row => row.selfEmployment)).toEqual([36_500 * (182 / 365), 0, 0])
    expect(rows.map(row => row.pensions)).toEqual([12_000, 12_000, 12_000])
    expect(rows.map(row => row.wages)).toEqual([5000, 5000, 0])
  })

  test('and so do contributions: each has one part', () => {
    const people = [person({ birthDate: '1961-07-02', retirementAge: 65 })]
    const contribution = { account: '401k', employerMatch: null, startYear: 0, endYear: null, enforceLimits: false } as const
    const rows = ledger({
      people,
      incomes: [wages],
      accounts: [account({ openingBalance: 100_000 }), account({ key: '401k', kind: 'traditional', employerPlan: true })],
      contributions: [
        { ...contribution, key: 'fixed', amount: { kind: 'fixed', annualAmount: 3650, indexedToInflation: true } },
        {
          ...contribution,
          key: 'share',
          amount: { kind: 'share_of_income', income: 'salary', share: 0.05 },
          employerMatch: { income: 'salary', rate: 1, upToShareOfIncome: 0.03 },
        },
      ],
    })
    // 182 of 365 days: half of 3,650 and 5 % of 49,863, matched up to 3 %.
    expect(rows[0]!.contributions).toBeCloseTo(1820 + 0.05 * 100_000 * (182 / 365), 6)
    expect(rows[0]!.employerMatch).toBeCloseTo(0.03 * 100_000 * (182 / 365), 6)
    expect(rows[1]!.contributions).toBe(0)
  })

  test('the year of retirement has a required distribution from the employer’s plan, as the law says', () => {
    // 26 CFR 1.401(a)(9)-2: a worker's first distribution year is the calendar year of retirement. Born in 1950: 76 in 2026, divisor 23.7.
    const spec = (retirementAge: number): Partial<HouseholdSpec> => ({
      people: [person({ birthDate: '1950-07-02', retirementAge })],
      accounts: [
        account({ openingBalance: 100_000 }),
        account({ key: '401k', kind: 'traditional', employerPlan: true, openingBalance: 237_000 }),
      ],
    })
    expect(ledger(spec(76))[0]!.requiredDistributions).toBeCloseTo(10_000, 6)
    expect(ledger(spec(77))[0]!.requiredDistributions).toBe(0)
    expect(ledger(spec(77))[1]!.requiredDistributions).toBeGreaterThan(0)
  })
})

describe('Social Security is paid for the twelve months from the one in which a plan year begins', () => {
  const benefits = (changes: Partial<HouseholdSpec['people'][0]>, asOfDate: string): number[] =>
    ledger({
      asOfDate,
      people: [
        person({
          birthDate: '1959-12-10',
          retirementAge: 67,
          socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 3000 }, claimingAgeMonths: 804 },
          ...changes,
        }),
      ],
      incomes: [],
    }).map(row => Math.round(row.socialSecurity))

  test('which may be in two calendar years', () => {
    // Claimed at 67 in December 2026, two months after full retirement age: 3,000 x (1 + 2 x 2/3 %) = 3,040 a month, eleven times from
    // December 2026 to October 2027.
    expect(benefits({}, '2026-11-25')).toEqual([11 * 3040, 12 * 3040, 12 * 3040])
    expect(benefits({}, '2026-12-01')).toEqual([12 * 3040, 12 * 3040, 12 * 3040])
    expect(benefits({}, '2026-01-01')).toEqual([3040, 12 * 3040, 12 * 3040])
    expect(benefits({}, '2026-07-15')).toEqual([7 * 3040, 12 * 3040, 12 * 3040])
  })

  test('and the survivor’s begins with the first plan year alone', () => {
    const rows = ledger({
      asOfDate: '2026-07-15',
      years: 4,
      filingStatus: 'married_joint',
      people: [
        person({
          birthDate: '1950-03-10',
          lifespan: { kind: 'fixed', age: 76 },
          socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 2000 }, claimingAgeMonths: 792 },
        }),
        person({ key: 'bob', birthDate: '1950-03-10', lifespan: { kind: 'fixed', age: 90 } }),
      ],
    })
    expect(rows.map(row => Math.round(row.socialSecurity))).toEqual([12 * 3000, 12 * 2000, 12 * 2000, 12 * 2000])
  })
})

describe('the earnings test in the year of retirement', () => {
  test('withholds for the months before retirement only', () => {
    // Born in July 1963: 63 in July 2026, when work ends and benefits begin. 180,000 a year for 181 days is above the exempt amount, but
    // a month without work in the first year of benefits is paid in full (42 USC 403(f)(1)(E), 20 CFR 404.435). At 63, 48 months before
    // full retirement age: 1 - 36 x 5/900 - 12 x 5/1200 = 75 %.
    const worker = person({
      birthDate: '1963-07-01',
      retirementAge: 63,
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 2000 }, claimingAgeMonths: 756 },
    })
    const [first] = ledger({ people: [worker], incomes: [income({ annualAmount: 180_000 })] })
    // Attained on 30 June (20 CFR 404.2(c)), so June counts: it is a month of work, and withheld.
    expect(first!.socialSecurity).toBeCloseTo(6 * 1500, 6)
    const [later] = ledger({ people: [{ ...worker, retirementAge: 64 }], incomes: [income({ annualAmount: 180_000 })] })
    expect(later!.socialSecurity).toBe(0)
  })
})
