import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

const taxed = { tableYear: 2026, state: null, enabled: true } as const

const ledgerOf = (changes: Partial<HouseholdSpec>) =>
  explainPath(household({ years: 1, paths: 1, returns: NO_VOLATILITY, expenses: [], tax: taxed, ...changes }), 0)

describe('a person born on the first of January', () => {
  const of = (birthDate: string, changes: Partial<HouseholdSpec> = {}) =>
    ledgerOf({
      people: [person({ birthDate, retirementAge: 70 })],
      incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 50_000 })],
      ...changes,
    })[0]!

  test('is 65 at the end of the year before, as on the tax form: born before January 2, 1962', () => {
    // 50,000 - 16,100 - 2,050 - 6,000, and 50,000 - 16,100.
    expect(of('1961-12-31').taxes.ordinaryIncome).toBeCloseTo(1240 + 0.12 * (25_850 - 12_400), 6)
    expect(of('1962-01-01').taxes.ordinaryIncome).toBeCloseTo(1240 + 0.12 * (25_850 - 12_400), 6)
    expect(of('1962-01-02').taxes.ordinaryIncome).toBeCloseTo(1240 + 0.12 * (33_900 - 12_400), 6)
  })

  test('can make catch-up contributions from the year of the birthday itself', () => {
    const deferred = (birthDate: string): number =>
      of(birthDate, {
        incomes: [income({ annualAmount: 200_000 })],
        accounts: [account(), account({ key: 'plan', kind: 'traditional', employerPlan: true })],
        contributions: [
          {
            key: 'deferral',
            account: 'plan',
            amount: { kind: 'fixed', annualAmount: 60_000, indexedToInflation: false },
            employerMatch: null,
            startYear: 0,
            endYear: null,
            enforceLimits: true,
          },
        ],
        asOfDate: '2026-01-02',
        tax: { ...taxed, tableYear: 2025 },
      }).contributions
    expect(deferred('1976-12-31')).toBeCloseTo(31_000, 6)
    expect(deferred('1977-01-01')).toBeCloseTo(23_500, 6)
  })
})

test.each([
  // IRS Notice 87-13, Q&A 20: during or after the calendar year of turning 55, whether before the birthday or after it.
  ['1971-06-01', 54, 0, 0],
  ['1972-06-01', 53, 0, 1],
  // Work ends on the birthday: in June 2027, in the year of turning 54, and in June 2028, in the year of turning 55.
  ['1973-06-01', 54, 2, 1],
  ['1973-06-01', 55, 3, 0],
  ['1973-06-01', 53, 1, 1],
  // A person who left before the plan begins left at the given retirement age.
  ['1970-06-01', 54, 0, 1],
  ['1970-06-01', 55, 0, 0],
])(
  'a person born on %s who leaves an employer at %i draws on its plan in year %i with a penalty on a share of %d',
  (birthDate, retirementAge, year, share) => {
    const row = ledgerOf({
      years: year + 1,
      people: [person({ birthDate, retirementAge })],
      expenses: [expense({ annualAmount: 10_000, startYear: year })],
      accounts: [account(), account({ key: 'plan', kind: 'traditional', employerPlan: true, openingBalance: 500_000 })],
    })[year]!
    expect(row.taxes.earlyWithdrawal).toBeCloseTo(share * 0.1 * row.accounts[1]!.withdrawn, 4)
  },
)

describe('profits', () => {
  const payroll = (profit: number, wages = 0): number =>
    ledgerOf({
      people: [person({ birthDate: '1980-06-01', retirementAge: 65 })],
      incomes: [
        income({ key: 'practice', kind: 'self_employment', annualAmount: profit }),
        income({ key: 'salary', kind: 'wages', annualAmount: wages }),
      ],
    })[0]!.taxes.payroll

  test('above 200,000 bear the additional Medicare tax, and no half of it is deducted', () => {
    // Schedule SE: 369,400 of net earnings, 184,500 of it for Social Security; Form 8959: 169,400 above the threshold.
    expect(payroll(400_000)).toBeCloseTo(0.124 * 184_500 + 0.029 * 369_400 + 0.009 * 169_400, 6)
  })

  test('share this threshold and the wage base with wages', () => {
    const net = 0.9235 * 100_000
    const ofWages = 0.0765 * 150_000
    expect(payroll(100_000, 150_000)).toBeCloseTo(ofWages + 0.124 * 34_500 + 0.029 * net + 0.009 * (150_000 + net - 200_000), 6)
  })

  test('of less than 400 after 7.65 % bear no tax', () => {
    expect(payroll(433)).toBe(0)
    expect(payroll(434)).toBeCloseTo(0.153 * 0.9235 * 434, 8)
  })
})

