import { type Issue, nestingLimit, tooDeepMessage } from '../../domain/shared/index.ts'

const faultOf = (text: string): string | undefined => {
  if (text.includes('\0')) return 'contains the character U+0000, which cannot be stored'
  if (!text.isWellFormed()) return 'contains half of a surrogate pair, which is not a character'
  return undefined
}

/**
 * The parts of a parsed JSON value that cannot be stored as they are, on any route: U+0000, lone surrogates, and nesting deeper than 32
 * levels. `root` is the start of the errors' paths.
 */
export const unstorable = (value: unknown, root: string, depth = 0): Issue[] => {
  if (typeof value === 'string') {
    const message = faultOf(value)
    return message === undefined ? [] : [{ path: root, message }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (depth === nestingLimit) return [{ path: root, message: tooDeepMessage }]
  return Object.entries(value).flatMap(([name, member]) => {
    const message = faultOf(name)
    return message === undefined
      ? unstorable(member, `${root}.${name}`, depth + 1)
      : [{ path: root, message: `has a name that ${message}` }]
  })
}
