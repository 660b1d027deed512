import { describe, expect, test } from 'vitest'
import {
  explainPath,
  type HouseholdLedgerYear,
  type HouseholdSpec,
  simulateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { account, expense, fullCouple, household, income, NO_VOLATILITY, person } from './households.ts'

type Filing = HouseholdSpec['filingStatus']

const taxed = (changes: Partial<HouseholdSpec>): HouseholdSpec =>
  household({
    years: 3,
    paths: 1,
    expenses: [expense({ annualAmount: 1000 })],
    returns: { ...NO_VOLATILITY, inflation: { mean: 0, volatility: 0 } } as HouseholdSpec['returns'],
    tax: { tableYear: 2026, state: null, enabled: true },
    ...changes,
  })
const ledger = (changes: Partial<HouseholdSpec>): HouseholdLedgerYear[] => explainPath(taxed(changes), 0)

const bob = (changes: Partial<HouseholdSpec['people'][0]> = {}) => person({ key: 'bob', ...changes })
/** The part of a household that belongs to one person, who files as single. */
const only = (spec: Partial<HouseholdSpec>, key: string): Partial<HouseholdSpec> => ({
  ...spec,
  filingStatus: 'single',
  people: spec.people!.filter(one => one.key === key),
  incomes: (spec.incomes ?? []).filter(one => one.person === key),
  accounts: (spec.accounts ?? []).filter(one => one.owner === key),
})
const each = (changes: Partial<HouseholdSpec>, of: (row: HouseholdLedgerYear) => number): number[] => {
  const [ann, other] = ['ann', 'bob'].map(key => ledger(only(changes, key)))
  return ann!.map((row, year) => of(row) + of(other![year]!))
}

describe('two persons who file as single are unmarried partners', () => {
  const young = { birthDate: '1981-01-01', retirementAge: 60 }
  const cash = (owner: string, key: string) => account({ owner, key, openingBalance: 200_000, openingBasis: 200_000 })
  const twoEarners: Partial<HouseholdSpec> = {
    people: [person(young), bob(young)],
    incomes: [income({ annualAmount: 200_000 }), income({ key: 'pay', person: 'bob', annualAmount: 50_000 })],
    accounts: [cash('ann', 'hers'), cash('bob', 'his')],
  }

  test('with a return each, to the dollar', () => {
    // Rev. Proc. 2025-32, single: 200,000 less 16,100 is 183,900: 1,240 + 4,560 + 12,166 + 24 % of 78,200. 50,000 less 16,100 is 33,900:
    // 1,240 + 12 % of 21,500. Payroll: 6.2 % up to 184,500, and 1.45 %.
    const [first] = ledger(twoEarners)
    expect(first!.taxes.ordinaryIncome).toBeCloseTo(1240 + 4560 + 12_166 + 0.24 * 78_200 + 1240 + 0.12 * 21_500, 6)
    expect(first!.taxes.payroll).toBeCloseTo(0.062 * (184_500 + 50_000) + 0.0145 * 250_000, 6)
    expect(first!.filingStatus).toBe('single')
  })

  test('pay what two single persons with the same incomes and accounts pay', () => {
    const born = { birthDate: '1946-03-10', retirementAge: 60 }
    const own = (owner: string, key: string, openingBalance: number) => [
      account({ owner, key: `${key} cash`, openingBalance: 400_000, openingBasis: 400_000, dividendYield: 0.03 }),
      account({ owner, key, kind: 'traditional', openingBalance, allocation: [{ year: 0, weights: { stocks: 1 } }] }),
      account({ owner, key: `${key} Roth`, kind: 'roth' }),
    ]
    const retired: Partial<HouseholdSpec> = {
      people: [person(born), bob(born)],
      incomes: [
        income({ key: 'pension', kind: 'pension', annualAmount: 40_000 }),
        income({ key: 'rent', kind: 'rental', person: 'bob', annualAmount: 90_000 }),
        income({ key: 'prize', kind: 'other', person: 'bob', annualAmount: 150_000 }),
      ],
      accounts: [...own('ann', 'hers', 2_000_000), ...own('bob', 'his', 600_000)],
      expenses: [],
      tax: { tableYear: 2026, state: 'CA', enabled: true },
      rothConversion: { amount: { kind: 'fill_bracket', ordinaryRate: 0.24 }, startYear: 0, endYear: 1 },
    }
    const rows = ledger(retired)
    for (const of of [
      (row: HouseholdLedgerYear) => row.rothConversion,
      (row: HouseholdLedgerYear) => row.requiredDistributions,
      (row: HouseholdLedgerYear) => row.tax,
      (row: HouseholdLedgerYear) => row.taxes.state,
      (row: HouseholdLedgerYear) => row.taxes.netInvestmentIncome,
    ])
      expect(of(rows[0]!)).toBeCloseTo(each(retired, of)[0]!, 2)
    expect(rows[0]!.taxes.netInvestmentIncome).toBeGreaterThan(0)
    expect(rows[0]!.rothConversion).toBeGreaterThan(0)
    // Medicare's surcharges follow the income of each two years before.
    expect(rows[2]!.taxes.medicareSurcharge).toBeCloseTo(each(retired, row => row.taxes.medicareSurcharge)[2]!, 2)
    expect(rows[2]!.taxes.medicareSurcharge).toBeGreaterThan(0)
  })

  test('withdrawals are taxed on the return of the owner', () => {
    const spec: Partial<HouseholdSpec> = {
      people: [person(young), bob({ ...young, birthDate: '1962-01-01' })],
      expenses: [expense({ annualAmount: 90_000 })],
      accounts: [
        account({ owner: 'bob', key: 'broker' }),
        account({ owner: 'bob', key: 'ira', kind: 'traditional', openingBalance: 900_000 }),
      ],
    }
    expect(ledger(spec)[0]!.tax).toBeCloseTo(ledger(only(spec, 'bob'))[0]!.tax, 2)
    const jointly = ledger({ ...spec, filingStatus: 'married_joint' })[0]!
    expect(jointly.tax).toBeLessThan(ledger(spec)[0]!.tax - 3000)
  })

  test('have no Social Security on the record of the other, neither as a spouse nor as a survivor', () => {
    const benefits = (filingStatus: Filing) =>
      ledger({
        filingStatus,
        years: 4,
        people: [
          person({
            birthDate: '1955-01-10',
            lifespan: { kind: 'fixed', age: 71 },
            socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 3000 }, claimingAgeMonths: 66 * 12 + 2 },
          }),
          bob({ birthDate: '1956-01-10' }),
        ],
      }).map(row => Math.round(row.socialSecurity))
    expect(benefits('single')).toEqual([36_000, 36_000, 0, 0])
    expect(benefits('married_separate')).toEqual([54_000, 54_000, 36_000, 36_000])
    expect(benefits('married_joint')).toEqual([54_000, 54_000, 36_000, 36_000])
  })

  test('need earnings of their own for an IRA: only a joint return shares them (IRC 219(c))', () => {
    const contributed = (filingStatus: Filing): number =>
      ledger({
        ...twoEarners,
        filingStatus,
        incomes: [income({ annualAmount: 100_000 })],
        accounts: [cash('ann', 'hers'), account({ owner: 'bob', key: 'ira', kind: 'traditional' })],
        contributions: [
          {
            key: 'c',
            account: 'ira',
            amount: { kind: 'fixed', annualAmount: 5000, indexedToInflation: true },
            employerMatch: null,
            startYear: 0,
            endYear: null,
            enforceLimits: true,
          },
        ],
      })[0]!.contributions
    expect([contributed('married_joint'), contributed('single'), contributed('married_separate')]).toEqual([5000, 0, 0])
  })

  test('sell a home with 250,000 of gain free of tax each', () => {
    const gains = (filingStatus: Filing): number =>
      ledger({
        ...twoEarners,
        filingStatus,
        properties: [
          { key: 'home', openingValue: 900_000, growthRate: 0, basis: 300_000, saleYear: 0, saleCostRate: 0, primaryResidence: true },
        ],
      })[0]!.taxes.capitalGains
    // 50,000 of gain each at 15 %, above the wages of both.
    expect(gains('single')).toBeCloseTo(0.15 * 100_000 - 0.15 * Math.max(0, 49_450 - 33_900), 6)
    expect(gains('married_joint')).toBeCloseTo(0.15 * 100_000, 6)
  })
})

