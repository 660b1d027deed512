/** What has changed in plain JSON. */
export interface JsonDifference {
  /** Where the value is, such as `plan.name`. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: unknown
  readonly after: unknown
}

/** Whether two JSON values are equal, whatever the order of their members. */
export const sameJson = (left: unknown, right: unknown): boolean => {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const entries = Object.entries(left)
  return (
    entries.length === Object.keys(right).length &&
    entries.every(([key, value]) => key in right && sameJson(value, Reflect.get(right, key)))
  )
}

/** The difference between two JSON values: none if they are equal; undefined is a value that does not exist. */
export const differenceOf = (path: string, before: unknown, after: unknown): JsonDifference[] => {
  if (sameJson(before, after)) return []
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [{ path, kind, before: before ?? null, after: after ?? null }]
}

/** The differences between the members of two JSON objects, ordered by name, each under `prefix`. */
export const differencesOf = (
  prefix: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): JsonDifference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .flatMap(name => differenceOf(`${prefix}${name}`, before[name], after[name]))
