import type { Issue } from '../../shared/index.ts'

export type Checklist = ReturnType<typeof createChecklist>

/** Collects faults. */
export function createChecklist() {
  const issues: Issue[] = []
  const that = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  return {
    issues,
    that,
    number: (path: string, value: number, minimum: number, maximum: number): void =>
      that(Number.isFinite(value) && value >= minimum && value <= maximum, path, `must be a number from ${minimum} to ${maximum}`),
    integer: (path: string, value: number, minimum: number, maximum: number): void =>
      that(Number.isInteger(value) && value >= minimum && value <= maximum, path, `must be a whole number from ${minimum} to ${maximum}`),
    /** Members with a key each, no two the same. */
    keys: (path: string, members: readonly { readonly key: string }[]): void => {
      const seen = new Set<string>()
      for (const [index, { key }] of members.entries()) {
        that(key !== '' && !seen.has(key), `${path}.${index}.key`, 'must be a name that none before it has')
        seen.add(key)
      }
    },
    /** A reference to a member by its key. */
    known: (path: string, key: string, members: readonly { readonly key: string }[], what: string): boolean => {
      const found = members.some(member => member.key === key)
      that(found, path, `must be the key of ${what}; there is none called ${JSON.stringify(key)}`)
      return found
    },
  }
}
