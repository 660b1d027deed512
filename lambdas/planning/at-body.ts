import { DomainError } from '../../domain/shared/index.ts'

/** Runs an analysis of a valid household. What it refuses came from the request, so an issue at `people` becomes `body.people`. */
export const atBody = <Result>(analyse: () => Result): Result => {
  try {
    return analyse()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new DomainError(error.issues.map(issue => ({ ...issue, path: `body.${issue.path}` })))
  }
}
