import { DomainError, issuesUnder } from '../../domain/shared/index.ts'

/** Computes a result of a valid plan. Faults that the domain finds come from the request, so an issue at `people` becomes `body.people`. */
export const atBody = <Result>(compute: () => Result): Result => {
  try {
    return compute()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new DomainError(issuesUnder('body', error.issues))
  }
}
