import * as z from 'zod'

/** A range that includes both ends. */
export interface Range {
  readonly minimum: number
  readonly maximum: number
}

/** A message for a value that is given but wrong; a missing value keeps the general message. */
const unlessMissing = (message: string) => (issue: { readonly input?: unknown }) => (issue.input === undefined ? undefined : message)

/** A finite number in a range. */
export const numberFrom = (minimum: number, maximum: number) => {
  const message = `must be a number from ${minimum} to ${maximum}`
  return z
    .number({ error: unlessMissing(message) })
    .min(minimum, message)
    .max(maximum, message)
}

/** A finite number above the minimum, and at most the maximum. */
export const numberAbove = (minimum: number, maximum: number) => {
  const message = `must be a number above ${minimum}, at most ${maximum}`
  return z
    .number({ error: unlessMissing(message) })
    .gt(minimum, message)
    .max(maximum, message)
}

/** A whole number in a range. */
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

/** A list with a minimum and a maximum number of entries. */
export const listFrom = <Entry extends z.ZodType>(entry: Entry, minimum: number, maximum: number) => {
  const message = minimum === 0 ? `must have at most ${maximum} entries` : `must have ${minimum} to ${maximum} entries`
  return z.array(entry).min(minimum, message).max(maximum, message)
}

/**
 * A list of numbers in a range, checked by a plain loop: a history has thousands, and one schema per number would take longer than the start of the simulation.
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

/** The member that distinguishes an object from its alternatives, with a description of the alternative. */
export const kindOf = <const Kind extends string>(kind: Kind, description: string) => z.literal(kind).describe(description)

type Variant = z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>

/** One of several objects that differ in their `kind`. */
export const byKind = <const Variants extends readonly [Variant, ...Variant[]]>(variants: Variants) => {
  const message = `must be ${words(variants.map(({ shape }) => shape.kind.value))}`
  return z.discriminatedUnion('kind', variants, { error: ({ code }) => (code === 'invalid_union' ? message : undefined) })
}

/** A value in which every member at any depth is readonly. */
export type Immutable<Value> = Value extends object ? { readonly [Member in keyof Value]: Immutable<Value[Member]> } : Value
