import { describe, expect, test } from 'vitest'
import {
  countHouseholdShard,
  createCountedMerge,
  explainPath,
  FAILURE_CAUSES,
  type HouseholdResult,
  type HouseholdSpec,
  simulateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { shardRanges } from '../../../../domain/simulation/index.ts'
import { namedFlows, yearlyFromLedgers } from './ledger-flows.ts'
import { account, expense, fullCouple, household, income, NO_VOLATILITY } from './households.ts'

/** Everything that a household can have, so that every flow is above zero in some year. */
const base = fullCouple()
const spec = fullCouple({
  paths: 120,
  incomes: [
    ...base.incomes,
    income({ key: 'flat', kind: 'rental', annualAmount: 3000 }),
    income({ key: 'royalties', kind: 'other', annualAmount: 4000 }),
    income({ key: 'gift', kind: 'other', annualAmount: 2000, taxableShare: 0 }),
  ],
  expenses: [...base.expenses, expense({ key: 'gifts', annualAmount: 9000, essential: false, charitable: true })],
  accounts: [...base.accounts, account({ key: '529', kind: 'education_529', openingBalance: 15_000, openingBasis: 10_000 })],
  goals: [...base.goals, { key: 'college', priority: 1, year: 3, amount: 30_000, indexedToInflation: true, education: true }],
  properties: [
    ...base.properties,
    { key: 'cabin', openingValue: 90_000, basis: 50_000, growthRate: 0, saleYear: 6, saleCostRate: 0.06, primaryResidence: false },
  ],
  withdrawals: { order: { kind: 'proportional' }, surplus: 'taxable' },
  rothConversion: { amount: { kind: 'fixed', annualAmount: 10_000, indexedToInflation: true }, startYear: 2, endYear: 8 },
})

const counted = (of: HouseholdSpec, shards: number): HouseholdResult => {
  const merge = createCountedMerge(of)
  for (const [from, to] of shardRanges(of.paths, shards)) merge.add(countHouseholdShard(of, from, to))
  return merge.result()
}

describe('yearly means', () => {
  const result = simulateHousehold(spec)
  const { income: incomes, withdrawals, ...means } = result.yearly.real

  test('are those of the ledgers of the paths that live in the year', () => {
    const ledgers = Array.from({ length: spec.paths }, (_, path) => explainPath(spec, path))
    const expected = yearlyFromLedgers(spec, ledgers)
    const found = namedFlows(result.yearly.real)
    expect(Object.keys(found).toSorted((a, b) => a.localeCompare(b))).toEqual(Object.keys(expected).toSorted((a, b) => a.localeCompare(b)))
    for (const [name, values] of Object.entries(found)) {
      expect(values).toHaveLength(result.surviving.length)
      for (const [year, value] of values.entries())
        expect(Math.abs(value - expected[name]![year]!), `${name} of ${year}`).toBeLessThan(0.001)
    }
    const none = Object.keys(found).filter(name => found[name]!.every(value => value === 0))
    expect(none).toEqual(['taxes.earlyWithdrawal', 'surplus.spent'])
  })

  test('add up: parts to totals, and what comes in to what goes out', () => {
    for (let year = 0; year < result.surviving.length; year++) {
      const { total, required: _required, charitable: _charitable, ...kinds } = withdrawals
      expect(Object.values(kinds).reduce((sum, values) => sum + values[year]!, 0)).toBeCloseTo(total[year]!, 8)
      const { contributions, debts, goals, property, spending, surplus, taxes } = means
      const uses = [spending.paid, debts.paid, goals.paid, contributions.household, taxes.paid, surplus.saved, surplus.spent]
      const sources = incomes.total[year]! + property.proceeds[year]! + total[year]!
      expect(Math.abs(uses.reduce((sum, values) => sum + values[year]!, 0) - sources)).toBeLessThan(0.01)
    }
  })

  test('have the same bits in 1, 2 and 7 shards, and where paths are counted', () => {
    for (const shards of [2, 7]) expect(simulateHousehold(spec, { shards }).yearly).toEqual(result.yearly)
    for (const shards of [1, 2, 7]) {
      const found = counted(spec, shards)
      expect(found.yearly).toEqual(result.yearly)
      expect(found.taxes.meanByKind).toEqual(result.taxes.meanByKind)
      expect(found.depletion).toEqual(result.depletion)
    }
  })

  test('are exact for amounts that are too large for sums in doubles', () => {
    const rich = household({
      paths: 1500,
      years: 3,
      returns: NO_VOLATILITY,
      incomes: [income({ kind: 'other', annualAmount: 999_999_999_999, indexedToInflation: true, taxableShare: 0 })],
      expenses: [expense({ annualAmount: 0.25 })],
    })
    for (const shards of [1, 7]) {
      const { income: incomes, spending } = simulateHousehold(rich, { shards }).yearly.real
      for (const value of incomes.untaxedIncome) expect(value).toBeCloseTo(999_999_999_999, 2)
      for (const value of spending.paid) expect(value).toBe(0.25)
    }
  })
})

describe('the cause of a failure', () => {
  /** A person with nothing but an income of 10,000 a year. */
  const failing = (changes: Partial<HouseholdSpec>): HouseholdResult =>
    simulateHousehold(
      household({
        paths: 3,
        years: 2,
        returns: NO_VOLATILITY,
        incomes: [income({ kind: 'other', annualAmount: 10_000 })],
        accounts: [account()],
        expenses: [],
        ...changes,
      }),
    )
  const essential = (annualAmount: number) => expense({ annualAmount })
  const fun = (annualAmount: number) => expense({ key: 'fun', annualAmount, essential: false })
  const debt = { key: 'loan', openingBalance: 50_000, annualRate: 0, annualPayment: 5000 }
  /** Everything is converted in the first year, and spent on a goal in the next: the Medicare surcharge of the year after it is due. */
  const converted: Partial<HouseholdSpec> = {
    years: 3,
    incomes: [],
    tax: { tableYear: 2026, state: null, enabled: true },
    accounts: [account(), account({ key: 'ira', kind: 'traditional', openingBalance: 900_000 }), account({ key: 'roth', kind: 'roth' })],
    rothConversion: { amount: { kind: 'fixed', annualAmount: 900_000, indexedToInflation: false }, startYear: 0, endYear: 1 },
    goals: [{ key: 'yacht', priority: 1, year: 1, amount: 5_000_000, indexedToInflation: false, education: false }],
  }
  const boat = { key: 'boat', priority: 1, year: 1, amount: 5000, indexedToInflation: false, education: false }

  test.each<[(typeof FAILURE_CAUSES)[number], number, Partial<HouseholdSpec>]>([
    ['discretionarySpending', 0, { expenses: [essential(9000), fun(2000)] }],
    ['essentialSpending', 0, { expenses: [essential(11_000), fun(2000)] }],
    ['debts', 0, { incomes: [], expenses: [essential(5000)], debts: [debt] }],
    ['taxes', 2, converted],
  ])('is %s, the most essential payment that is missed', (cause, year, changes) => {
    const { depletion, success } = failing(changes)
    expect(success.count).toBe(0)
    expect(depletion).toEqual([
      { year, age: 64 + year, paths: 3, causes: { ...Object.fromEntries(FAILURE_CAUSES.map(name => [name, 0])), [cause]: 3 } },
    ])
  })

  test('is never discretionary spending where essential spending decides', () => {
    const changes = { successCriterion: 'essential_spending', expenses: [essential(9000), fun(2000)] } as const
    expect(failing(changes).depletion).toEqual([])
    expect(failing({ ...changes, expenses: [essential(10_001), fun(2000)] }).depletion).toMatchObject([
      { causes: { essentialSpending: 3 } },
    ])
  })

  test('is not a missed goal, which its goal counts', () => {
    const { depletion, goals } = failing({ expenses: [essential(9950)], goals: [boat] })
    expect(depletion).toEqual([])
    expect(goals).toMatchObject([{ key: 'boat', year: 1, reached: 3, missed: 3, funded: { count: 0 } }])
  })

  test('is counted once for each failed path', () => {
    const result = simulateHousehold(fullCouple({ paths: 120, expenses: [expense({ annualAmount: 105_000 }), fun(20_000)] }))
    const failed = result.depletion.map(({ causes, paths }) => [Object.values(causes).reduce((sum, count) => sum + count, 0), paths])
    for (const [sum, paths] of failed) expect(sum).toBe(paths)
    expect(failed.reduce((sum, [, paths]) => sum + paths!, 0)).toBe(120 - result.success.count)
  })
})
