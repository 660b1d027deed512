import type * as z from 'zod'
import type { Issue } from './domain-error.ts'

/** Codes of issues that do not concern a member's type. */
const ofRange: ReadonlySet<string> = new Set(['too_small', 'too_big', 'not_multiple_of', 'custom'])

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
  const { error } = schema.safeParse(value)
  const issues = error === undefined ? [] : issuesOf(error)
  const isTyped = error === undefined || error.issues.every(({ code }) => code !== undefined && ofRange.has(code))
  return isTyped ? [...issues, ...rules.flatMap(rule => rule(value as Value))] : issues
}

/** A list with one issue if a rule does not hold, else an empty list. */
export const unless = (holds: boolean, path: string, message: string): readonly Issue[] => (holds ? [] : [{ path, message }])
