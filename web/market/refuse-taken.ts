import { ApiProblem } from '../client/problem.ts'

/**
 * Refuses a symbol that is used, because the PUT of something new would replace what has it.
 * @param read reads what has the symbol
 * @throws ApiProblem with the message at the field `symbol`
 */
export const refuseTaken = async (read: () => Promise<unknown>, message: string): Promise<void> => {
  try {
    await read()
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
