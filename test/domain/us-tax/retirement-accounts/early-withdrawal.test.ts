import { expect, test } from 'vitest'
import { isFreeOfPenalty, isPenalized } from '../../../../domain/us-tax/retirement-accounts/index.ts'

const WORKING = Number.POSITIVE_INFINITY

test.each([
  ['ira', 59 * 12 + 5, 50, true],
  ['ira', 59 * 12 + 6, 50, false],
  ['ira', 57 * 12, 56, true],
  ['workplacePlan', 57 * 12, 55, false],
  ['workplacePlan', 57 * 12, 54, true],
  ['workplacePlan', 57 * 12, WORKING, true],
  ['workplacePlan', 60 * 12, WORKING, false],
  ['healthSavingsAccount', 64 * 12, 50, true],
  ['healthSavingsAccount', 65 * 12, 50, false],
] as const)('from a %s at %i months, separated at %d: penalized %s', (account, ageMonths, separatedAtAge, penalized) => {
  expect(isPenalized(account, ageMonths, separatedAtAge)).toBe(penalized)
})

test('59 1/2 is 714 months', () => {
  expect([isFreeOfPenalty(713), isFreeOfPenalty(714)]).toEqual([false, true])
})
