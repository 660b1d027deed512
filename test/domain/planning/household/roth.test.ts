import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Account, explainPath, type HouseholdLedgerYear, type HouseholdSpec } from '../../../../domain/planning/household/index.ts'
import {
  convertToRoth,
  createRothLayers,
  createRothWithdrawal,
  openRothYear,
  withdrawFromRoth,
} from '../../us-tax/retirement-accounts/roth-layers.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

const taxed = { tableYear: 2026, state: null, enabled: true } as const
const fixed = (annualAmount: number, startYear: number, endYear: number): HouseholdSpec['rothConversion'] => ({
  amount: { kind: 'fixed', annualAmount, indexedToInflation: false },
  startYear,
  endYear,
})

/** A person who lives on a Roth account, with an IRA to convert and given returns of stocks. */
const livesOnRoth = (birthDate: string, stocks: number[], roth: Partial<Account>, changes: Partial<HouseholdSpec>): HouseholdSpec =>
  household({
    years: stocks.length,
    paths: 1,
    returns: NO_VOLATILITY,
    people: [person({ birthDate, retirementAge: 40 })],
    accounts: [
      account(),
      account({ key: 'ira', kind: 'traditional', openingBalance: 2_000_000 }),
      account({ key: 'roth', kind: 'roth', openingBalance: 100_000, allocation: [{ year: 0, weights: { stocks: 1 } }], ...roth }),
    ],
    withdrawals: { order: { kind: 'custom', accounts: ['brokerage', 'roth'] }, surplus: 'taxable' },
    openingReturns: { assets: { stocks }, inflation: [] },
    tax: taxed,
    ...changes,
  })

describe('a Roth account before 59 1/2', () => {
  test('gives contributions, then conversions from the oldest on, then earnings, each with the penalty of its layer', () => {
    const amount = fc.integer({ min: 0, max: 60_000 })
    fc.assert(
      fc.property(
        fc.array(fc.record({ stocks: fc.double({ min: -0.3, max: 0.5, noNaN: true }), spent: amount }), { minLength: 8, maxLength: 12 }),
        fc.integer({ min: 0, max: 100_000 }),
        amount,
        fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 8 })),
        (years, openingBasis, converted, [from, to]) => {
          const stocks = years.map(year => year.stocks)
          const changes = {
            expenses: years.map(({ spent }, year) =>
              expense({ key: `${year}`, annualAmount: spent, startYear: year, endYear: year + 1, indexedToInflation: false }),
            ),
            rothConversion: fixed(converted, from, to),
          }
          const layers = createRothLayers(2026, openingBasis)
          const out = createRothWithdrawal()
          for (const row of explainPath(livesOnRoth('1982-01-01', stocks, { openingBasis }, changes), 0)) {
            openRothYear(layers, row.calendarYear)
            convertToRoth(layers, row.rothConversion, 0)
            withdrawFromRoth(layers, row.accounts[2]!.withdrawn, false, out)
            expect(row.taxes.earlyWithdrawal).toBeCloseTo(0.1 * out.penalized, 4)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a Roth account from 59 1/2 on', () => {
  /** A conversion of 100,000 in the first year doubles in value; one later year spends 150,000. */
  const spentIn = (year: number, opening: number): HouseholdLedgerYear => {
    const roth = { openingBalance: opening, openingBasis: opening }
    const spec = livesOnRoth('1966-01-02', [1, 0, 0, 0, 0, 0, 0], roth, {
      incomes: [income({ key: 'gift', kind: 'other', annualAmount: 100_000, taxableShare: 0, endYear: 1 })],
      expenses: [expense({ annualAmount: 150_000, startYear: year, endYear: year + 1, indexedToInflation: false })],
      rothConversion: fixed(100_000, 0, 1),
      withdrawals: { order: { kind: 'custom', accounts: ['roth'] }, surplus: 'spent' },
    })
    return explainPath(spec, 0)[year]!
  }

  test.each([1, 4])('has taxed earnings, without a penalty, in year %i of the five years from the first conversion', year => {
    const { taxes, accounts } = spentIn(year, 0)
    expect(taxes.earlyWithdrawal).toBe(0)
    // The conversion is withdrawn first. The rest is income of a person below 65, less the standard deduction; its tax is withdrawn too.
    const ordinary = accounts[2]!.withdrawn - 100_000
    const index = 1.02 ** year
    expect(taxes.ordinaryIncome).toBeCloseTo(0.1 * 12_400 * index + 0.12 * (ordinary - (16_100 + 12_400) * index), 1)
  })

  test('is free of tax after the five years, or with Roth money from before the plan', () => {
    expect(spentIn(5, 0).taxes.ordinaryIncome).toBe(0)
    expect(spentIn(1, 1).taxes.ordinaryIncome).toBe(0)
  })
})

test('the Roth plan of an employer that a person leaves at 55 pays without a penalty, but with taxed earnings', () => {
  const plan = { employerPlan: true, openingBasis: 20_000 }
  const spec = livesOnRoth('1970-01-01', [0, 0], plan, {
    people: [person({ birthDate: '1970-01-01', retirementAge: 55 })],
    expenses: [expense({ annualAmount: 60_000, indexedToInflation: false })],
  })
  const [row] = explainPath(spec, 0)
  expect(row!.taxes.earlyWithdrawal).toBe(0)
  const earnings = row!.accounts[2]!.withdrawn - 20_000
  expect(row!.taxes.ordinaryIncome).toBeCloseTo(0.1 * 12_400 + 0.12 * (earnings - 16_100 - 12_400), 1)
})
