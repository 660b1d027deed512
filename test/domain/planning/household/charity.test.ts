import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  explainPath,
  type HouseholdLedgerYear,
  type HouseholdSpec,
  simulateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { taxTables } from '../../../../domain/us-tax/tax/index.ts'
import { charitableDistributionLimit } from '../../../../domain/planning/withdrawals/index.ts'
import { account, expense, fullCouple, household, income, NO_VOLATILITY, person } from './households.ts'

/** A person of 75 with an IRA whose required distribution is 10,000, a pension and an empty brokerage account, taxed. */
const giver = (gift: number, changes: Partial<HouseholdSpec> = {}): HouseholdSpec =>
  household({
    years: 3,
    paths: 1,
    people: [person({ birthDate: '1951-01-02' })],
    incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 80_000 })],
    expenses: [expense({ annualAmount: 40_000 }), expense({ key: 'gift', annualAmount: gift, essential: false, charitable: true })],
    accounts: [account(), account({ key: 'ira', kind: 'traditional', openingBalance: 246_000 })],
    tax: { tableYear: 2026, state: null, enabled: true },
    returns: NO_VOLATILITY,
    ...changes,
  })

const first = (spec: HouseholdSpec): HouseholdLedgerYear => explainPath(spec, 0)[0]!
const withdrawn = (row: HouseholdLedgerYear, key = 'ira'): number => row.accounts.find(account => account.key === key)!.withdrawn
const unflagged = (spec: HouseholdSpec): HouseholdSpec => ({
  ...spec,
  expenses: spec.expenses.map(kept => ({ ...kept, charitable: undefined })),
})

/** Income tax of a year with a pension only. */
const taxOn = (pension: number): number =>
  first(giver(0, { incomes: [income({ key: 'pension', kind: 'pension', annualAmount: pension })], accounts: [account()] })).tax

describe('a gift from an IRA', () => {
  test('counts towards the required distribution and is no income', () => {
    for (const [gift, taxed] of [
      [0, 90_000],
      [4000, 86_000],
      [10_000, 80_000],
    ] as const) {
      const row = first(giver(gift))
      expect(row.requiredDistributions).toBeCloseTo(10_000, 6)
      expect(row.charitableDistributions).toBe(gift)
      expect(withdrawn(row)).toBeCloseTo(10_000, 6)
      expect(row.tax).toBeCloseTo(taxOn(taxed), 6)
    }
  })

  test('can be more than the required distribution', () => {
    const row = first(giver(25_000))
    expect(row).toMatchObject({ charitableDistributions: 25_000, spendingPaid: 65_000 })
    expect(withdrawn(row)).toBeCloseTo(25_000, 6)
    expect(row.tax).toBeCloseTo(taxOn(80_000), 6)
  })

  test('is limited per person; the rest is paid like any other expense', () => {
    const accounts = [
      account({ openingBalance: 500_000, openingBasis: 500_000 }),
      account({ key: 'ira', kind: 'traditional', openingBalance: 246_000 }),
      account({ key: 'second', kind: 'traditional', openingBalance: 49_200 }),
    ]
    for (const [tableYear, limit] of [
      [2025, 108_000],
      [2026, 111_000],
    ] as const) {
      const row = first(giver(150_000, { accounts, tax: { tableYear, state: null, enabled: true } }))
      expect(row.charitableDistributions).toBe(limit)
      expect(withdrawn(row) + withdrawn(row, 'second')).toBeCloseTo(limit, 6)
      expect(withdrawn(row, 'second')).toBeCloseTo(2000, 6)
      expect(row.spendingPaid).toBeCloseTo(190_000, 6)
    }
    const [, second] = explainPath(giver(150_000, { accounts }), 0)
    expect(second!.charitableDistributions).toBeCloseTo(111_000 * 1.02, 6)
  })

  test('is possible from the day of 70 years and six months on, and never from an employer’s plan', () => {
    const young = (birthDate: string, employerPlan = false): number[] =>
      explainPath(
        giver(5000, {
          people: [person({ birthDate })],
          accounts: [account(), account({ key: 'ira', kind: 'traditional', employerPlan, openingBalance: 246_000 })],
        }),
        0,
      ).map(row => Math.round(row.charitableDistributions))
    expect(young('1955-07-01')).toEqual([5000, 5100, 5202])
    expect(young('1955-07-02')).toEqual([0, 5100, 5202])
    expect(young('1955-07-01', true)).toEqual([0, 0, 0])
  })

  test('reduces the balance for conversions, and uses no room in the bracket', () => {
    const rothConversion = { amount: { kind: 'fixed', annualAmount: 1e9, indexedToInflation: false }, startYear: 0, endYear: 1 } as const
    const accounts = [account({ openingBalance: 400_000 }), account({ key: 'ira', kind: 'traditional', openingBalance: 246_000 })]
    const spec = giver(30_000, { accounts: [...accounts, account({ key: 'roth', kind: 'roth' })], rothConversion })
    expect(first(spec).rothConversion).toBeCloseTo(216_000, 6)
    const order = { kind: 'bracket_aware', ordinaryRate: 0.22 } as const
    const filled = giver(30_000, { accounts, withdrawals: { order, surplus: 'taxable' }, expenses: [expense({ annualAmount: 150_000 })] })
    const given = { ...filled, expenses: [...filled.expenses, expense({ key: 'gift', annualAmount: 30_000, charitable: true })] }
    expect(withdrawn(first(given)) - 30_000).toBeCloseTo(withdrawn(first(filled)), 4)
  })

  test('cannot be a medical expense too, and is explained in the result’s definitions', () => {
    expect(simulateHousehold(giver(1)).definitions.charity).toContain('70 1/2')
    expect(simulateHousehold(unflagged(giver(1))).definitions).not.toHaveProperty('charity')
    expect(() => explainPath(giver(1, { expenses: [expense({ medical: true, charitable: true })] }), 0)).toThrow('expenses.0.charitable')
  })
})

describe('gifts to charity', () => {
  const gift = fc.integer({ min: 0, max: 150_000 })

  test('never raise the tax of a year by coming from an IRA', () => {
    fc.assert(
      fc.property(gift, fc.integer({ min: 1935, max: 1975 }), fc.integer({ min: 0, max: 5_000_000 }), (amount, born, ira) => {
        const spec = giver(amount, {
          people: [person({ birthDate: `${born}-04-01`, lifespan: { kind: 'fixed', age: 100 } })],
          accounts: [
            account({ openingBalance: 600_000, openingBasis: 200_000 }),
            account({ key: 'ira', kind: 'traditional', openingBalance: ira }),
          ],
        })
        const given = first(spec)
        expect(given.tax).toBeLessThanOrEqual(first(unflagged(spec)).tax + 0.01)
        expect(given.charitableDistributions).toBeLessThanOrEqual(Math.min(amount, ira, 111_000))
        expect(withdrawn(given)).toBeGreaterThanOrEqual(Math.max(given.requiredDistributions, given.charitableDistributions) - 1e-6)
      }),
    )
  })

  test('of persons who are too young are like any other expense', () => {
    const base = fullCouple({ paths: 3, years: 8 })
    const spec = { ...base, expenses: [...base.expenses, expense({ key: 'gift', annualAmount: 9000, charitable: true })] }
    for (const path of [0, 2]) expect(explainPath(spec, path)).toEqual(explainPath(unflagged(spec), path))
  })
})

test('every year of tax tables has a limit of charitable distributions', () => {
  for (const { year } of taxTables) expect(charitableDistributionLimit(year)).toBeGreaterThanOrEqual(100_000)
  expect(() => charitableDistributionLimit(1999)).toThrow(RangeError)
})
