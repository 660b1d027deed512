import { describe, expect, test } from 'vitest'
import { validateMortality } from '../../../../domain/longevity/index.ts'
import { simulateHousehold, validateHousehold } from '../../../../domain/planning/household/index.ts'
import { validateSpending } from '../../../../domain/planning/spending/index.ts'
import { validateWithdrawals } from '../../../../domain/planning/withdrawals/index.ts'
import { type Issue } from '../../../../domain/shared/index.ts'
import { validateSpec } from '../../../../domain/simulation/index.ts'
import { BOOTSTRAP, REGIMES, simulationSpec } from '../../simulation/specs.ts'
import { spending } from '../spending/paths.ts'
import { fullCouple } from './households.ts'

const odd = [
  undefined,
  null,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  1e300,
  -1,
  0.5,
  '',
  'x',
  '0000-01-01',
  '__proto__',
  true,
  [],
  [[]],
  {},
  { kind: 'x' },
  1n,
]

/** Copies of the value. In each copy one member, at any depth, is replaced by an odd value. */
const variants = function* (value: unknown, odd: readonly unknown[]): Generator {
  yield* odd
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value))
    for (const variant of variants(member, odd))
      yield Array.isArray(value) ? value.with(Number(key), variant) : { ...value, [key]: variant }
}

describe('a validator accepts any value without throwing, and reports issues', () => {
  const stressed = { ...fullCouple(), openingReturns: { assets: { stocks: [0.1] }, inflation: [0.02] }, sensitivities: ['fees'] }
  test.each<[string, (value: unknown) => Issue[], unknown]>([
    ['of a household', validateHousehold, stressed],
    ['of a portfolio with two regimes', validateSpec, simulationSpec({ returns: REGIMES })],
    ['of a portfolio with a history', validateSpec, simulationSpec({ returns: { ...BOOTSTRAP, kind: 'historical_replay' } })],
    ['of spending', validateSpending, spending({ kind: 'rmd', firstAge: 72, divisors: [27.4] })],
    ['of withdrawals', validateWithdrawals, { accounts: ['taxable', 'roth'], order: { kind: 'custom', groups: [[0], [1]] } }],
    ['of a lifetime', value => validateMortality(value, 60), { kind: 'fixed', deathAge: 90 }],
  ])('%s', (_, validate, good) => {
    for (const value of variants(good, odd)) {
      const issues = validate(value)
      for (const { message, path } of issues) expect([typeof path, message.length > 0]).toEqual(['string', true])
    }
    expect(validate(null).length).toBeGreaterThan(0)
  })
})

test('a household with odd values that the validator accepts can be simulated', () => {
  const small = { ...fullCouple(), paths: 1 }
  let simulated = 0
  for (const value of variants(small, [undefined, null, 0.5, true])) {
    if (validateHousehold(value).length > 0) continue
    simulateHousehold(value as typeof small)
    simulated++
  }
  expect(simulated).toBeGreaterThan(20)
})
