import type { Issue } from '../../domain/shared/index.ts'

/** Deeper than any document of ours, and far from where code that walks a document would run out of stack. */
const depthLimit = 32

const faultOf = (text: string): string | undefined => {
  if (text.includes('\0')) return 'contains the character U+0000, which cannot be stored'
  if (!text.isWellFormed()) return 'contains half of a surrogate pair, which is no character'
  return undefined
}

/**
 * What of a parsed JSON value PostgreSQL could not store as it is, whatever the route: U+0000, lone surrogates, and nesting beyond
 * 32 levels. `root` is the path that the errors' paths begin with.
 */
export const unstorable = (value: unknown, root: string, depth = 0): Issue[] => {
  if (typeof value === 'string') {
    const message = faultOf(value)
    return message === undefined ? [] : [{ path: root, message }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (depth === depthLimit) return [{ path: root, message: `is nested more than ${depthLimit} levels deep` }]
  return Object.entries(value).flatMap(([name, member]) => {
    const message = faultOf(name)
    return message === undefined
      ? unstorable(member, `${root}.${name}`, depth + 1)
      : [{ path: root, message: `has a name that ${message}` }]
  })
}
