import { InvalidSpecError } from '../../domain/simulation/index.ts'
import { DomainError, issuesUnder } from '../../domain/shared/index.ts'

/** Computes a result of a valid plan. Faults that the domain finds come from the request, so an issue at `people` becomes `body.people`. */
export const atBody = async <Result>(compute: () => Result | Promise<Result>): Promise<Result> => {
  try {
    return await compute()
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof InvalidSpecError) throw error
    throw new DomainError(issuesUnder('body', error.issues))
  }
}
