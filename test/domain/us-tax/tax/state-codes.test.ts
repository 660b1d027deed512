import { describe, expect, test } from 'vitest'
import { validateHousehold } from '../../../../domain/planning/household/index.ts'
import { coveredStates } from '../../../../domain/us-tax/tax/index.ts'
import { planInputBody } from '../../../../domain/planning/index.ts'
import { household } from '../../planning/household/households.ts'

const faults = (state: string, tableYear: number): string[] =>
  validateHousehold({ ...household(), tax: { tableYear, state, enabled: true } }).map(issue => issue.path)

const setting = (state: string) => planInputBody.safeParse({ inputType: 'tax_settings', inputName: 'Taxes', inputValue: { state } })

describe('the code of a state', () => {
  test.each(coveredStates)('%s is accepted as a setting and in a household', state => {
    expect(setting(state).success).toBe(true)
    expect([...faults(state, 2025), ...faults(state, 2026)]).toEqual([])
  })

  test.each(['ZZ', 'PR', 'toString'])('%s is rejected in a household, with the name of the field', state => {
    expect(faults(state, 2026)).toEqual(['tax.state'])
  })

  test.each(['ZZ', 'ca', 'CAL', '', 'C1'])('“%s” is rejected as a setting, with the name of the field', state => {
    expect(setting(state).error?.issues.map(issue => issue.path)).toEqual([['inputValue', 'state']])
  })
})
