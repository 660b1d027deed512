import { describe, expect, test } from 'vitest'
import { readPlanInput, schemaVersionOf, type StoredInput, tryPlanInput, type Upgrades } from '../../../../domain/planning/index.ts'
import { DomainError } from '../../../../domain/shared/index.ts'

const stored = (inputValue: unknown, more: Partial<StoredInput> = {}): StoredInput => ({
  inputType: 'account',
  inputName: 'Savings',
  inputValue,
  schemaVersion: 1,
  ...more,
})

/** Step 1 renames a field, step 2 turns money stored as a number into text. */
const steps: Upgrades = {
  account: [
    ({ amount, ...value }) => ({ ...value, balance: amount }),
    ({ balance, ...value }) => ({ ...value, balance: Number(balance).toFixed(2), feeRate: 0.001 }),
  ],
}

const issuesOf = (input: StoredInput, upgrades?: Upgrades) => {
  try {
    readPlanInput(input, upgrades)
  } catch (error) {
    if (error instanceof DomainError) return error.issues
    throw error
  }
  return []
}

describe('a stored input', () => {
  test('gets the current defaults', () => {
    const { inputValue } = readPlanInput(stored({ balance: '10.00' }))
    expect(inputValue).toMatchObject({ balance: '10.00', kind: 'taxable', feeRate: 0, rebalancing: { kind: 'calendar', everyYears: 1 } })
  })

  test.each([
    [1, { amount: 12.5 }],
    [2, { balance: 12.5 }],
    [3, { balance: '12.50', feeRate: 0.001 }],
  ])('of version %i is upgraded step by step', (schemaVersion, value) => {
    const { inputValue } = readPlanInput(stored(value, { schemaVersion }), steps)
    expect(inputValue).toMatchObject({ balance: '12.50', feeRate: 0.001 })
  })

  test('is not changed by the upgrades of other types', () => {
    const goal = stored({ year: 3, amount: '5.00' }, { inputType: 'goal' })
    expect(readPlanInput(goal, steps)).toEqual({
      inputType: 'goal',
      inputName: 'Savings',
      inputValue: { year: 3, amount: '5.00', priority: 1, indexedToInflation: true, education: false },
    })
    expect([schemaVersionOf('account', steps), schemaVersionOf('goal', steps), schemaVersionOf('account')]).toEqual([3, 1, 1])
  })

  test('that cannot be read is reported with its field', () => {
    expect(issuesOf(stored({ balance: '10.00', feeRate: 2 }))).toEqual([
      { path: 'inputs.Savings.feeRate', message: 'must be a number from 0 to 0.1' },
    ])
    expect(issuesOf(stored({ balance: '10.00', colour: 'red' }))[0]?.path).toBe('inputs.Savings.colour')
    expect(issuesOf(stored({}, { inputType: 'lottery' }))).toEqual([{ path: 'inputs.Savings', message: 'has the unknown type lottery' }])
    expect(issuesOf(stored({ balance: '1.00' }, { schemaVersion: 4 }), steps)[0]?.message).toContain('version 4')
  })

  test.each([null, undefined, 'text', 3, [], [1]])('is reported as an issue when its value is %j', value => {
    const reading = tryPlanInput(stored(value))
    expect('issues' in reading && reading.issues.length).toBeGreaterThan(0)
  })
})
