import { isDeepStrictEqual } from 'node:util'
import type { StackChanges } from './changes.ts'
import type { Refusals } from './context.ts'
import { exportsOf, importsOf, referencesOf } from './template.ts'

/** Names of stacks in words. */
const listOf = (names: readonly string[]): string => names.join(', ')

/**
 * Refuses to remove or change an export that a deployed stack uses. CloudFormation refuses it too, but in the middle of a deployment: it
 * updates the exporting stack first, and its users still have the old value then. So a value is replaced in two releases.
 */
export const exportRefusals = (stacks: readonly StackChanges[]): Refusals => {
  const users = (name: string) => stacks.filter(({ before }) => importsOf(before).includes(name)).map(({ stack }) => stack)
  return stacks.flatMap(({ after, before, resources, stack }) => {
    const kept = exportsOf(after)
    const replaced = new Set(resources.filter(({ action }) => action === 'replaced').map(({ logicalId }) => logicalId))
    return [...exportsOf(before)].flatMap(([name, value]) => {
      const usedBy = users(name)
      if (usedBy.length === 0) return []
      const lost = referencesOf(value).filter(id => replaced.has(id))
      if (!kept.has(name)) {
        return [
          `${stack} no longer exports ${name}, which ${listOf(usedBy)} use. Keep the export for one more release, in which nothing uses it.`,
        ]
      }
      if (lost.length === 0 && isDeepStrictEqual(kept.get(name), value)) return []
      const cause = lost.length > 0 ? `${listOf(lost)} is replaced` : 'it names something else'
      return [
        `${stack} would change the value of ${name}, since ${cause}, and ${listOf(usedBy)} use it. Add the new resource beside the old one, and remove the old one in the next release.`,
      ]
    })
  })
}
