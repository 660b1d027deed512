/** The database answered a call with an error: the function raised it, or the database refused the call. Nothing was applied. */
export class DatabaseFunctionError extends Error {
  /** Five characters, as listed in PostgreSQL's appendix A: `22023` invalid parameter value, `23505` unique violation… */
  readonly sqlState: string

  constructor(sqlState: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseFunctionError'
    this.sqlState = sqlState
  }
}

/** No answer from the database. */
export class DatabaseUnreachableError extends Error {
  readonly attempts: number
  /** True if the last attempt may have reached the database before its answer was lost; false if no attempt did. */
  readonly mayHaveBeenApplied: boolean

  constructor(functionName: string, attempts: number, mayHaveBeenApplied: boolean, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    const outcome = mayHaveBeenApplied ? 'it may have been applied' : 'it was not applied'
    super(`${functionName} got no answer from the database in ${attempts} attempt(s), and ${outcome}. ${reason}`, { cause })
    this.name = 'DatabaseUnreachableError'
    this.attempts = attempts
    this.mayHaveBeenApplied = mayHaveBeenApplied
  }
}

/**
 * The meaning of an error for its call:
 * `not-applied`: the call did not reach the database, or was undone, so it may be sent again; `unknown`: the database may have executed the
 * call, although its answer was lost; `final`: the error is the answer.
 */
export type Verdict = { readonly kind: 'not-applied' | 'unknown' } | { readonly kind: 'final'; readonly error: unknown }
