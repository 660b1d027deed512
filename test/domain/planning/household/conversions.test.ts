import { describe, expect, test } from 'vitest'
import {
  bestRothConversion,
  explainPath,
  type HouseholdSpec,
  type RothConversion,
  simulateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { DomainError } from '../../../../domain/shared/index.ts'
import { account, expense, household, NO_VOLATILITY, person, THREE_ASSETS } from './households.ts'

/** Retired at 62, with nearly everything in an IRA, which is taxed at required distributions and by heirs, and with cash to pay tax. */
const early = (changes: Partial<HouseholdSpec> = {}): HouseholdSpec =>
  household({
    years: 25,
    paths: 60,
    people: [person({ birthDate: '1964-01-01', lifespan: { kind: 'fixed', age: 86 } })],
    expenses: [expense({ annualAmount: 50_000 })],
    accounts: [
      account({ openingBalance: 900_000, openingBasis: 900_000 }),
      account({ key: 'ira', kind: 'traditional', openingBalance: 1_500_000 }),
      account({ key: 'roth', kind: 'roth' }),
    ],
    returns: THREE_ASSETS,
    tax: { tableYear: 2026, state: null, enabled: true },
    ...changes,
  })
const search = { startYear: 0, endYear: 10, taxRateAtEnd: 0.32 }

describe('the best Roth conversion', () => {
  test('succeeds most often and, among equal choices, leaves most after tax; each choice matches its own simulation', () => {
    const spec = early()
    const { best, grid, againstPlan } = bestRothConversion(spec, search)
    expect(grid.map(({ conversion }) => conversion && Object.values(conversion.amount).join())).toEqual([
      null,
      ...[0.1, 0.12, 0.22, 0.24, 0.32, 0.35].map(rate => `fill_bracket,${rate}`),
      ...[0, 1, 2, 3, 4].map(tier => `fill_irmaa_tier,${tier}`),
    ])
    for (const { conversion, success, meanTaxesReal } of grid) {
      const alone = simulateHousehold({ ...spec, rothConversion: conversion })
      expect(success).toBe(alone.success.probability)
      expect(meanTaxesReal).toBeCloseTo(alone.taxes.lifetimeReal.mean, 2)
    }
    const most = Math.max(...grid.map(({ success }) => success))
    const equals = grid.filter(({ success }) => success === most)
    expect(best.success).toBe(most)
    expect(best.medianEndingReal).toBe(Math.max(...equals.map(({ medianEndingReal }) => medianEndingReal)))
    expect(best.conversion).not.toBeNull()
    expect(againstPlan.endingWealthReal.medianDifference.estimate).toBeGreaterThan(0)
  })

  test('counts the final balance of an IRA after tax, and that of a Roth account in full', () => {
    const spec = early({ paths: 1, returns: NO_VOLATILITY, years: 3 })
    const [none] = bestRothConversion(spec, search).grid
    const last = explainPath(spec, 0).at(-1)!
    const ira = last.accounts.find(({ key }) => key === 'ira')!.closing
    expect(none!.medianEndingReal).toBeCloseTo((last.closing - 0.32 * ira) / last.closingPriceIndex, 4)
  })

  test('is worth more when heirs have a higher tax rate', () => {
    const gains = [0, 0.2, 0.4].map(
      taxRateAtEnd =>
        bestRothConversion(early({ paths: 20 }), { ...search, taxRateAtEnd }).againstPlan.endingWealthReal.medianDifference.estimate,
    )
    expect(gains).toEqual(gains.toSorted((a, b) => a - b))
    expect(gains[2]!).toBeGreaterThan(gains[0]!)
  })

  test('can be the plan’s own, and is compared with it', () => {
    const own: RothConversion = { amount: { kind: 'fixed', annualAmount: 45_000, indexedToInflation: true }, startYear: 0, endYear: 12 }
    const { grid, againstPlan } = bestRothConversion(early({ rothConversion: own, paths: 20 }), search)
    expect(grid.slice(0, 2).map(({ conversion }) => conversion)).toEqual([own, null])
    expect(againstPlan.success.first).toBe(grid[0]!.success)
  })

  test('is refused without taxes, or without both kinds of account', () => {
    const faults = (spec: HouseholdSpec): string[] => {
      try {
        bestRothConversion(spec, search)
      } catch (error) {
        if (error instanceof DomainError) return error.issues.map(({ path }) => path)
        throw error
      }
      return []
    }
    expect(faults(early({ tax: { tableYear: 2026, state: null, enabled: false } }))).toEqual(['solve'])
    expect(faults(early({ accounts: [account(), account({ key: 'ira', kind: 'traditional' })] }))).toEqual(['solve'])
  })
})
