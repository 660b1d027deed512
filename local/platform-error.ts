/** The reason why the platform cannot start or continue, in one sentence for the person who started it. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError'
}

/** The code of a system error, such as EACCES; otherwise the error as text. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('E') ? error.code : error.message
}
