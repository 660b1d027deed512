import type { StoredInput } from './stored-input.ts'

/** What is different in the inputs of two plans. */
export type InputDifference =
  | { readonly kind: 'added' | 'removed'; readonly name: string }
  | { readonly kind: 'changed'; readonly name: string; readonly field: string; readonly before: string; readonly after: string }

/** The single values of a JSON value by their path: `socialSecurity.claimingAgeMonths`. */
const leaves = (value: unknown, path = ''): readonly (readonly [path: string, value: string])[] => {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
}

const identity = ({ inputName, inputType }: Pick<StoredInput, 'inputName' | 'inputType'>): string => `${inputType} ${inputName}`
type Compared = Pick<StoredInput, 'inputName' | 'inputType' | 'inputValue'>

/** Inputs that only one of two plans has, and fields of inputs of the same type and name that differ. */
export const inputDifferences = (first: readonly Compared[], second: readonly Compared[]): readonly InputDifference[] => {
  const before = new Map(first.map(input => [identity(input), input]))
  const after = new Map(second.map(input => [identity(input), input]))
  const changed = first.flatMap((input): readonly InputDifference[] => {
    const other = after.get(identity(input))
    if (!other) return [{ kind: 'removed', name: input.inputName }]
    const [own, theirs] = [new Map(leaves(input.inputValue)), new Map(leaves(other.inputValue))]
    return [...new Set([...own.keys(), ...theirs.keys()])]
      .filter(field => own.get(field) !== theirs.get(field))
      .map(field => ({
        kind: 'changed',
        name: input.inputName,
        field,
        before: own.get(field) ?? '–',
        after: theirs.get(field) ?? '–',
      }))
  })
  const added = second.filter(input => !before.has(identity(input))).map(({ inputName }) => ({ kind: 'added', name: inputName }) as const)
  return [...changed, ...added]
}
