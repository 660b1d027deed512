import { DomainError } from '../../domain/shared/index.ts'

/** Computes something of a valid plan. What the domain rejects came from the request, so an issue at `people` becomes `body.people`. */
export const atBody = <Result>(compute: () => Result): Result => {
  try {
    return compute()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new DomainError(error.issues.map(issue => ({ ...issue, path: `body.${issue.path}` })))
  }
}
