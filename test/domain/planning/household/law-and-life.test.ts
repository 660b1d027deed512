import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec, simulateHousehold } from '../../../../domain/planning/household/index.ts'
import { account, expense, fullCouple, household, income, NO_VOLATILITY, person } from './households.ts'

const taxed = { tableYear: 2026, state: null, enabled: true } as const
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('a death', () => {
  const couple = household({
    years: 20,
    paths: 1,
    returns: NO_VOLATILITY,
    filingStatus: 'married_joint',
    people: [
      person({
        birthDate: '1956-01-01',
        lifespan: { kind: 'fixed', age: 85 },
        socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 1000 }, claimingAgeMonths: 66 * 12 + 4 },
      }),
      person({
        key: 'bob',
        sex: 'male',
        birthDate: '1954-01-02',
        lifespan: { kind: 'fixed', age: 75 },
        socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 3000 }, claimingAgeMonths: 66 * 12 },
      }),
    ],
    incomes: [
      income({ key: 'pension', person: 'bob', kind: 'pension', annualAmount: 12_000, survivorShare: 0.5 }),
      income({ key: 'annuity', person: 'bob', kind: 'annuity', annualAmount: 6000 }),
    ],
    expenses: [expense({ annualAmount: 60_000, survivorShare: 0.7 })],
    accounts: [
      account({ openingBalance: 500_000, openingBasis: 500_000 }),
      account({ key: 'ira', kind: 'traditional', owner: 'bob', openingBalance: 300_000 }),
    ],
    tax: taxed,
  })
  const ledger = explainPath(couple, 0)
  // Bob turns 72 on the second day of the plan, so he begins year 4 at 75 and it is his last.
  const [last, first] = [ledger[4]!, ledger[5]!]

  test('ends a life; the last death ends the path', () => {
    expect(last.people.map(({ key }) => key)).toEqual(['ann', 'bob'])
    expect(first.people.map(({ key }) => key)).toEqual(['ann'])
    expect(first.reasons).toContain('firstDeath')
    // Ann, 70 at the start, begins year 15 at 85.
    expect(ledger).toHaveLength(16)
  })

  test('changes the filing status from the next year on', () => {
    expect(last.filingStatus).toBe('marriedFilingJointly')
    expect(first.filingStatus).toBe('single')
  })

  test("leaves the survivor the larger benefit, a share of the pension, no annuity, and the survivor's share of expenses", () => {
    const prices = 1.02 ** 5
    expect(last.socialSecurity / last.priceIndex).toBeCloseTo(12 * (1000 + 500 + 3000), 6)
    expect(first.socialSecurity / prices).toBeCloseTo(12 * 3000, 6)
    expect(first.pensions / prices).toBeCloseTo(6000, 6)
    expect(first.spending / prices).toBeCloseTo(42_000, 6)
  })

  test("gives the holdings of the deceased their value of that day as basis, and does not change the survivor's", () => {
    const accounts = ['ann', 'bob'].map(owner => account({ key: owner, owner, openingBalance: 300_000, openingBasis: 50_000 }))
    const [before, after] = explainPath({ ...couple, accounts }, 0).slice(4, 6)
    const basisOf = (row: typeof before, index: number): number => row!.accounts[index]!.basis / (row!.accounts[index]!.closing / 1.042)
    expect(basisOf(before, 1)).toBeLessThan(0.5)
    expect(basisOf(after, 1)).toBeCloseTo(1, 6)
    expect(basisOf(after, 0)).toBeLessThan(0.5)
  })

  test('passes the accounts to the survivor, with the survivor’s age for required distributions', () => {
    expect(last.accounts[1]!.owner).toBe('bob')
    expect(first.accounts[1]!.owner).toBe('ann')
    // Ann is 75 on 31 December 2031: the Uniform Lifetime Table's 24.6; Bob was 76 the year before: 23.7.
    const opening = ledger[4]!.accounts[1]!.closing
    expect(first.accounts[1]!.required).toBeCloseTo(opening / 24.6, 6)
    expect(last.accounts[1]!.required).toBeCloseTo(ledger[3]!.accounts[1]!.closing / 23.7, 6)
  })
})

