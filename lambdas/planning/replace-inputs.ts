import type { Transaction } from '../../db/database.ts'
import {
  currentPlanInputs,
  type Plan,
  type PlanInputRow,
  planInputRows,
  removePlanInput,
  supersedePlanInput,
} from '../../db/queries/planning/plans.ts'
import { type PlanInputState, schemaVersionOf, tryPlanInput } from '../../domain/planning/index.ts'
import { sameJson } from '../../domain/shared/index.ts'

const columnsOf = (plan: Plan, input: PlanInputState, sortKey: string | undefined) => ({
  householdId: plan.householdId,
  planId: plan.id,
  inputType: input.inputType,
  inputName: input.inputName,
  inputValue: input.inputValue,
  schemaVersion: schemaVersionOf(input.inputType),
  dataSource: input.dataSource as PlanInputRow['dataSource'],
  confidenceScore: input.confidenceScore,
  sortKey,
})

/** Whether a stored input is equal to a wanted one when it is read: a value that was stored before a new default has the default too. */
const isEqual = (old: PlanInputRow, wanted: ReturnType<typeof columnsOf>): boolean => {
  const reading = tryPlanInput(old)
  if (!('input' in reading)) return false
  const read = { ...old, ...reading.input, schemaVersion: wanted.schemaVersion }
  return Object.entries(wanted).every(([key, value]) => sameJson(value, Reflect.get(read, key)))
}

/**
 * Changes a plan's inputs to a wanted state, in its order: equal inputs stay, different ones are superseded, all others are removed. An input
 * that does not follow the one before it becomes the last one, and so do those that come after it.
 */
export const replaceInputs = async (transaction: Transaction, plan: Plan, wanted: readonly PlanInputState[]): Promise<void> => {
  const current = new Map((await currentPlanInputs(transaction, plan.id)).map(input => [input.inputName, input]))
  const names = new Set(wanted.map(input => input.inputName))
  for (const [name, input] of current) if (!names.has(name)) await removePlanInput(transaction, input.id)
  let before = ''
  for (const input of wanted) {
    const old = current.get(input.inputName)
    const columns = columnsOf(plan, input, old && old.sortKey > before ? old.sortKey : undefined)
    if (old && isEqual(old, columns)) before = old.sortKey
    else
      ({ sortKey: before } = old ? await supersedePlanInput(transaction, old, columns) : await planInputRows.insert(transaction, columns))
  }
}
