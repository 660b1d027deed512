import { describe, expect, test } from 'vitest'
import {
  type ByStatus,
  coveredStates,
  filingStatuses,
  latestTaxYear,
  stateTableFor,
  taxTableFor,
  taxTables,
} from '../../../../domain/us-tax/tax/index.ts'

const ascending = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!)

const expectBrackets = (brackets: { rates: readonly number[]; from: ByStatus<readonly number[]> }): void => {
  expect(brackets.rates, 'rates ascend').toSatisfy(ascending)
  expect(Object.keys(brackets.from).toSorted()).toEqual([...filingStatuses].toSorted())
  for (const status of filingStatuses) {
    expect(brackets.from[status], status).toHaveLength(brackets.rates.length)
    expect(brackets.from[status][0], status).toBe(0)
    // A bracket that a status does not have has no width.
    expect(
      brackets.from[status].toSorted((a, b) => a - b),
      `${status} ascends`,
    ).toEqual(brackets.from[status])
  }
}

describe.each(taxTables.map(table => [table.year, table] as const))('the figures of %i', (_, table) => {
  test('have ascending brackets for every status', () => {
    expectBrackets(table.ordinary)
    expectBrackets(table.longTermGains)
    expect(table.longTermGains.rates[0]).toBe(0)
  })

  test('have one Medicare threshold and surcharge per tier', () => {
    const { partBSurcharge, partDSurcharge, tierFrom } = table.medicare
    expect(partBSurcharge).toSatisfy(ascending)
    expect(partDSurcharge).toSatisfy(ascending)
    expect(partDSurcharge).toHaveLength(partBSurcharge.length)
    for (const status of filingStatuses) {
      expect(tierFrom[status]).toHaveLength(partBSurcharge.length)
      expect(tierFrom[status].toSorted((a, b) => a - b)).toEqual(tierFrom[status])
    }
  })

  test('name a source for each group', () => {
    const groups = Object.entries(table).filter(([name]) => name !== 'year')
    expect(groups.filter(([, group]) => !/\S{3}/.test((group as { source: string }).source))).toEqual([])
  })

  test('list the caps on state and local taxes by ascending year', () => {
    expect(table.stateAndLocalTaxes.schedule.map(row => row.year)).toSatisfy(ascending)
  })

  test.each(coveredStates)('cover %s', state => {
    const { brackets, retirementExclusions, source, year } = stateTableFor(state, table.year)
    expectBrackets(brackets)
    expect(retirementExclusions.map(row => row.fromAge)).toSatisfy(ascending)
    expect(source).toMatch(/\S{3}/)
    expect(year).toBeLessThanOrEqual(table.year)
  })
})

test('each year has one table, in order', () => {
  expect(taxTables.map(table => table.year)).toSatisfy(ascending)
  expect(latestTaxYear).toBe(taxTables.at(-1)!.year)
})

test('a year beyond the last uses the last figures; one before the first is rejected', () => {
  expect(taxTableFor(latestTaxYear + 20).year).toBe(latestTaxYear)
  expect(() => taxTableFor(2024)).toThrow(RangeError)
  expect(stateTableFor('TX', 2060)).toEqual(stateTableFor('TX', latestTaxYear))
})

test('a state without a table is rejected, with its name', () => {
  expect(() => stateTableFor('ZZ', 2026)).toThrow('there are no income tax figures for ZZ in 2026')
  expect(() => stateTableFor('toString', 2026)).toThrow(RangeError)
})

test('every state and the District of Columbia is covered', () => {
  const codes =
    'AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY'
  expect(coveredStates.toSorted()).toEqual(codes.split(' '))
})
