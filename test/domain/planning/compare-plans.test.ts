import { expect, test } from 'vitest'
import { type ComparedPlan, comparePlans } from '../../../domain/planning/index.ts'
import type { SimulationSpec } from '../../../domain/simulation/index.ts'
import { BOOTSTRAP, LOGNORMAL, noFlows, SIX_ASSETS, simulationSpec } from '../simulation/specs.ts'
import { household } from './household/households.ts'

const plan = (changes: Partial<SimulationSpec> = {}, asOfDate = '2026-01-01'): ComparedPlan => ({
  asOfDate,
  specification: simulationSpec({ paths: 20, ...changes }),
})
const warnings = (first: ComparedPlan, second: ComparedPlan): readonly string[] => comparePlans(first, second).warnings

test('equal terms need no warning', () => {
  expect(warnings(plan(), plan({ openingBalance: 1 }))).toEqual([])
})

test.each<[text: string, other: ComparedPlan]>([
  ['The horizons differ: 30 and 20 years.', plan({ years: 20, realFlows: noFlows(20), nominalFlows: noFlows(20) })],
  ['The as-of dates differ: 2026-01-01 and 2027-01-01.', plan({}, '2027-01-01')],
  ['The steps per year differ: 1 and 12.', plan({ stepsPerYear: 12 })],
  ['The asset classes differ: stocks, bonds; and US large,', plan({ returns: SIX_ASSETS })],
])('%s', (text, other) => {
  expect(warnings(plan(), other)).toEqual([expect.stringContaining(text)])
})

test('other asset classes of the past need no warning, because the same years are drawn', () => {
  const oneAsset = { ...BOOTSTRAP, assets: [{ ...BOOTSTRAP.assets[0]!, weight: 1 }] }
  expect(warnings(plan({ returns: BOOTSTRAP }), plan({ returns: oneAsset }))).toEqual([])
})

test('a portfolio and a household have different engines', () => {
  const other = { asOfDate: '2026-01-01', specification: household({ paths: 20, seed: '20260101', years: 30, returns: LOGNORMAL }) }
  expect(warnings(plan(), other)).toEqual([
    expect.stringContaining('The engines differ: the first plan is one portfolio, the second a household.'),
  ])
})
