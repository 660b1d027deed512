import { describe, expect, test } from 'vitest'
import { simulateHousehold } from '../../../domain/planning/household/index.ts'
import { expense, fullCouple } from '../../domain/planning/household/households.ts'
import { fewSince, largestOf, shownOf, sourcesOf, taxesOf, totalOf, unpaidOf, usesOf, wholeLife } from '../../../web/planning/show/flows.ts'
import { mostMissed } from '../../../web/planning/show/goals.tsx'
import { failedByAge, failuresByCause, failuresByYear, type Result } from '../../../web/planning/show/results.ts'
import { columnsOfFlows, csvOfYears } from '../../../web/planning/show/year-rows.ts'

/** A couple that cannot pay all of what it plans. */
const simulated = simulateHousehold(fullCouple({ paths: 60, expenses: [expense({ annualAmount: 130_000 })] }))
const result = simulated as unknown as Result
const flows = simulated.yearly.real

describe('the money of a year', () => {
  test('comes from and goes to the same total, in every year', () => {
    const [sources, uses] = [totalOf(sourcesOf(flows)), totalOf(usesOf(flows))]
    expect(sources).toHaveLength(simulated.surviving.length)
    for (const [year, amount] of sources.entries()) expect(amount).toBeCloseTo(uses[year] ?? Number.NaN, 3)
    expect(sources[0]).toBeGreaterThan(100_000)
  })

  test('that is planned is paid, or cannot be paid', () => {
    const unpaid = unpaidOf(flows)
    const lastOf = (values: readonly number[]): number => values.at(-1) ?? Number.NaN
    const { debts, goals, spending, taxes } = flows
    const planned = lastOf(spending.planned) + lastOf(debts.planned) + lastOf(goals.planned) + lastOf(taxes.total)
    const paid = lastOf(spending.paid) + lastOf(debts.paid) + lastOf(goals.paid) + lastOf(taxes.paid)
    expect(unpaid[0]).toBeCloseTo(0, 2)
    expect(lastOf(unpaid)).toBeGreaterThan(1000)
    expect(paid + lastOf(unpaid)).toBeCloseTo(planned, 3)
  })

  test('over a whole life counts each year by the futures in which somebody is alive', () => {
    const few = { paths: 4, surviving: [4, 2, 0] }
    expect(wholeLife([10, 10, 10], few)).toBe(15)
    const lifetime = wholeLife(totalOf(taxesOf(flows)), result)
    expect(lifetime / simulated.taxes.lifetimeReal.mean).toBeCloseTo(1, 6)
  })

  test('is named by its largest parts, and parts that are never there are left out', () => {
    const life = { paths: 1, surviving: [1, 1] }
    const parts = [
      { key: 'small', values: [1, 0] },
      { key: 'none', values: [0, 0.4] },
      { key: 'large', values: [1, 2] },
    ]
    expect(largestOf(parts, life, 1)).toEqual([{ key: 'large', share: 3 / 4.4 }])
    expect(shownOf(parts).map(({ key }) => key)).toEqual(['small', 'large'])
    expect(largestOf([{ key: 'none', values: [0] }], life, 3)).toEqual([])
  })

  test('of late years rests on few futures', () => {
    expect(fewSince({ paths: 100, surviving: [100, 10, 9] })).toBe(2)
    expect(fewSince({ paths: 100, surviving: [100, 50] })).toBeUndefined()
  })

  test('is a table and a file with its totals', () => {
    const columns = columnsOfFlows(flows, result)
    const headers = columns.map(({ header }) => header)
    expect(headers).toEqual(expect.arrayContaining(['Social Security', 'All money in', 'Spending', 'All money out', 'Cannot be paid']))
    expect(headers).not.toContain('Property sold')
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length)
    const [heading, first] = csvOfYears(2026, columns.slice(0, 1), ['Ada 62']).split('\r\n')
    expect([heading, first]).toEqual([`Year,Ages,${headers[0]}`, `2026,Ada 62,${Math.round((columns[0]?.values[0] ?? 0) * 100) / 100}`])
  })
})

describe('failures', () => {
  const causes = (essentialSpending: number, taxes: number) => ({ discretionarySpending: 0, essentialSpending, debts: 0, taxes })
  const found = failuresByYear({
    depletion: [
      { year: 3, age: 74, paths: 3, causes: causes(2, 1) },
      { year: 5, age: 76, paths: 1, causes: causes(1, 0) },
    ],
  } as unknown as Result)

  test('are counted by what cannot be paid, with the years between', () =>
    expect(failuresByCause(found)).toEqual([
      { cause: 'essentialSpending', paths: 3, values: [2, 0, 1] },
      { cause: 'taxes', paths: 1, values: [1, 0, 0] },
    ]))

  test('of an engine that does not know the causes have none', () =>
    expect(failuresByCause(failuresByYear({ depletion: [{ year: 3, age: 74, paths: 3 }] } as unknown as Result))).toBeUndefined())

  test('add up to every fifth year of age, and to the last', () => {
    expect(failedByAge(found)).toEqual([
      { age: 75, paths: 3 },
      { age: 76, paths: 4 },
    ])
    expect(failedByAge(failuresByYear({ depletion: [0, 2] } as unknown as Result))).toEqual([])
  })
})

describe('goals', () => {
  const goal = (key: string, missed: number | undefined, reached: number) =>
    ({ key, missed, reached, funded: null, meanFundedShare: null }) as Parameters<typeof mostMissed>[0][number]

  test('the one with the largest share of futures that miss it is named', () => {
    expect(mostMissed([goal('Roof', 5, 100), goal('Boat', 4, 40)])?.key).toBe('Boat')
    expect(mostMissed([goal('Roof', 0, 100), goal('Boat', 0, 0), goal('Car', undefined, 10)])).toBeUndefined()
  })
})
