import { ApiProblem } from '../client/problem.ts'

/**
 * Refuses a symbol that is used, because the PUT of something new would replace what has it.
 * @param isTaken reads what has the symbol; a 404 means that nothing has it
 * @throws ApiProblem with the message at the field `symbol`
 */
export const refuseTaken = async (isTaken: () => Promise<boolean>, message: string): Promise<void> => {
  try {
    if (!(await isTaken())) return
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return
    throw error
  }
  throw new ApiProblem({
    code: 'already-exists',
    title: message,
    status: 409,
    detail: message,
    requestId: undefined,
    errors: [{ path: 'symbol', message }],
    retryAfterSeconds: undefined,
  })
}
