/** Deeper than any document of this API, and far below the depth at which recursive code would overflow the stack. */
export const nestingLimit = 32

export const tooDeepMessage = `is nested more than ${nestingLimit} levels deep`

/** The names that lead to the first object or list of a parsed JSON value that is nested too deep; undefined if there is none. */
export const findTooDeep = (value: unknown, depth = 0): string[] | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === nestingLimit) return []
  for (const name of Object.keys(value)) {
    const found = findTooDeep((value as Record<string, unknown>)[name], depth + 1)
    if (found) return [name, ...found]
  }
  return undefined
}
