import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answeredAtSameTime, refusedAtSameTime } from '../../../lambdas/identity/same-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The time after which `answer` settles, when its work takes `milliseconds`. */
const settlesAfter = async (
  answer: typeof refusedAtSameTime,
  milliseconds: number,
  result: () => unknown = () => {
    throw new Error('refused')
  },
): Promise<number> => {
  const startedAt = performance.now()
  const now = () => performance.now()
  const settled = answer(async () => {
    await new Promise(resolve => setTimeout(resolve, milliseconds))
    return result()
  }).then(now, now)
  await vi.advanceTimersByTimeAsync(1_000)
  return (await settled) - startedAt
}

test.each([
  [0, 250],
  [1, 250],
  [180, 250],
  [260, 500],
  [740, 750],
])('a refusal after %i ms is answered after %i ms', async (milliseconds, expected) => {
  expect(await settlesAfter(refusedAtSameTime, milliseconds)).toBe(expected)
  expect(await settlesAfter(answeredAtSameTime, milliseconds)).toBe(expected)
})

test('a success is answered at once, or at the next step if it shows as little', async () => {
  expect(await settlesAfter(refusedAtSameTime, 180, () => 'done')).toBe(180)
  expect(await settlesAfter(answeredAtSameTime, 180, () => 'done')).toBe(250)
})
