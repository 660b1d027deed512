import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseUnreachableError, type Verdict } from './errors.ts'

export interface RetryOptions {
  /** For the whole call, including waits. An auto-paused Aurora takes about 15 seconds to resume; API Gateway waits for 29. */
  readonly timeBudgetMilliseconds?: number
  readonly sleep?: (milliseconds: number) => Promise<unknown>
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number
  /** Uniform in [0, 1). */
  readonly random?: () => number
  /** Called with the error of each attempt that failed. */
  readonly onFailure?: (error: unknown) => void
}

const firstWaitMilliseconds = 250
const longestWaitMilliseconds = 4_000

/**
 * Sends a call until it is answered. A call that was certainly not applied is sent again after a wait that doubles each time. Half of
 * the wait is random, so that many callers do not retry at the same moment. A call that may have been applied is sent again only if it is
 * idempotent.
 * @param attempt called with the milliseconds that are left of the budget.
 * @throws the error with which the database answered; DatabaseUnreachableError when the budget is spent or the outcome is unknown.
 */
export const withRetries = async <Result>(
  call: { readonly name: string; readonly isIdempotent: boolean },
  judge: (error: unknown) => Verdict,
  attempt: (millisecondsLeft: number) => Promise<Result>,
  { timeBudgetMilliseconds = 25_000, sleep = delay, now = () => performance.now(), random = Math.random, onFailure }: RetryOptions = {},
): Promise<Result> => {
  const deadline = now() + timeBudgetMilliseconds
  let mayHaveBeenApplied = false
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt(Math.max(deadline - now(), 1))
    } catch (error) {
      onFailure?.(error)
      const verdict = judge(error)
      if (verdict.kind === 'final') throw verdict.error
      mayHaveBeenApplied ||= verdict.kind === 'unknown'
      const wait = Math.min(firstWaitMilliseconds * 2 ** (attempts - 1), longestWaitMilliseconds) * (0.5 + random() / 2)
      if ((mayHaveBeenApplied && !call.isIdempotent) || now() + wait >= deadline) {
        throw new DatabaseUnreachableError(call.name, attempts, mayHaveBeenApplied, error)
      }
      await sleep(wait)
    }
  }
}
