import type { InputType } from './inputs/plan-input.ts'

/** The content of a plan at one version, in plain JSON: its terms and its inputs. */
export interface PlanState {
  readonly plan: Readonly<Record<string, unknown>>
  readonly inputs: readonly PlanInputState[]
}

export interface PlanInputState {
  readonly inputType: InputType
  readonly inputName: string
  readonly inputValue: unknown
  readonly dataSource: string
  readonly confidenceScore: string | null
}

export interface PlanDifference {
  /** `plan.name`, or `inputs.<name>`. */
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

const difference = (path: string, before: unknown, after: unknown): PlanDifference[] => {
  if (sameJson(before, after)) return []
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [{ path, kind, before: before ?? null, after: after ?? null }]
}

/** The differences between two states of a plan: terms first, then inputs, each ordered by name. */
export const comparePlanStates = (before: PlanState, after: PlanState): PlanDifference[] => {
  const terms = [...new Set([...Object.keys(before.plan), ...Object.keys(after.plan)])].toSorted()
  const byName = (state: PlanState) => new Map(state.inputs.map(input => [input.inputName, input]))
  const [old, current] = [byName(before), byName(after)]
  const names = [...new Set([...old.keys(), ...current.keys()])].toSorted()
  return [
    ...terms.flatMap(term => difference(`plan.${term}`, before.plan[term], after.plan[term])),
    ...names.flatMap(name => difference(`inputs.${name}`, old.get(name), current.get(name))),
  ]
}
