import { describe, expect, test } from 'vitest'
import { heatMap, type HouseholdSpec, sensitivities, simulateHousehold } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, person } from './households.ts'

const spec: HouseholdSpec = household({
  paths: 150,
  years: 35,
  people: [person({ birthDate: '1971-01-01', retirementAge: 63, lifespan: { kind: 'fixed', age: 84 } })],
  incomes: [income({ annualAmount: 90_000 })],
  expenses: [expense({ annualAmount: 60_000 })],
  accounts: [account({ openingBalance: 700_000, openingBasis: 700_000 })],
})

describe('two inputs moved together', () => {
  const map = heatMap(spec, 'spending', 'retirementAge')
  const rates = map.success.map(row => row.map(cell => cell!.rate))

  test('give the success rate of the moved household', () => {
    const made = (multiplier: number, retirementAge: number) =>
      simulateHousehold({
        ...spec,
        people: [{ ...spec.people[0]!, retirementAge }],
        expenses: [expense({ annualAmount: 60_000 * multiplier })],
      }).success
    for (const [row, multiplier] of [0.8, 0.9, 1, 1.1, 1.2].entries())
      for (const [column, age] of [59, 61, 63, 65, 67].entries()) {
        const { probability, interval } = made(multiplier, age)
        expect(map.success[row]![column]!.rate).toBeCloseTo(probability, 12)
        expect(map.success[row]![column]!.lower).toBeCloseTo(interval.lower, 9)
        expect(map.success[row]![column]!.upper).toBeCloseTo(interval.upper, 9)
      }
    expect(new Set(rates.flat()).size).toBeGreaterThan(10)
  })

  test('match the tornado where only one of them is moved', () => {
    const of = (input: string) => sensitivities(spec, ['spending', 'retirementAge']).find(entry => entry.input === input)!
    expect([rates[1]![2], rates[3]![2]]).toEqual([of('spending').low.success.second, of('spending').high.success.second])
    expect([rates[2]![1], rates[2]![3]]).toEqual([of('retirementAge').low.success.second, of('retirementAge').high.success.second])
  })

  test('never raise success with more spending, nor lower it with a later retirement', () => {
    for (const row of rates) expect(row).toEqual(row.toSorted((a, b) => a - b))
    for (const column of rates.keys()) {
      const down = rates.map(row => row[column]!)
      expect(down).toEqual(down.toSorted((a, b) => b - a))
    }
  })

  test('have null for invalid households, and must be two different inputs that can be moved', () => {
    const old = { ...spec, people: [person({ birthDate: '1941-01-01', lifespan: { kind: 'fixed', age: 90 } })] }
    const { success } = heatMap(old, 'lifespan', 'spending')
    expect(success.map(row => row[0] === null)).toEqual([true, false, false, false, false])
    expect(() => heatMap(old, 'retirementAge', 'retirementAge')).toThrow(/heatMap.rows.*heatMap.columns.*heatMap.columns/s)
  })
})
