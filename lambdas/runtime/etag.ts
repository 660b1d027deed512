import { fieldProblem, Problem } from './problem.ts'

/** A strong entity tag from a row's version number (RFC 9110 §8.8.3). */
export const entityTag = (version: number): string => `"v${version}"`

/** The version in an If-Match header, or undefined for `*`. Throws 428 when the header is missing, 400 when it is not a tag of this API. */
export const readIfMatch = (value: string | undefined): number | undefined => {
  if (value === undefined)
    throw new Problem('precondition-required', 'Send If-Match with the ETag that you read, so that you do not overwrite another change.', {
      errors: [{ path: 'header.if-match', message: 'is required' }],
    })
  if (value.trim() === '*') return undefined
  const version = /^"v(\d{1,9})"$/.exec(value.trim())?.[1]
  if (version === undefined)
    throw fieldProblem('invalid-request', [{ path: 'header.if-match', message: 'must be an ETag of this API, like "v3"' }])
  return Number(version)
}
