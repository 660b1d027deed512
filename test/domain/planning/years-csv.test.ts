import { expect, test } from 'vitest'
import { type RunResult, yearsCsv } from '../../../domain/planning/index.ts'
import { simulateHousehold } from '../../../domain/planning/household/index.ts'
import { simulate } from '../../../domain/simulation/index.ts'
import { simulationSpec } from '../simulation/specs.ts'
import { expense, fullCouple } from './household/households.ts'

const couple = fullCouple({ paths: 60, expenses: [expense({ annualAmount: 130_000 })] })
const rowsOf = (csv: string | null): Record<string, string>[] => {
  const [heading, ...rows] = csv!.trimEnd().split('\n')
  return rows.map(row => Object.fromEntries(row.split(',').map((value, at) => [heading!.split(',')[at]!, value])))
}

test('the years of a household have the paths that live and fail, and every mean flow', () => {
  const result = simulateHousehold(couple)
  const rows = rowsOf(yearsCsv(2026, couple, result))
  expect(rows).toHaveLength(result.surviving.length)
  expect(new Set(rows.map(row => Object.keys(row).length))).toEqual(new Set([2 + 2 + 4 + 39]))
  for (const [year, row] of rows.entries()) {
    const failed = result.depletion.find(failure => failure.year === year)
    expect(row).toMatchObject({
      plan_year: String(year),
      calendar_year: String(2026 + year),
      surviving_paths: String(result.surviving[year]),
      failed_paths: String(failed?.paths ?? 0),
      failed_by_essential_spending: String(failed?.causes.essentialSpending ?? 0),
      income_social_security: result.yearly.real.income.socialSecurity[year]!.toFixed(2),
      withdrawals_education_529: '0.00',
      taxes_medicare_surcharge: result.yearly.real.taxes.medicareSurcharge[year]!.toFixed(2),
      contributions_employer: result.yearly.real.contributions.employer[year]!.toFixed(2),
    })
  }
  expect(rows.some(row => row.failed_by_essential_spending !== '0')).toBe(true)
})

test('a stored result of a household engine without means by year has no such file', () => {
  const { yearly: _yearly, ...older } = simulateHousehold({ ...couple, paths: 2 })
  expect(yearsCsv(2026, couple, older as RunResult)).toBeNull()
})

test('the years of a portfolio have the paths that fail and the planned net flows', () => {
  const spec = simulationSpec({ paths: 5, years: 3, openingBalance: 0, realFlows: [10, -1e9, -5], nominalFlows: [0, 2.5, 0] })
  expect(yearsCsv(2030, spec, simulate(spec))).toBe(
    'plan_year,calendar_year,failed_paths,planned_real_flow,planned_nominal_flow\n' +
      '0,2030,0,10.00,0.00\n1,2031,5,-1000000000.00,2.50\n2,2032,0,-5.00,0.00\n',
  )
})

test('the planned flows of a portfolio’s accounts are part of its net flows', () => {
  const flows = { realContributions: [7, 7], nominalContributions: [1, 2] }
  const account = { key: 'one', openingBalance: 100, feeRate: 0, allocation: [{ year: 0, weights: { stocks: 1 } }], ...flows }
  const spec = simulationSpec({ years: 2, realFlows: [-3, 0], nominalFlows: [0, 0] })
  const rows = rowsOf(yearsCsv(2030, { ...spec, accounts: [account] }, simulate({ ...spec, paths: 1 })))
  expect(rows.map(row => [row.planned_real_flow, row.planned_nominal_flow])).toEqual([
    ['4.00', '1.00'],
    ['7.00', '2.00'],
  ])
})
