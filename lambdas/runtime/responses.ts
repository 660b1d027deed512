import type * as z from 'zod'
import { problemDocument } from './schemas.ts'

export interface ResponseDeclaration {
  readonly description: string
  readonly body?: z.ZodType
  /** Media type; `application/json` when left out. */
  readonly contentType?: string
}

const problem = (description: string): ResponseDeclaration => ({
  description,
  body: problemDocument,
  contentType: 'application/problem+json',
})

const problems = {
  400: problem('The request is not valid; `errors` names each field.'),
  401: problem('No access token, or not a valid one.'),
  403: problem('Not allowed to this caller.'),
  404: problem('Not found, or it belongs to another user.'),
  409: problem('In conflict with what is stored.'),
  412: problem('Changed since you read it.'),
  413: problem('The body is too large.'),
  415: problem('The body is of another media type.'),
  422: problem('Understood, but not possible.'),
  428: problem('If-Match is missing.'),
  429: problem('Too many attempts; wait.'),
  503: problem('Not available right now; try again.'),
} as const

/** The status of a problem that a route may answer with. */
export type Refusal = keyof typeof problems

/** The declarations of these problems. */
export const refusalsOf = (statuses: readonly Refusal[]): Record<number, ResponseDeclaration> =>
  Object.fromEntries(statuses.map(status => [status, problems[status]]))

export const reply = (description: string, body?: z.ZodType): ResponseDeclaration => (body ? { description, body } : { description })
