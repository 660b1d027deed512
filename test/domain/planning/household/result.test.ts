import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec, simulateHousehold } from '../../../../domain/planning/household/index.ts'
import { lifeExpectancy, prepareLifetime, SSA_PERIOD_2022 } from '../../../../domain/longevity/mortality/index.ts'
import { simulate } from '../../../../domain/simulation/index.ts'
import { account, expense, fullCouple, household, person, THREE_ASSETS } from './households.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

test('a household with one untaxed account and level expenses equals the portfolio engine, path by path', () => {
  const weights = { stocks: 0.6, bonds: 0.3, cash: 0.1 }
  const spec = household({
    paths: 500,
    expenses: [expense({ annualAmount: 45_000 })],
    accounts: [account({ openingBalance: 1_000_000, openingBasis: 1_000_000, allocation: [{ year: 0, weights }] })],
    percentiles: [0.05, 0.5, 0.95],
  })
  const portfolio = simulate({
    years: 30,
    stepsPerYear: 1,
    paths: 500,
    seed: spec.seed,
    openingBalance: 1_000_000,
    realFlows: Array.from({ length: 30 }, () => -45_000),
    nominalFlows: Array.from({ length: 30 }, () => 0),
    flowTiming: 'begin',
    returns: THREE_ASSETS,
    percentiles: [...spec.percentiles],
  })
  const result = simulateHousehold(spec)
  expect(result.success.count).toBe(portfolio.success.count)
  expect(result.depletion.map(({ year, paths }) => [year, paths])).toEqual(
    [...portfolio.depletion.entries()].filter(([, paths]) => paths > 0),
  )
  for (const [percentile, band] of portfolio.bands.real.entries()) {
    for (const [year, value] of band.entries()) expect(result.bands.real[percentile]![year]).toBeCloseTo(value, 3)
  }
})

describe('a result', () => {
  const spec = fullCouple({ paths: 120, expenses: [expense({ annualAmount: 105_000, survivorShare: 0.9 })] })
  const result = simulateHousehold(spec)
  const ledgers = Array.from({ length: spec.paths }, (_, path) => explainPath(spec, path))

  test('counts the same successes, failures and survivors as the ledgers', () => {
    const successes = ledgers.filter(ledger => ledger.at(-1)!.succeeding).length
    expect(successes).toBeGreaterThan(20)
    expect(successes).toBeLessThan(110)
    expect(result.success).toMatchObject({ count: successes, probability: successes / 120, criterion: 'all_spending' })
    expect(result.success.interval.lower).toBeLessThan(result.success.probability)
    expect(sum(result.depletion.map(({ paths }) => paths))).toBe(120 - successes)
    expect(result.surviving).toEqual(
      Array.from(
        { length: Math.max(...ledgers.map(ledger => ledger.length)) },
        (_, year) => ledgers.filter(ledger => ledger.length > year).length,
      ),
    )
    // Bob is 63 at the start, Ann 61.
    for (const { year, age } of result.depletion) expect(age).toBe(63 + year)
  })

  test('has bands over the surviving paths, from the opening balance on', () => {
    const [low, median, high] = result.bands.real
    expect(low![0]).toBe(1_375_000)
    expect(median).toHaveLength(result.surviving.length + 1)
    for (const [year, value] of median!.entries()) {
      expect(low![year]).toBeLessThanOrEqual(value)
      expect(high![year]).toBeGreaterThanOrEqual(value)
    }
    const year = result.surviving.length - 1
    const last = ledgers.filter(ledger => ledger.length > year).map(ledger => ledger[year]!.closing)
    expect(result.bands.nominal[2]!.at(-1)).toBeLessThanOrEqual(Math.max(...last))
    expect(result.bands.nominal[0]!.at(-1)).toBeGreaterThanOrEqual(Math.min(...last))
    expect(result.spending.real[1]![0]).toBe(105_000)
  })

  test('sums taxes by kind, in money of the as-of date', () => {
    const mean = (of: (row: (typeof ledgers)[number][number]) => number): number =>
      sum(ledgers.flat().map(row => of(row) / row.priceIndex)) / spec.paths
    for (const [kind, amount] of Object.entries(result.taxes.meanByKind))
      expect(amount).toBeCloseTo(
        mean(row => row.taxes[kind as keyof typeof row.taxes]),
        4,
      )
    expect(result.taxes.lifetimeReal.mean).toBeCloseTo(
      mean(row => row.tax),
      4,
    )
    expect(result.taxes.meanByKind.state).toBeGreaterThan(0)
  })

  test('has an estate of accounts and the home, less debts', () => {
    const owedAfter = (years: number): number =>
      Array.from({ length: years }).reduce<number>(owed => Math.max(0, owed - 18_000) * 1.04, 120_000)
    const estates = ledgers.map(ledger => {
      const last = ledger.at(-1)!
      return Math.max(0, last.closingReal + 550_000 * 1.005 ** ledger.length - owedAfter(ledger.length) / last.closingPriceIndex)
    })
    expect(result.endingWealth.real.mean).toBeCloseTo(sum(estates) / 120, 2)
    expect(result.endingWealth.real.minimum).toBeCloseTo(Math.min(...estates), 2)
    expect(result.endingWealth.real.maximum).toBeCloseTo(Math.max(...estates), 2)
  })

  test('has one sample path per percentile', () => {
    expect(result.samplePaths).toHaveLength(3)
    for (const { path, success, wealthReal, spendingReal } of result.samplePaths) {
      const ledger = ledgers[path]!
      expect(success).toBe(ledger.at(-1)!.succeeding)
      expect(wealthReal).toEqual([1_375_000, ...ledger.map(row => row.closingReal)])
      expect(spendingReal).toEqual(ledger.map(row => row.spendingPaid / row.priceIndex))
    }
  })
})

describe('drawn lives', () => {
  test('have the mean length of the life table', () => {
    const spec: HouseholdSpec = household({
      years: 54,
      paths: 4000,
      people: [person({ birthDate: '1960-01-01', sex: 'male', lifespan: { kind: 'life_table' } })],
      expenses: [],
    })
    const { survival } = prepareLifetime({ kind: 'drawn', sex: 'male', improvementAnnual: 0 }, SSA_PERIOD_2022, 66, 2026)
    const { surviving } = simulateHousehold(spec)
    for (const year of [5, 15, 25, 32]) {
      const expected = survival[year]!
      const error = Math.sqrt((expected * (1 - expected)) / 4000)
      expect(Math.abs(surviving[year]! / 4000 - expected)).toBeLessThan(4 * error)
    }
    // The last year counts as a whole one: half a year more than the expectation.
    expect(sum(surviving) / 4000).toBeCloseTo(lifeExpectancy(survival) + 0.5, 0)
  })
})