describe('required minimum distributions', () => {
  const rich = (changes: Partial<HouseholdSpec> = {}): HouseholdSpec =>
    household({
      years: 10,
      paths: 1,
      returns: NO_VOLATILITY,
      people: [person({ birthDate: '1955-06-01' })],
      incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 200_000 })],
      accounts: [
        account(),
        account({ key: 'ira', kind: 'traditional', openingBalance: 1_000_000 }),
        account({ key: 'roth', kind: 'roth' }),
      ],
      tax: taxed,
      ...changes,
    })

  test('are taken from the year of reaching 73 on, also without a need, and the surplus is saved', () => {
    const ledger = explainPath(rich(), 0)
    expect(ledger[1]!.requiredDistributions).toBe(0)
    // 31 December 2028: 73.
    expect(ledger[2]!.accounts[1]!.withdrawn).toBeCloseTo(ledger[1]!.accounts[1]!.closing / 26.5, 6)
    expect(ledger[2]!.surplusSaved).toBeGreaterThan(ledger[1]!.surplusSaved)
    expect(ledger[9]!.accounts[1]!.withdrawn).toBeCloseTo(ledger[8]!.accounts[1]!.closing / 20.2, 6)
  })

  test('are saved even where the plan spends surplus income', () => {
    const ledger = explainPath(rich({ withdrawals: { order: { kind: 'conventional' }, surplus: 'spent' } }), 0)
    expect(ledger[1]!.surplusSaved).toBe(0)
    expect(ledger[1]!.surplusSpent).toBeGreaterThan(50_000)
    expect(ledger[2]!.surplusSaved).toBeCloseTo(ledger[2]!.requiredDistributions, 6)
    expect(ledger[2]!.surplusSpent).toBeGreaterThan(50_000)
    expect(ledger[2]!.accounts[0]!.basis).toBeCloseTo(ledger[2]!.requiredDistributions, 6)
  })

  test('are lower after Roth conversions, which raise the tax now and do not satisfy them', () => {
    const plain = explainPath(rich(), 0)
    const amount = { kind: 'fixed', annualAmount: 60_000, indexedToInflation: false } as const
    const converts = explainPath(rich({ rothConversion: { amount, startYear: 0, endYear: 4 } }), 0)
    for (const year of [0, 1]) {
      expect(converts[year]!.rothConversion).toBe(60_000)
      expect(converts[year]!.tax).toBeGreaterThan(plain[year]!.tax + 60_000 * 0.2)
    }
    expect(converts[3]!.requiredDistributions).toBeGreaterThan(0)
    expect(converts[3]!.accounts[1]!.withdrawn).toBeCloseTo(converts[3]!.requiredDistributions, 6)
    for (const year of [4, 9]) {
      expect(converts[year]!.requiredDistributions).toBeLessThan(plain[year]!.requiredDistributions * 0.9)
      expect(converts[year]!.tax).toBeLessThan(plain[year]!.tax)
    }
    expect(converts[9]!.accounts[2]!.closing).toBeGreaterThan(250_000)
  })

  test('limit a conversion to the rest of the account', () => {
    const amount = { kind: 'fixed', annualAmount: 5_000_000, indexedToInflation: false } as const
    const ledger = explainPath(rich({ rothConversion: { amount, startYear: 2, endYear: 3 } }), 0)
    const opening = ledger[1]!.accounts[1]!.closing
    expect(ledger[2]!.rothConversion).toBeCloseTo(opening - opening / 26.5, 6)
    expect(ledger[2]!.accounts[1]!.closing).toBeCloseTo(0, 6)
  })

  test('use room in the bracket that a conversion fills', () => {
    const amount = { kind: 'fill_bracket', ordinaryRate: 0.35 } as const
    const accounts = rich().accounts.map(kept => ({ ...kept, openingBalance: 3 * kept.openingBalance }))
    const ledger = explainPath(rich({ years: 3, accounts, rothConversion: { amount, startYear: 0, endYear: 3 } }), 0)
    // Pension and conversion less the deductions of one of 65 or more reach the top of the 35 % bracket of 2026.
    expect(ledger[0]!.rothConversion).toBeCloseTo(640_600 + 16_100 + 2050 - 200_000, 1)
    const year2 = ledger[2]!
    expect((year2.rothConversion + year2.requiredDistributions) / year2.priceIndex).toBeCloseTo(640_600 + 16_100 + 2050 - 200_000, 1)
  })
})