describe('a widow', () => {
  const couple: Partial<HouseholdSpec> = {
    years: 8,
    filingStatus: 'married_joint',
    people: [
      person({ birthDate: '1950-06-15' }),
      // 75 when the plan begins: the third year is the last.
      person({ key: 'bob', sex: 'male', birthDate: '1950-07-01', lifespan: { kind: 'fixed', age: 77 } }),
    ],
    accounts: [account()],
  }

  test.each([
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 250_000],
  ])(
    'who sells the home in year %i, after a death at the end of year 2, has half of it at its value of then, and 500,000 free for two years',
    (saleYear, exclusion) => {
      const home = { key: 'home', openingValue: 3e6, growthRate: 0, basis: 2_650_000, saleYear, saleCostRate: 0, primaryResidence: true }
      const row = ledgerOf({ ...couple, properties: [home] })[saleYear]!
      const prices = 1.02 ** saleYear
      const basis = saleYear > 2 ? (2_650_000 + 3e6 * 1.02 ** 3) / 2 : 2_650_000
      // A gain below 500,000 throughout, and above 250,000; the senior deduction has ended by year 5.
      const taxable = 3e6 * prices - basis - exclusion - 18_150 * prices
      expect(row.filingStatus).toBe(saleYear > 2 ? 'single' : 'marriedFilingJointly')
      expect(row.taxes.capitalGains).toBeCloseTo(exclusion === 0 ? 0 : 0.15 * (taxable - 49_450 * prices), 4)
    },
  )

  test('pays Medicare’s surcharges by the joint tax returns of the last two years, then by her own', () => {
    // 190,000 is below 218,000 together, and in the third tier for her alone.
    const incomes = [income({ key: 'pension', person: 'bob', kind: 'pension', annualAmount: 190_000, survivorShare: 1 })]
    const surcharges = ledgerOf({ ...couple, incomes }).map(row => row.taxes.medicareSurcharge)
    expect(surcharges.slice(0, 5)).toEqual([0, 0, 0, 0, 0])
    expect(surcharges[5]).toBeCloseTo(12 * (324.6 + 60.4) * 1.02 ** 5, 6)
  })

  test('files jointly for the year of the death and as single from the next year on, with the brackets of each status', () => {
    const incomes = [income({ key: 'pension', person: 'bob', kind: 'pension', annualAmount: 100_000, survivorShare: 1 })]
    const ordinary = ledgerOf({ ...couple, incomes }).map(row => row.taxes.ordinaryIncome / row.priceIndex)
    const senior = 6000
    // Year 2, 2028: 32,200 + 2 x 1,650 and a senior deduction of 12,000 that prices do not raise.
    expect(ordinary[2]).toBeCloseTo(2480 + 0.12 * (100_000 - 35_500 - (2 * senior) / 1.02 ** 2 - 24_800), 6)
    // 100,000 - 18,150 is in the 22 % bracket of a single person.
    expect(ordinary[3]).toBeCloseTo(5800 + 0.22 * (100_000 - 18_150 - 50_400), 6)
  })
})

test.each([
  ['ann', 0.1],
  ['bob', 0],
])('a widow of 50 draws on an IRA of %s with a penalty on a share of %d', (owner, share) => {
  const [row] = ledgerOf({
    years: 2,
    filingStatus: 'married_joint',
    people: [
      person({ key: 'ann', birthDate: '1976-06-15', retirementAge: 45 }),
      person({ key: 'bob', sex: 'male', birthDate: '1976-07-01', retirementAge: 45, lifespan: { kind: 'fixed', age: 49 } }),
    ],
    expenses: [expense({ annualAmount: 40_000, startYear: 1 })],
    accounts: [account(), account({ key: 'ira', kind: 'traditional', owner, openingBalance: 500_000 })],
  }).slice(1)
  expect(row!.accounts[1]!.withdrawn).toBeGreaterThan(40_000)
  expect(row!.taxes.earlyWithdrawal).toBeCloseTo(share * row!.accounts[1]!.withdrawn, 4)
})

test('unused losses are carried over to the gain of a later year', () => {
  // Spending of 40,000 realises a loss of 40,000 each year. There is no other income, so none of the loss is used.
  const row = ledgerOf({
    years: 3,
    openingReturns: { assets: { stocks: [0, 0, 0] }, inflation: [0, 0, 0] },
    people: [person({ birthDate: '1970-06-01', retirementAge: 50 })],
    expenses: [expense({ annualAmount: 40_000, endYear: 2 })],
    accounts: [account({ openingBalance: 100_000, openingBasis: 200_000, allocation: [{ year: 0, weights: { stocks: 1 } }] })],
    properties: [
      { key: 'land', openingValue: 300_000, growthRate: 0, basis: 100_000, saleYear: 2, saleCostRate: 0, primaryResidence: false },
    ],
  })[2]!
  expect(row.taxes.capitalGains).toBeCloseTo(0.15 * (200_000 - 80_000 - 16_100 - 49_450), 4)
})
