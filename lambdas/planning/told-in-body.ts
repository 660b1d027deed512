import { InvalidHouseholdError } from '../../domain/planning/index.ts'

/** What an analysis of a sound household refuses was told in the request: `people` is `body.people`. */
export const toldInBody = <Result>(analyse: () => Result): Result => {
  try {
    return analyse()
  } catch (error) {
    if (!(error instanceof InvalidHouseholdError)) throw error
    throw new InvalidHouseholdError(error.issues.map(issue => ({ ...issue, path: `body.${issue.path}` })))
  }
}
