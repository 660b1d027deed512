import { Problem } from './problem.ts'

/** A strong entity tag from a row's version number (RFC 9110 §8.8.3). */
export const entityTag = (version: number): string => `"v${version}"`

/** The version in an If-Match header, or undefined for `*`. Throws 428 when the header is missing, 400 when it is no tag of ours. */
export const readIfMatch = (value: string | undefined): number | undefined => {
  if (value === undefined)
    throw new Problem(428, 'Send If-Match with the ETag you read, so that nobody’s change is lost.', {
      errors: [{ path: 'header.if-match', message: 'required' }],
    })
  if (value.trim() === '*') return undefined
  const version = /^"v(\d{1,9})"$/.exec(value.trim())?.[1]
  if (version === undefined)
    throw new Problem(400, 'If-Match is not an ETag of this API.', {
      errors: [{ path: 'header.if-match', message: 'must look like "v3"' }],
    })
  return Number(version)
}

/** Refuses a change to anything but the version that the caller read. */
export const requireVersion = (current: number, expected: number | undefined): void => {
  if (expected !== undefined && expected !== current) {
    throw new Problem(412, `This is version ${current} now, and you read version ${expected}. Read it again, then repeat your change.`)
  }
}
