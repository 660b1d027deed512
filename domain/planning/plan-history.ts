import { differenceOf, differencesOf, type JsonDifference } from '../shared/index.ts'
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

/** The differences between two states of a plan: terms first, then inputs, each ordered by name. */
export const comparePlanStates = (before: PlanState, after: PlanState): JsonDifference[] => {
  const byName = (state: PlanState) => new Map(state.inputs.map(input => [input.inputName, input]))
  const [old, current] = [byName(before), byName(after)]
  const names = [...new Set([...old.keys(), ...current.keys()])].toSorted()
  return [
    ...differencesOf('plan.', before.plan, after.plan),
    ...names.flatMap(name => differenceOf(`inputs.${name}`, old.get(name), current.get(name))),
  ]
}
