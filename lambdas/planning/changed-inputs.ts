import type * as z from 'zod'
import type { Plan, PlanInputRow } from '../../db/queries/planning/plans.ts'
import { PLAN_LIMITS, type planInputBody, type previewRequest, tryPlanInput } from '../../domain/planning/index.ts'
import { sameJson } from '../../domain/shared/index.ts'
import { invalidReference, invalidValue } from '../runtime/problem.ts'
import { inputColumns } from './input-columns.ts'
import { planInputs } from './resources.ts'
import type { RunInput } from './run-source.ts'
import { requireUniqueAmong } from './unique-input.ts'

type InputBody = z.output<typeof planInputBody>
type InputChanges = z.output<typeof previewRequest>['inputs']

export interface ChangedInputs {
  /** In the order that they would have after the changes were stored: a changed input keeps its place, an added one is the last. */
  readonly inputs: readonly RunInput[]
  /** The place in the request of each input that it adds or replaces, by name. */
  readonly places: ReadonlyMap<string, string>
}

const isEqual = (stored: PlanInputRow, { inputName, inputType, inputValue }: InputBody): boolean => {
  const reading = tryPlanInput(stored)
  return 'input' in reading && sameJson(reading.input, { inputType, inputName, inputValue })
}

/** Throws 422 that names the id when the plan has no such input, or when the request names it twice. */
const requireInputs = (stored: readonly PlanInputRow[], named: readonly { readonly id: string; readonly path: string }[]): void => {
  const seen = new Set<string>()
  for (const { id, path } of named) {
    if (!stored.some(input => input.id === id)) throw invalidReference(path, planInputs.one)
    if (seen.has(id)) throw invalidValue(path, 'must be named once: the request changes this input already')
    seen.add(id)
  }
}

/** The inputs of a plan after changes that are not stored. Throws a Problem that names the field, as when an input is stored. */
export const changedInputs = (plan: Plan, stored: readonly PlanInputRow[], { add, remove, replace }: InputChanges): ChangedInputs => {
  requireInputs(stored, [
    ...remove.map((id, index) => ({ id, path: `body.inputs.remove.${index}` })),
    ...replace.map(({ inputId }, index) => ({ id: inputId, path: `body.inputs.replace.${index}.inputId` })),
  ])
  const byId = new Map(stored.map(input => [input.id, input]))
  const given = [
    ...replace.map(({ input, inputId }, index) => ({ id: inputId, input, place: `body.inputs.replace.${index}.input` })),
    ...add.map((input, index) => ({ id: `body.inputs.add.${index}`, input, place: `body.inputs.add.${index}` })),
  ]
  const different = given.filter(({ id, input }) => !byId.has(id) || !isEqual(byId.get(id)!, input))
  const gone = new Set([...remove, ...different.map(({ id }) => id)])
  const kept = stored.filter(({ id }) => !gone.has(id))
  const total = kept.length + different.length
  if (total > Math.max(PLAN_LIMITS.inputs, stored.length))
    throw invalidValue('body.inputs.add', `gives the plan ${total} inputs: a plan has at most ${PLAN_LIMITS.inputs}`)
  const inputs: RunInput[] = [...kept]
  for (const { id, input, place } of different) {
    requireUniqueAmong(inputs, input, place)
    inputs.push({ ...inputColumns(plan, input, place), id })
  }
  const order = new Map(stored.map(({ id }, index) => [id, index]))
  const indexOf = ({ id }: RunInput): number => order.get(id) ?? stored.length
  return {
    inputs: inputs.toSorted((first, second) => indexOf(first) - indexOf(second)),
    places: new Map(given.map(({ input, place }) => [input.inputName, place])),
  }
}
