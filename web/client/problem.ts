/** A field that the server refused: its path, such as `body.name`, and the reason. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

/** A problem document (RFC 9457) of the API, or what is known of an answer that is none. */
export interface ProblemDocument {
  /** The last part of the problem's type, such as `version-conflict`. */
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly requestId: string | undefined
  readonly errors: readonly FieldError[]
  readonly retryAfterSeconds: number | undefined
}

/** An answer of the API that is not a success. */
export class ApiProblem extends Error {
  readonly problem: ProblemDocument

  constructor(problem: ProblemDocument) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }
}

interface SentProblem {
  readonly type?: string
  readonly title?: string
  readonly detail?: string
  readonly message?: string
  readonly requestId?: string
  readonly errors?: readonly FieldError[]
}

const parse = (text: string): SentProblem => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Reads the problem of an answer. API Gateway and CloudFront refuse some requests without a problem document. */
export const readProblem = async (response: Response): Promise<ProblemDocument> => {
  const { detail, errors = [], message, requestId, title, type } = parse(await response.text())
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    code: type?.split('/').at(-1) ?? `status-${response.status}`,
    title: title ?? response.statusText,
    status: response.status,
    detail: detail ?? message ?? `The server answered with the status ${response.status}.`,
    requestId: requestId ?? response.headers.get('x-request-id') ?? undefined,
    errors,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  }
}