describe('early withdrawals', () => {
  const young = (
    kind: 'traditional' | 'roth',
    changes: Partial<HouseholdSpec['accounts'][number]> = {},
    birthDate = '1980-01-01',
  ): number =>
    explainPath(
      household({
        years: 1,
        paths: 1,
        returns: NO_VOLATILITY,
        people: [person({ birthDate, retirementAge: 40 })],
        expenses: [expense({ annualAmount: 10_000 })],
        accounts: [account(), account({ key: 'plan', kind, openingBalance: 500_000, ...changes })],
        tax: taxed,
      }),
      0,
    )[0]!.taxes.earlyWithdrawal

  test('have a penalty of a tenth before 59 1/2', () => {
    // 10,000 = 0.9 w, the standard deduction covering the income.
    expect(young('traditional')).toBeCloseTo(10_000 / 9, 2)
    expect(young('traditional', {}, '1966-06-30')).toBe(0)
    expect(young('traditional', {}, '1966-07-02')).toBeCloseTo(10_000 / 9, 2)
  })

  test('of Roth contributions have no penalty', () => {
    expect(young('roth', { openingBasis: 20_000 })).toBe(0)
    expect(young('roth', { openingBasis: 0 })).toBeCloseTo(10_000 / 9, 2)
  })

  test('from the plan of an employer that the person leaves at 55 or later have no penalty', () => {
    const left = (retirementAge: number): number =>
      explainPath(
        household({
          years: 1,
          paths: 1,
          people: [person({ birthDate: '1970-01-01', retirementAge })],
          expenses: [expense({ annualAmount: 10_000 })],
          accounts: [account(), account({ key: 'plan', kind: 'traditional', employerPlan: true, openingBalance: 500_000 })],
          tax: taxed,
        }),
        0,
      )[0]!.taxes.earlyWithdrawal
    expect(left(55)).toBe(0)
    expect(left(54)).toBeGreaterThan(1000)
  })

  test('of a conversion have a penalty for five years', () => {
    const amount = { kind: 'fixed', annualAmount: 100_000, indexedToInflation: false } as const
    const ledger = explainPath(
      household({
        years: 7,
        paths: 1,
        returns: NO_VOLATILITY,
        people: [person({ birthDate: '1985-01-01', retirementAge: 40 })],
        incomes: [income({ key: 'gift', kind: 'other', annualAmount: 60_000, taxableShare: 0, endYear: 1 })],
        expenses: [expense({ annualAmount: 5000 })],
        accounts: [
          account(),
          account({ key: 'ira', kind: 'traditional', openingBalance: 100_000 }),
          account({ key: 'roth', kind: 'roth' }),
        ],
        withdrawals: { order: { kind: 'custom', accounts: ['brokerage', 'roth'] }, surplus: 'spent' },
        rothConversion: { amount, startYear: 0, endYear: 1 },
        tax: taxed,
      }),
      0,
    )
    expect(ledger.map(row => row.taxes.earlyWithdrawal > 0)).toEqual([false, true, true, true, true, false, false])
  })
})

test('self-employment bears both halves of the social insurance taxes', () => {
  const spec = household({
    years: 1,
    paths: 1,
    people: [person({ birthDate: '1980-01-01', retirementAge: 65 })],
    incomes: [income({ kind: 'self_employment', annualAmount: 100_000 })],
    tax: taxed,
  })
  const [row] = explainPath(spec, 0)
  expect(row!.taxes.payroll).toBeCloseTo(0.153 * 92_350, 6)
  const taxable = 100_000 - (0.153 * 92_350) / 2 - 16_100
  expect(row!.taxes.ordinaryIncome).toBeCloseTo(5800 + 0.22 * (taxable - 50_400), 2)
})

test('the gain on a home is free of tax up to the exclusion', () => {
  const sold = (basis: number): number =>
    explainPath(
      household({
        years: 1,
        paths: 1,
        properties: [{ key: 'home', openingValue: 900_000, growthRate: 0, basis, saleYear: 0, saleCostRate: 0, primaryResidence: true }],
        tax: taxed,
      }),
      0,
    )[0]!.taxes.capitalGains
  expect(sold(650_000)).toBe(0)
  // 900,000 - 450,000 - 250,000 of gain, less the deductions of one of 65, at 15 % above 49,450.
  expect(sold(450_000)).toBeCloseTo(0.15 * (200_000 - 18_150 - 49_450), 2)
})

test("Medicare's surcharges use the income of two years before", () => {
  const ledger = explainPath(
    household({
      years: 4,
      paths: 1,
      returns: NO_VOLATILITY,
      people: [person({ birthDate: '1955-01-01' })],
      incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 300_000, endYear: 1 })],
      tax: taxed,
    }),
    0,
  )
  expect(ledger.map(row => row.taxes.medicareSurcharge > 0)).toEqual([false, false, true, false])
})

test('no taxes are paid when taxes are not enabled', () => {
  const result = simulateHousehold(fullCouple({ paths: 20, tax: { tableYear: 2026, state: null, enabled: false } }))
  expect(sum(Object.values(result.taxes.meanByKind))).toBe(0)
})
