export const severities = ['critical', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

export interface Recommendation {
  /** The rule that it follows from: `missing-index`. */
  readonly rule: string
  /** `critical`: users are or will soon be affected. `warning`: act within days. `info`: an improvement. */
  readonly severity: Severity
  /** The table, index, session or setting. */
  readonly subject: string
  readonly finding: string
  /** What to do, in a sentence. */
  readonly action: string
  /** The statement or statements that do it. Null if there is none. */
  readonly statement: string | null
}
