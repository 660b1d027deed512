import type * as z from 'zod'
import { problemDocument } from './schemas.ts'

export interface ResponseDeclaration<Body extends z.ZodType = z.ZodType> {
  readonly description: string
  readonly body?: Body
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
  401: problem('The access token is missing or not valid.'),
  403: problem('The caller may not do this.'),
  404: problem('The resource does not exist, or you have no access to it.'),
  409: problem('The request conflicts with stored data.'),
  412: problem('The resource was changed after you read it.'),
  413: problem('The body is too large.'),
  415: problem('The body has an unsupported media type.'),
  422: problem('The form of the request is valid, but its values are not possible.'),
  428: problem('If-Match is missing.'),
  429: problem('Too many attempts; wait.'),
  503: problem('Not available right now; try again.'),
} as const

/** The status of a problem that a route may answer with. */
export type Refusal = keyof typeof problems

/** The declarations of the problems with these statuses. */
export const refusalsOf = (statuses: readonly Refusal[]): Record<number, ResponseDeclaration> =>
  Object.fromEntries(statuses.map(status => [status, problems[status]]))

/** A successful answer. Its type has the type of the body, which the typed client reads. */
export function reply(description: string): { readonly description: string }
export function reply<Body extends z.ZodType>(description: string, body: Body): { readonly description: string; readonly body: Body }
export function reply(description: string, body?: z.ZodType): ResponseDeclaration {
  return body ? { description, body } : { description }
}
