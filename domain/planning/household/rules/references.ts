import { type Issue, unless } from '../../../shared/index.ts'

interface Named {
  readonly key: string
}

/** The keys of the members must be unique. */
export const uniqueKeys = (path: string, members: readonly Named[]): readonly Issue[] => {
  const seen = new Set<string>()
  return members.flatMap(({ key }, index) => {
    const isFirst = !seen.has(key)
    seen.add(key)
    return unless(isFirst, `${path}.${index}.key`, 'must be unique')
  })
}

/** A reference to a member by its key, which is the name of the input that gave it. */
export const knownKey = (path: string, key: string, members: readonly Named[], what: string): readonly Issue[] =>
  unless(
    members.some(member => member.key === key),
    path,
    `must be the name of ${what}, and ${JSON.stringify(key)} is not`,
  )

/** The values must be strictly ascending. */
export const ascending = (path: string, field: string, values: readonly number[]): readonly Issue[] =>
  values.flatMap((value, index) =>
    unless(index === 0 || value > values[index - 1]!, `${path}.${index}.${field}`, 'must be above the one before it'),
  )

/** An end year, if given, must not be before the start year. */
export const periodInOrder = (
  path: string,
  { endYear, startYear }: { readonly startYear: number; readonly endYear: number | null },
): readonly Issue[] => unless(endYear === null || endYear >= startYear, `${path}.endYear`, `must be at least the start year ${startYear}`)