describe('spouses who file separately', () => {
  const born = { birthDate: '1950-03-10', lifespan: { kind: 'fixed', age: 90 } } as const
  const benefit = { benefit: { kind: 'pia', monthlyAmount: 20_000 / 12 }, claimingAgeMonths: 66 * 12 } as const
  const retired = (filingStatus: Filing): Partial<HouseholdSpec> => ({
    filingStatus,
    people: [person(born), bob({ ...born, socialSecurity: benefit })],
    incomes: [
      income({ key: 'pension', kind: 'pension', person: 'bob', annualAmount: 10_000 }),
      income({ key: 'hers', kind: 'pension', annualAmount: 130_000 }),
    ],
  })

  test('are taxed on 85 % of benefits from the first dollar, without the senior deduction', () => {
    // IRC 86(c)(1)(C), 151(d)(5)(C)(v): Bob has 10,000 and 85 % of 20,000, less 16,100 and 1,650. Ann has 130,000 and 85 % of her spouse's
    // benefit of 10,000, less the same. Rev. Proc. 2025-32: 10 % to 12,400, 12 % to 50,400, 22 % to 105,700, then 24 %.
    const [first] = ledger(retired('married_separate'))
    const [bobs, anns] = [10_000 + 17_000 - 17_750, 130_000 + 8500 - 17_750]
    expect(first!.socialSecurity).toBeCloseTo(30_000, 6)
    expect(first!.taxes.ordinaryIncome).toBeCloseTo(0.1 * bobs + 1240 + 4560 + 12_166 + 0.24 * (anns - 105_700), 6)
    expect(first!.filingStatus).toBe('marriedFilingSeparately')
  })

  test('have the surcharge of the last tier but one from the first threshold on (42 USC 1395r(i)(3)(C)(iii))', () => {
    // CMS 2026: 446.30 and 83.30 a month above 109,000 of a separate return; Ann has 138,500 of income two years before.
    const surcharge = (filingStatus: Filing): number => ledger(retired(filingStatus))[2]!.taxes.medicareSurcharge
    expect(surcharge('married_separate')).toBeCloseTo(12 * (446.3 + 83.3), 6)
    expect(surcharge('married_joint')).toBe(0)
  })

  test('file one return as single after the first death', () => {
    const spec = retired('married_separate')
    const people = [person({ ...born, lifespan: { kind: 'fixed', age: 75 } }), spec.people![1]!]
    const rows = ledger({ ...spec, people, incomes: spec.incomes!.slice(0, 1) })
    expect(rows.map(row => row.filingStatus)).toEqual(['marriedFilingSeparately', 'single', 'single'])
    // 10,000 and 10,000 of half the benefit are below 25,000: no benefit is taxed.
    expect(rows[1]!.taxes.ordinaryIncome).toBe(0)
    expect(rows[1]!.accounts[0]!.owner).toBe('bob')
  })
})

test('spouses pay more tax with two returns than with one', () => {
  // Filing separately has the same brackets at half the width, and loses what a joint return has.
  const mean = (filingStatus: Filing): number => {
    const spec = fullCouple({ paths: 60, filingStatus })
    return simulateHousehold(spec).taxes.lifetimeReal.mean
  }
  expect(mean('married_separate')).toBeGreaterThan(mean('married_joint'))
})
