import * as z from 'zod'
import type { Issue } from './domain-error.ts'

/** Codes of issues that do not concern a member's type. */
const ofRange: ReadonlySet<string> = new Set(['too_small', 'too_big', 'not_multiple_of', 'custom'])

/** The issues of a value for which a check of the schema throws: at the members that throw or fail by themselves, else at the value. */
const issuesOfThrowing = (schema: z.ZodType, value: unknown): z.core.$ZodIssue[] => {
  const members = schema instanceof z.ZodObject && typeof value === 'object' && value !== null ? Object.entries(schema.shape) : []
  const found = members.flatMap(([name, member]) => {
    const { error } = tryParse(member as z.ZodType, Reflect.get(value as object, name))
    return (error?.issues ?? []).map(issue => ({ ...issue, path: [name, ...issue.path] }))
  })
  return found.length > 0 ? found : [{ code: 'custom', path: [], message: 'is not valid', input: value }]
}

/** `safeParse`, for which a check that throws is a check that fails. The thrown error is the `cause` of the result's error. */
export const tryParse = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.ZodSafeParseResult<z.output<Schema>> => {
  try {
    return schema.safeParse(value)
  } catch (cause) {
    const error = Object.assign(new z.ZodError(issuesOfThrowing(schema, value)), { cause })
    return { success: false, error: error as unknown as z.ZodError<z.output<Schema>> }
  }
}

/** zod's issues with their paths as text. */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.flatMap((issue): Issue[] => {
    const path = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }]
    return issue.keys.map(key => ({ path: [...path, key].join('.'), message: 'There is no such field' }))
  })

/** Issues of a member, with their paths in the value that contains it: an issue at `people` becomes `body.people` under `body`. */
export const issuesUnder = (root: string, issues: readonly Issue[]): Issue[] =>
  issues.map(({ message, path }) => ({ path: path === '' ? root : `${root}.${path}`, message }))

/** A rule between the members of a value. Returns its issues. */
export type Rule<Value> = (value: Value) => readonly Issue[]

/**
 * All issues of a value, which may be anything: those of its schema, then those of the rules between its members. The rules run only where
 * every member has its type, though it may be out of range. Otherwise the issues of the schema are all that is returned.
 */
export const findIssues = <Value>(schema: z.ZodType<Value>, value: unknown, rules: readonly Rule<Value>[] = []): Issue[] => {
  const { error } = tryParse(schema, value)
  const issues = error === undefined ? [] : issuesOf(error)
  const isTyped = error === undefined || error.issues.every(({ code }) => code !== undefined && ofRange.has(code))
  return isTyped ? [...issues, ...rules.flatMap(rule => rule(value as Value))] : issues
}

/** A list with one issue if a rule does not hold, else an empty list. */
export const unless = (holds: boolean, path: string, message: string): readonly Issue[] => (holds ? [] : [{ path, message }])
