import { describe, expect, test } from 'vitest'
import {
  compareOutcomes,
  compareScenarios,
  type Estimate,
  type HouseholdSpec,
  pathOutcomes,
  simulateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { DomainError } from '../../../../domain/shared/index.ts'
import { simulate, type SimulationSpec } from '../../../../domain/simulation/index.ts'
import { expense, fullCouple, household, NO_VOLATILITY } from './households.ts'

const spending = (annualAmount: number, changes: Partial<HouseholdSpec> = {}): HouseholdSpec =>
  household({ paths: 2000, expenses: [expense({ annualAmount })], ...changes })

const portfolio = (withdrawal: number): SimulationSpec => ({
  years: 30,
  stepsPerYear: 1,
  paths: 1000,
  seed: '7',
  openingBalance: 1_000_000,
  realFlows: Array.from({ length: 30 }, () => -withdrawal),
  nominalFlows: Array.from({ length: 30 }, () => 0),
  flowTiming: 'begin',
  returns: household().returns,
  percentiles: [0.5],
})

describe('two scenarios on common random numbers', () => {
  const comparison = compareScenarios(spending(40_000), spending(44_000))

  test('differ by the same amounts as their whole runs', () => {
    const [first, second] = [simulateHousehold(spending(40_000)), simulateHousehold(spending(44_000))]
    expect(comparison.success.first).toBe(first.success.probability)
    expect(comparison.success.second).toBe(second.success.probability)
    expect(comparison.success.difference.estimate).toBeCloseTo(second.success.probability - first.success.probability, 12)
    expect(comparison.endingWealthReal.meanDifference.estimate).toBeCloseTo(second.endingWealth.real.mean - first.endingWealth.real.mean, 4)
    const median = second.endingWealth.real.percentiles[1]! - first.endingWealth.real.percentiles[1]!
    expect(comparison.endingWealthReal.medianDifference.estimate).toBeCloseTo(median, 4)
  })

  test('have no path that succeeds with the higher spending only', () => {
    expect(comparison.success.onlySecond).toBe(0)
    expect(comparison.success.onlyFirst).toBeGreaterThan(20)
    expect(comparison.success.difference.upper).toBeLessThan(0)
  })

  test('have a narrower interval than scenarios with independent numbers', () => {
    const independent = compareOutcomes(pathOutcomes(spending(40_000)), pathOutcomes(spending(44_000, { seed: '8' })))
    const width = ({ lower, upper }: Estimate): number => upper - lower
    expect(width(comparison.success.difference)).toBeLessThan(width(independent.success.difference) / 1.9)
    for (const measure of ['meanDifference', 'medianDifference'] as const)
      expect(width(comparison.endingWealthReal[measure])).toBeLessThan(width(independent.endingWealthReal[measure]) / 2)
  })

  test('that are equal have a difference of zero', () => {
    const same = compareScenarios(fullCouple({ paths: 100 }), fullCouple({ paths: 100 }))
    expect(same.success.difference.estimate).toBe(0)
    expect(same.success.difference.lower).toBeCloseTo(-same.success.difference.upper, 12)
    expect(same.endingWealthReal.meanDifference).toEqual({ estimate: 0, lower: 0, upper: 0 })
    expect(same.endingWealthReal.medianDifference.estimate).toBe(0)
  })

  test('must have the same seed and the same number of paths', () => {
    const refused = (second: HouseholdSpec): string[] => {
      try {
        compareScenarios(spending(1), second)
      } catch (error) {
        if (error instanceof DomainError) return error.issues.map(issue => issue.path)
        throw error
      }
      return []
    }
    expect(refused(spending(1, { seed: '8', paths: 10 }))).toEqual(['seed', 'paths'])
    expect(() => compareOutcomes(pathOutcomes(spending(1, { paths: 2 })), pathOutcomes(spending(1, { paths: 3 })))).toThrow(RangeError)
  })

  test('can be portfolios too', () => {
    const [first, second] = [portfolio(40_000), portfolio(45_000)]
    const compared = compareScenarios(first, second)
    expect(compared.success.difference.estimate).toBeCloseTo(simulate(second).success.probability - simulate(first).success.probability, 12)
    const wealth = simulate(second).endingWealth.real.mean - simulate(first).endingWealth.real.mean
    expect(compared.endingWealthReal.meanDifference.estimate).toBeCloseTo(wealth, 4)
  })
})

describe('the 95 % interval of a difference', () => {
  test('contains the difference of many paths in about 57 of 60 small runs', () => {
    const exact = compareScenarios(spending(40_000, { paths: 10_000 }), spending(46_000, { paths: 10_000 }))
    const truths = [
      exact.success.difference.estimate,
      exact.endingWealthReal.meanDifference.estimate,
      exact.endingWealthReal.medianDifference.estimate,
    ]
    const held = [0, 0, 0]
    const runs = 60
    for (let seed = 1; seed <= runs; seed++) {
      const changes = { paths: 200, seed: String(seed) }
      const { success, endingWealthReal } = compareScenarios(spending(40_000, changes), spending(46_000, changes))
      const intervals = [success.difference, endingWealthReal.meanDifference, endingWealthReal.medianDifference]
      for (const [index, { lower, upper }] of intervals.entries()) if (lower <= truths[index]! && truths[index]! <= upper) held[index]!++
    }
    // Binomial(60, 0.95): fewer than 52 has a probability below 1 %.
    for (const count of held) expect(count).toBeGreaterThanOrEqual(52)
  })

  test('is a point without volatility', () => {
    const changes = { paths: 50, returns: NO_VOLATILITY }
    const { endingWealthReal } = compareScenarios(spending(40_000, changes), spending(30_000, changes))
    const { estimate, lower, upper } = endingWealthReal.meanDifference
    expect(estimate).toBeGreaterThan(0)
    expect(lower).toBeCloseTo(estimate, 4)
    expect(upper).toBeCloseTo(estimate, 4)
    expect(endingWealthReal.medianDifference.estimate).toBeCloseTo(estimate, 4)
  })
})
