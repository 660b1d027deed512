import { describe, expect, test } from 'vitest'
import { type HouseholdResult, type HouseholdSpec, simulateHousehold } from '../../../domain/planning/household/index.ts'
import { simulate } from '../../../domain/simulation/index.ts'
import { household } from './household/households.ts'
import { simulationSpec } from '../simulation/specs.ts'

describe('a result defines', () => {
  const definitionsOf = (changes: Partial<HouseholdSpec>): HouseholdResult['definitions'] =>
    simulateHousehold(household({ paths: 2, years: 2, ...changes })).definitions

  test('success, for all spending and for essential spending only', () => {
    expect(definitionsOf({ successCriterion: 'all_spending' }).success).toContain('spending as the rule decides it')
    expect(definitionsOf({ successCriterion: 'essential_spending' }).success).toContain('essential spending')
    expect(simulate(simulationSpec({ paths: 2 })).definitions.success).toContain('every withdrawal is paid in full')
  })

  test('its kinds of mean, and the money that "real" means', () => {
    const { arithmeticMean, meanAnnualised, real, returns } = simulate(simulationSpec({ paths: 2 })).definitions
    expect(arithmeticMean).toContain('simple annual return')
    expect(meanAnnualised).toContain('compound annual return')
    expect(returns).toContain('arithmetic')
    for (const words of [real, definitionsOf({}).real]) expect(words).toContain("path's own price index")
  })

  test('each spending rule in its own words', () => {
    const rules: HouseholdSpec['spending']['rule'][] = [
      { kind: 'constant_real' },
      { kind: 'fixed_percent', rate: 0.04 },
      { kind: 'floor_ceiling', rate: 0.04, floor: 0.1, ceiling: 0.1 },
      { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15 },
      { kind: 'vpw', stockShare: 0.5, lastAge: 99 },
      { kind: 'rmd' },
      { kind: 'ratchet', threshold: 0.5, raise: 0.1, everyYears: 3 },
      { kind: 'ninety_five_percent', rate: 0.04 },
      { kind: 'one_over_n' },
      { kind: 'hebeler_autopilot', lastYearShare: 0.75 },
      { kind: 'cape_based', baseRate: 0.0175, yieldShare: 0.5, startingCape: 30, asset: 'stocks', steadyReturnReal: 0.05 },
    ]
    const words = rules.map(rule => definitionsOf({ spending: { rule, byAge: [] } }).spendingRule)
    expect(new Set(words).size).toBe(rules.length)
  })
})
