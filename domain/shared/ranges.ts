import * as z from 'zod'

/** Both ends belong to it. */
export interface Range {
  readonly minimum: number
  readonly maximum: number
}

/** A message for whatever is there but wrong; what is missing keeps the general one. */
const unlessMissing = (message: string) => (issue: { readonly input?: unknown }) => (issue.input === undefined ? undefined : message)

/** A finite number of a range. */
export const numberFrom = (minimum: number, maximum: number) => {
  const message = `must be a number from ${minimum} to ${maximum}`
  return z
    .number({ error: unlessMissing(message) })
    .min(minimum, message)
    .max(maximum, message)
}

/** A whole number of a range. */
export const wholeNumberFrom = (minimum: number, maximum: number) => {
  const message = `must be a whole number from ${minimum} to ${maximum}`
  return z
    .int({ error: unlessMissing(message) })
    .min(minimum, message)
    .max(maximum, message)
}

/** One of a few numbers. */
export const numberOf = <const Values extends readonly number[]>(values: Values) =>
  z.literal(values, { error: unlessMissing(`must be ${words(values)}`) })

/** One of a few texts. */
export const textOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: unlessMissing(`must be ${words(values)}`) })

const words = (values: readonly (string | number)[]): string =>
  values.length === 1 ? String(values[0]) : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`

/** A list with a least and a greatest number of entries. */
export const listFrom = <Entry extends z.ZodType>(entry: Entry, minimum: number, maximum: number) => {
  const message = minimum === 0 ? `must have at most ${maximum} entries` : `must have ${minimum} to ${maximum} entries`
  return z.array(entry).min(minimum, message).max(maximum, message)
}

/**
 * Numbers of a range, checked by a plain loop: a history has thousands, and a schema for each would take longer than the simulation's start.
 * The list itself is the output, not a copy.
 */
export const numbersFrom = (minimum: number, maximum: number) => {
  const message = `must be a number from ${minimum} to ${maximum}`
  return z.unknown().superRefine((value, context) => {
    if (!Array.isArray(value)) return context.addIssue({ code: 'invalid_type', expected: 'array', input: value })
    for (const [index, entry] of (value as unknown[]).entries()) {
      if (typeof entry !== 'number') context.addIssue({ code: 'invalid_type', expected: 'number', path: [index], message })
      else if (!(entry >= minimum && entry <= maximum)) context.addIssue({ code: 'custom', path: [index], message })
    }
  }) as z.ZodType<number[]>
}

/** The member that tells an object from its alternatives, and what it stands for. */
export const kindOf = <const Kind extends string>(kind: Kind, description: string) => z.literal(kind).describe(description)

type Variant = z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>

/** One of several objects that differ in their `kind`. */
export const byKind = <const Variants extends readonly [Variant, ...Variant[]]>(variants: Variants) => {
  const message = `must be ${words(variants.map(({ shape }) => shape.kind.value))}`
  return z.discriminatedUnion('kind', variants, { error: ({ code }) => (code === 'invalid_union' ? message : undefined) })
}

/** What a schema gives, never to be changed. */
export type Immutable<Value> = Value extends object ? { readonly [Member in keyof Value]: Immutable<Value[Member]> } : Value
