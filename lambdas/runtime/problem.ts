import type { Issue } from '../../domain/shared/index.ts'
import { type ProblemCode, problems, problemType } from './problem-codes.ts'

/** Largest number of field errors in one answer: a body can have a hundred thousand faults, but an answer of Lambda has at most 6 MB. */
const errorsLimit = 100

interface ProblemOptions {
  /** Each `path` is in the request or in the stored plan: `body.weights.us_bonds`, `query.limit`, `inputs.Living.startYear`. */
  readonly errors?: readonly Issue[]
  readonly headers?: Readonly<Record<string, string>>
  /** Values of Set-Cookie. */
  readonly cookies?: readonly string[]
  readonly cause?: unknown
}

/**
 * An error answer, as RFC 9457 `application/problem+json`. Throw it anywhere in the code of a handler.
 * @param code the registered kind of problem, which gives status and title
 * @param detail text for the caller: what is wrong and, where useful, what to do. Never an internal message.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  readonly errors: readonly Issue[]
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]

  constructor(code: ProblemCode, detail: string, { cause, cookies = [], errors = [], headers = {} }: ProblemOptions = {}) {
    super(detail, { cause })
    this.code = code
    this.status = problems[code].status
    this.errors = errors.slice(0, errorsLimit)
    this.headers = headers
    this.cookies = cookies
  }

  /** The same problem with an answer that also sets cookies. */
  withCookies(cookies: readonly string[]): Problem {
    const { cause, code, errors, headers, message } = this
    return new Problem(code, message, { cause, cookies, errors, headers })
  }

  /** The problem document, the body of the answer. */
  toDocument(instance: string, requestId: string) {
    return {
      type: problemType(this.code),
      title: problems[this.code].title,
      status: this.status,
      detail: this.message,
      instance,
      requestId,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
    }
  }
}

/** For a viewer of a household. */
export const editorsOnly = (cause?: unknown): Problem =>
  new Problem('editors-only', 'Only owners and editors of this household may change this.', { cause })

/** For a member who is not an owner of a household. */
export const ownersOnly = (): Problem => new Problem('owners-only', 'Only owners of this household may do this.')

/** A problem of one or several fields. Its detail is the only error, or the number of errors. */
export const fieldProblem = (code: ProblemCode, errors: readonly Issue[], options: Omit<ProblemOptions, 'errors'> = {}): Problem => {
  const [first, ...others] = errors
  const detail = first && others.length === 0 ? `${first.path}: ${first.message}` : `${errors.length} fields are not valid.`
  return new Problem(code, detail, { ...options, errors })
}

/** A value that the documented form allows but that is not possible here. */
export const invalidValue = (path: string, message: string): Problem => fieldProblem('invalid-value', [{ path, message }])

/** A field that refers to something that does not exist or to which the caller has no access. */
export const invalidReference = (path: string, what: string): Problem =>
  fieldProblem('invalid-reference', [{ path, message: `there is no such ${what}` }])

/** For something that does not exist or to which the caller has no access: the answer is the same. */
export const notFound = (what: string): Problem => new Problem('not-found', `There is no such ${what}.`)
