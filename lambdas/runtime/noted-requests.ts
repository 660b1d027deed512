import { describeError, noteEvent, slowMilliseconds } from './noted-events.ts'
import type { ProblemCode } from './problem-codes.ts'
import type { Problem } from './problem.ts'
import type { Route } from './route.ts'

/** Refusals that say that a caller has reached a limit of the platform. */
const limits: ReadonlySet<ProblemCode> = new Set(['too-many-attempts', 'too-many-invitations', 'too-many-runs', 'analysis-too-large'])

const categoryOf = ({ transactions }: Route) => (transactions === 'phases' ? 'simulation' : 'api')

/** Notes a request that took long. Routes that compute are expected to. */
export const noteSlowness = (route: Route, durationMs: number): void => {
  if (durationMs < slowMilliseconds) return
  noteEvent({
    eventType: 'performance',
    eventCategory: categoryOf(route),
    severity: route.transactions === 'phases' ? 'info' : 'warning',
    component: route.id,
    message: `A request took longer than ${slowMilliseconds} ms.`,
    durationMs,
  })
}

/** Notes a request that failed by a fault of the platform, or that a limit refused. */
export const noteFailure = (
  route: Route,
  { error, problem }: { readonly error: unknown; readonly problem: Problem },
  durationMs: number,
): void => {
  if (limits.has(problem.code)) {
    noteEvent({
      eventType: 'limit',
      eventCategory: categoryOf(route),
      severity: 'info',
      component: route.id,
      errorCode: problem.code,
      message: 'A limit refused requests.',
    })
  } else if (problem.status >= 500) {
    noteEvent({
      ...describeError(problem.cause ?? error),
      eventType: 'error',
      eventCategory: categoryOf(route),
      severity: problem.status === 500 ? 'error' : 'warning',
      component: route.id,
      durationMs,
    })
  } else noteSlowness(route, durationMs)
}
