import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

/* Without volatility every path is one ledger, written here from the definitions alone. */

const INFLATION = 1.02

describe('a household without volatility', () => {
  test('has exactly the ledger of its cash flows, to the cent', () => {
    const spec = household({
      years: 12,
      paths: 3,
      returns: NO_VOLATILITY,
      people: [person({ birthDate: '1960-01-01', lifespan: { kind: 'fixed', age: 90 } })],
      incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 9000, startYear: 2, indexedToInflation: false, growthRate: 0.01 })],
      expenses: [
        expense({ annualAmount: 42_000, growthRate: 0.01 }),
        expense({ key: 'club', annualAmount: 3000, essential: false, indexedToInflation: false, startYear: 1, endYear: 5 }),
      ],
      accounts: [
        account({
          openingBalance: 400_000,
          openingBasis: 100_000,
          feeRate: 0.002,
          allocation: [
            { year: 0, weights: { stocks: 0.8, bonds: 0.2 } },
            { year: 10, weights: { stocks: 0.3, bonds: 0.5, cash: 0.2 } },
          ],
        }),
      ],
      debts: [{ key: 'loan', openingBalance: 50_000, annualRate: 0.05, annualPayment: 12_000 }],
      properties: [
        {
          key: 'cabin',
          openingValue: 80_000,
          growthRate: 0.01,
          basis: 20_000,
          saleYear: 6,
          saleCostRate: 0.05,
          primaryResidence: false,
        },
      ],
    })

    let balance = 400_000
    let owed = 50_000
    const ledger = explainPath(spec, 2)
    expect(ledger).toHaveLength(12)
    for (const [year, row] of ledger.entries()) {
      const prices = INFLATION ** year
      const spending = 42_000 * 1.01 ** year * prices + (year >= 1 && year < 5 ? 3000 : 0)
      const pension = year >= 2 ? 9000 * 1.01 ** (year - 2) : 0
      const sale = year === 6 ? 80_000 * 1.01 ** 6 * prices * 0.95 : 0
      const payment = Math.min(owed, 12_000)
      owed = (owed - payment) * 1.05
      const passed = Math.min(year, 10) / 10
      const growth = (0.8 - 0.5 * passed) * 1.05 + (0.2 + 0.3 * passed) * 1.03 + 0.2 * passed * 1.01
      balance = (balance + pension + sale - spending - payment) * growth * 0.998
      expect(row.spendingPaid).toBeCloseTo(spending, 2)
      expect(row.debtPaid).toBeCloseTo(payment, 2)
      expect(row.closing).toBeCloseTo(balance, 2)
      expect(row.closingReal).toBeCloseTo(balance / INFLATION ** (year + 1), 2)
    }
  })

  // Rev. Proc. 2025-32: brackets and standard deduction of a single person in 2026.
  const FROM = [0, 12_400, 50_400, 105_700, 201_775, 256_225, 640_600]
  const RATES = [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37]
  const incomeTax = (ordinary: number, prices: number): number => {
    const taxable = Math.max(0, ordinary / prices - 16_100)
    return (
      prices *
      RATES.reduce((sum, rate, i) => sum + rate * Math.max(0, Math.min(taxable, FROM[i + 1] ?? Number.POSITIVE_INFINITY) - FROM[i]!), 0)
    )
  }
  const grossUp = (net: number, other: number, prices: number): number => {
    let low = 0
    let high = 2 * net
    for (let i = 0; i < 100; i++) {
      const middle = (low + high) / 2
      if (middle - incomeTax(other + middle, prices) < net - other) low = middle
      else high = middle
    }
    return low
  }

  test('withdraws from a tax-deferred account its spending plus the tax of the withdrawal, to the cent', () => {
    const spec = household({
      years: 4,
      paths: 1,
      returns: NO_VOLATILITY,
      people: [person({ birthDate: '1965-06-15' })],
      incomes: [income({ key: 'pension', kind: 'pension', annualAmount: 20_000 })],
      expenses: [expense({ annualAmount: 90_000 })],
      accounts: [
        account(),
        account({ key: 'ira', kind: 'traditional', openingBalance: 900_000, allocation: [{ year: 0, weights: { bonds: 1 } }] }),
      ],
      tax: { tableYear: 2026, state: null, enabled: true },
    })
    let balance = 900_000
    for (const [year, row] of explainPath(spec, 0).entries()) {
      const prices = INFLATION ** year
      const withdrawn = grossUp(90_000 * prices, 20_000 * prices, prices)
      balance = (balance - withdrawn) * 1.03
      expect(row.withdrawals).toBeCloseTo(withdrawn, 2)
      expect(row.taxes.ordinaryIncome).toBeCloseTo(incomeTax(withdrawn + 20_000 * prices, prices), 2)
      expect(row.closing).toBeCloseTo(balance, 2)
    }
  })

  test('lets holdings drift between rebalancings, by calendar, by threshold or never', () => {
    const grown = (rebalancing: HouseholdSpec['accounts'][number]['rebalancing']): number[] => {
      const spec = household({
        years: 4,
        paths: 1,
        returns: NO_VOLATILITY,
        expenses: [],
        accounts: [
          account({
            openingBalance: 1000,
            openingBasis: 1000,
            allocation: [{ year: 0, weights: { stocks: 0.5, cash: 0.5 } }],
            rebalancing,
          }),
        ],
      })
      return explainPath(spec, 0).map(row => row.closing)
    }
    const drifting = [1, 2, 3, 4].map(years => 500 * 1.05 ** years + 500 * 1.01 ** years)
    const rebalanced = (years: number): number => 1.03 ** years
    const twice = [drifting[0]!, drifting[1]!, (drifting[1]! / 1000) * drifting[0]!, (drifting[1]! / 1000) * drifting[1]!]
    for (const [year, value] of grown({ kind: 'never' }).entries()) expect(value).toBeCloseTo(drifting[year]!, 6)
    for (const [year, value] of grown({ kind: 'calendar', everyYears: 2 }).entries()) expect(value).toBeCloseTo(twice[year]!, 6)
    // After one year the weights are 0.5097 and 0.4903, after two 0.5194 and 0.4806.
    for (const [year, value] of grown({ kind: 'threshold', drift: 0.015 }).entries()) expect(value).toBeCloseTo(twice[year]!, 6)
    for (const [year, value] of grown({ kind: 'threshold', drift: 0 }).entries()) expect(value).toBeCloseTo(1000 * rebalanced(year + 1), 6)
    for (const [year, value] of grown({ kind: 'calendar', everyYears: 1 }).entries())
      expect(value).toBeCloseTo(1000 * rebalanced(year + 1), 6)
  })
})
