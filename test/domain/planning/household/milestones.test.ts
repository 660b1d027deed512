import { describe, expect, test } from 'vitest'
import {
  earliestRetirement,
  explainPath,
  highestSustainableSpending,
  type HouseholdLedgerYear,
  type HouseholdSpec,
  householdOutputHash,
  requiredSaving,
  simulateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { account, expense, fullCouple, household, income, NO_VOLATILITY, person, THREE_ASSETS } from './households.ts'

/** A person who earns 100,000 until 65 at the latest, and spends 40,000. */
const saver = (earlyRetirement: HouseholdSpec['people'][0]['earlyRetirement'], changes: Partial<HouseholdSpec> = {}): HouseholdSpec =>
  household({
    people: [person({ birthDate: '1981-01-01', retirementAge: 65, earlyRetirement })],
    incomes: [income({ annualAmount: 100_000 })],
    accounts: [account({ openingBalance: 800_000, openingBasis: 800_000 })],
    returns: NO_VOLATILITY,
    ...changes,
  })

const worked = (ledger: HouseholdLedgerYear[]): number => ledger.filter(row => row.wages > 0).length
const milestones = (ledger: HouseholdLedgerYear[]): number[] => ledger.filter(row => row.reasons.includes('milestone')).map(row => row.year)

describe('work ends early', () => {
  test('in the first year that begins with the multiple of planned expenses in the accounts', () => {
    let balance = 800_000
    let prices = 1
    let years = 0
    while (balance < 25 * 40_000 * prices) {
      balance = (balance + 60_000 * prices) * (1 + 0.6 * 0.05 + 0.4 * 0.03)
      prices *= 1.02
      years++
    }
    const ledger = explainPath(saver({ spendingMultiple: 25, fromAge: 0 }), 0)
    expect(years).toBe(3)
    expect(worked(ledger)).toBe(years)
    expect(milestones(ledger)).toEqual([years])
    expect(ledger[years]).toMatchObject({ wages: 0, reasons: ['initial', 'milestone'], people: [{ age: 48, retired: true }] })
    expect(ledger[years]!.opening).toBeCloseTo(balance, 4)
  })

  test('not before the milestone’s age, and at the retirement age without a milestone', () => {
    expect(worked(explainPath(saver({ spendingMultiple: 25, fromAge: 55 }), 0))).toBe(10)
    const never = explainPath(saver({ spendingMultiple: 1000, fromAge: 0 }), 0)
    expect([worked(never), milestones(never)]).toEqual([20, []])
  })

  test('later for a higher multiple', () => {
    const years = [20, 25, 30, 40, 60].map(spendingMultiple => worked(explainPath(saver({ spendingMultiple, fromAge: 0 }), 0)))
    expect(years).toEqual(years.toSorted((a, b) => a - b))
    expect(new Set(years).size).toBe(5)
  })

  test('but not for an income with its own end year, and not because of a 529 plan’s balance', () => {
    const incomes = [income({ annualAmount: 90_000 }), income({ key: 'part time', annualAmount: 10_000, endYear: 8 })]
    const ledger = explainPath(saver({ spendingMultiple: 25, fromAge: 0 }, { incomes }), 0)
    expect([ledger[2]!.wages, ledger[7]!.wages, ledger[8]!.wages].map(wages => wages > 0)).toEqual([true, true, false])
    const accounts = [account({ openingBalance: 800_000 }), account({ key: '529', kind: 'education_529', openingBalance: 500_000 })]
    expect(worked(explainPath(saver({ spendingMultiple: 25, fromAge: 0 }, { accounts }), 0))).toBe(3)
  })

  test('by the expenses of the year only, whatever the debts and other income', () => {
    const debts = [{ key: 'd', openingBalance: 10_000, annualRate: 0, annualPayment: 10_000 }]
    expect(worked(explainPath(saver({ spendingMultiple: 20, fromAge: 0 }, { debts }), 0))).toBe(0)
    expect(worked(explainPath(saver({ spendingMultiple: 20, fromAge: 0 }, { expenses: [expense({ annualAmount: 40_001 })] }), 0))).toBe(1)
  })
})

describe('a path with a milestone', () => {
  const couple = fullCouple({ paths: 60, years: 25 })
  // Born on the day of the as-of date: a birthday and the first day of a plan year are the same.
  const both: HouseholdSpec = {
    ...couple,
    people: couple.people.map(one => ({ ...one, birthDate: one.birthDate.replace(/-.*/, '-01-01') })),
  }
  const early = (spec: HouseholdSpec, ...multiples: number[]): HouseholdSpec => ({
    ...spec,
    people: spec.people.map((one, index) => ({ ...one, earlyRetirement: { spendingMultiple: multiples[index]!, fromAge: 62 } })),
  })

  test('has the bits of a household that planned the same retirement', () => {
    const spec = early(both, 16, 19)
    const met = new Set<string>()
    for (let path = 0; path < 30; path++) {
      const ledger = explainPath(spec, path)
      const people = both.people.map(one => {
        const retired = ledger.flatMap(row => row.people).find(({ key, retired }) => key === one.key && retired)
        return retired === undefined ? one : { ...one, retirementAge: retired.age }
      })
      const ages = people.map(one => one.retirementAge).join()
      met.add(ages)
      const planned = explainPath({ ...both, people }, path)
      const withoutMilestones = ledger.map(row => ({ ...row, reasons: row.reasons.filter(reason => reason !== 'milestone') }))
      expect(withoutMilestones).toEqual(planned)
    }
    expect(met.size).toBeGreaterThan(3)
  })

  test('does not change the next path, whatever the shards', () => {
    const spec = early(both, 16, 19)
    const hash = householdOutputHash(simulateHousehold(spec))
    for (const shards of [3, 16]) expect(householdOutputHash(simulateHousehold(spec, { shards }))).toBe(hash)
    expect(simulateHousehold(spec).definitions.earlyRetirement).toContain('planned expenses')
    expect(simulateHousehold(both).definitions).not.toHaveProperty('earlyRetirement')
  })
})

test('the solvers for spending, saving and retirement ignore milestones', () => {
  const solved = (spec: HouseholdSpec) => [
    highestSustainableSpending(spec, 0.8),
    requiredSaving(spec, 0.95),
    earliestRetirement(spec, 0.8, ['ann']),
  ]
  const changes = { paths: 100, years: 45, returns: THREE_ASSETS, expenses: [expense({ annualAmount: 60_000 })] }
  expect(solved(saver({ spendingMultiple: 12, fromAge: 0 }, changes))).toEqual(solved(saver(undefined, changes)))
})
