/** The headers that a page of another origin may send, besides those that every page may send. */
export const requestHeaders = ['authorization', 'content-type', 'idempotency-key', 'if-match'] as const

/** The headers of answers that a page of another origin may read, besides those that every page may read. */
export const exposedHeaders = ['etag', 'idempotent-replay', 'link', 'location', 'retry-after', 'www-authenticate', 'x-request-id'] as const

/** Every page may read these. @see https://developer.mozilla.org/docs/Glossary/CORS-safelisted_response_header */
export const readableByAll = ['cache-control', 'content-length', 'content-type'] as const
