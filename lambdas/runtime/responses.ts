import type * as z from 'zod'
import type { ResponseDeclaration } from './route.ts'
import { problemDocument } from './schemas.ts'

const problem = (description: string): ResponseDeclaration => ({
  description,
  body: problemDocument,
  contentType: 'application/problem+json',
})

const problems = {
  400: problem('The request is not valid; `errors` names each field.'),
  401: problem('No access token, or not a good one.'),
  403: problem('Not allowed to this caller.'),
  404: problem('There is no such thing, or it is not yours.'),
  409: problem('In conflict with what is stored.'),
  412: problem('Changed since you read it.'),
  413: problem('The body is too large.'),
  415: problem('The body is not JSON.'),
  422: problem('Understood, but not possible.'),
  428: problem('If-Match is missing.'),
  429: problem('Too many attempts; wait.'),
  503: problem('Not available right now; try again.'),
} as const

/** The declarations of the problems a route may answer with, besides its own responses. */
export const refusals = (...statuses: readonly (keyof typeof problems)[]): Record<number, ResponseDeclaration> =>
  Object.fromEntries([...statuses, 503 as const].map(status => [status, problems[status]]))

export const reply = (description: string, body?: z.ZodType): ResponseDeclaration => (body ? { description, body } : { description })
