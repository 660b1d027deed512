export interface FieldError {
  /** Where in the request: `body.weights.us_bonds`, `query.limit`. */
  readonly path: string
  readonly message: string
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not this method',
  409: 'In conflict with what is stored',
  412: 'Changed by somebody else since it was read',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Understood, but not possible',
  428: 'Say which version you read',
  429: 'Too many attempts',
  431: 'Too large',
  500: 'Something went wrong here',
  503: 'Not available right now',
}

/** Field errors in one answer at most: a body can have a hundred thousand faults, an answer of Lambda has 6 MB. */
const errorsLimit = 100

/**
 * An answer that is not the one the caller hoped for, as RFC 9457 `application/problem+json`. Throw it from anywhere below a handler.
 * @param detail what to tell the caller: what is wrong and, where it helps, what to do. Never an internal message.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    detail: string,
    options: { errors?: readonly FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause })
    this.status = status
    this.errors = (options.errors ?? []).slice(0, errorsLimit)
    this.headers = options.headers ?? {}
  }

  /** The document that travels. `type` is stable per status, so that clients may switch on it. */
  toDocument(instance: string, requestId: string) {
    return {
      type: `urn:nestegg:problem:${this.status}`,
      title: titles[this.status] ?? 'Problem',
      status: this.status,
      detail: this.message,
      instance,
      requestId,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
    }
  }
}

/** Missing, or somebody else's: the two look the same from outside. */
export const notFound = (what: string) => new Problem(404, `There is no such ${what}.`)

/** For a member who may only read what belongs to a household. */
export const editorsOnly = (cause?: unknown) => new Problem(403, 'Only owners and editors of this household may change this.', { cause })
