import type * as z from 'zod'

/** Texts that a changed name may have, since names refer to other inputs. */
export interface WalkNames {
  readonly names: readonly string[]
  readonly assets: readonly string[]
}

/** A value with one field changed; `path` is the place of the change. */
export interface Change {
  readonly path: readonly string[]
  readonly value: unknown
}

interface Definition {
  readonly type: string
  readonly shape?: Record<string, z.ZodType>
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly entries?: Record<string, string>
  readonly values?: readonly unknown[]
}

const definitionOf = (schema: z.ZodType): Definition => schema.def

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const numbers = [0, 0.01, 0.02, 0.05, 0.5, 1, 2, 3, 4, 7, 12, 30, 70, 72, 85, 780, 790, 1960, 2025, 2026]
const texts = ['1.00', '2500.00', '1961-03-04', '019a0000-0000-7000-8000-000000000009', 'CA', 'NY', 'cpi_inflation']

/** Values that a schema may accept. */
const samplesOf = (schema: z.ZodType, walk: WalkNames): readonly unknown[] => {
  const { element, entries, innerType, options, shape, type, values } = definitionOf(schema)
  switch (type) {
    case 'default':
    case 'optional':
      return samplesOf(innerType!, walk)
    case 'nullable':
      return [null, ...samplesOf(innerType!, walk)]
    case 'enum':
      return Object.values(entries!)
    case 'literal':
      return values!
    case 'boolean':
      return [true, false]
    case 'number':
      return numbers
    case 'string':
      return [...walk.names, ...walk.assets, ...texts]
    case 'record':
      return walk.assets.map(asset => ({ [asset]: 1 }))
    case 'array':
      return valid(element!, walk).map(value => [value])
    case 'union':
      return options!.flatMap(option => samplesOf(option, walk))
    case 'object': {
      const members = Object.entries(shape!).map(([name, member]) => [name, valid(member, walk)[0]] as const)
      return [Object.fromEntries(members.filter(([, value]) => value !== undefined))]
    }
    default:
      throw new Error(`The walk does not know schemas of the type ${type}.`)
  }
}

const valid = (schema: z.ZodType, walk: WalkNames): readonly unknown[] =>
  samplesOf(schema, walk).filter(value => schema.safeParse(value).success)

/** The changes of a value at each of its fields, at any depth. Not all of them are valid for the whole. */
export const changesOf = (schema: z.ZodType, value: unknown, walk: WalkNames, path: readonly string[] = []): Change[] => {
  const { element, innerType, options, shape, type, valueType } = definitionOf(schema)
  const within = (inner: z.ZodType, name: string, member: unknown, put: (changed: unknown) => unknown): Change[] =>
    changesOf(inner, member, walk, [...path, name]).map(change => ({ ...change, value: put(change.value) }))
  if (type === 'default' || type === 'optional' || type === 'nullable') {
    const empty = type === 'nullable' ? [{ path, value: null }] : type === 'optional' ? [{ path, value: undefined }] : []
    return [...empty, ...changesOf(innerType!, value, walk, path)]
  }
  if (type === 'object' && isObject(value))
    return Object.entries(shape!).flatMap(([name, member]) =>
      within(member, name, value[name], changed => {
        const { [name]: _, ...others } = value
        return changed === undefined ? others : { ...others, [name]: changed }
      }),
    )
  if (type === 'record' && isObject(value))
    return Object.entries(value).flatMap(([name, member]) => [
      ...within(valueType!, name, member, changed => ({ ...value, [name]: changed })),
      ...walk.assets.map(asset => ({ path, value: { [name]: 0.75, [asset]: 0.25 } })),
    ])
  if (type === 'array' && Array.isArray(value)) {
    const entries = value as unknown[]
    return [
      ...entries.flatMap((entry, index) => within(element!, String(index), entry, changed => entries.with(index, changed))),
      { path, value: entries.slice(1) },
      ...valid(element!, walk).map(entry => ({ path, value: [...entries, entry] })),
    ]
  }
  if (type === 'union') {
    const current = options!.find(option => option.safeParse(value).success)
    const others = options!
      .filter(option => option !== current)
      .flatMap(option => valid(option, walk).map(sample => ({ path, value: sample })))
    return [...(current ? changesOf(current, value, walk, path) : []), ...others]
  }
  return valid(schema, walk).map(sample => ({ path, value: sample }))
}
