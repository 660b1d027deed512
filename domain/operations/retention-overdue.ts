/** When an active retention policy should have run. Times are milliseconds since 1970. */
export interface PolicyDue {
  readonly policy: string
  /** The next time of its schedule; a run that did not come to an end leaves it as it was. Null if it was never given one. */
  readonly nextExecutionMs: number | null
  /** The oldest scheduled time after the last completed run of which the run failed or has not ended. Null if there is none. */
  readonly unfinishedSinceMs: number | null
}

export interface OverdueRetention {
  /** How many policies are due and not completed. */
  readonly policies: number
  /** For how long the most overdue one is. 0 if there is none. */
  readonly hours: number
  /** Its name. */
  readonly mostOverdue: string | null
}

/** Which active policies are due by their schedule and not completed. One that failed stays overdue until it is completed, also after its next time was set. */
export const overdueRetention = (policies: readonly PolicyDue[], nowMs: number): OverdueRetention => {
  const overdue = policies
    .map(({ nextExecutionMs, policy, unfinishedSinceMs }) => ({
      policy,
      sinceMs: Math.min(nextExecutionMs ?? Infinity, unfinishedSinceMs ?? Infinity),
    }))
    .filter(({ sinceMs }) => sinceMs <= nowMs)
    .toSorted((a, b) => a.sinceMs - b.sinceMs)
  const most = overdue[0]
  return { policies: overdue.length, hours: most === undefined ? 0 : (nowMs - most.sinceMs) / 3_600_000, mostOverdue: most?.policy ?? null }
}
