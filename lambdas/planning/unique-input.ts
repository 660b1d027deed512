import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan, type PlanInputRow } from '../../db/queries/planning/plans.ts'
import { fieldProblem, invalidValue } from '../runtime/problem.ts'
import { linkedAccountOf } from './linked-accounts.ts'

interface NamedInput {
  readonly inputType: string
  readonly inputName: string
  readonly inputValue: unknown
}

/**
 * Throws 409 for the name of another input of the plan, of whatever type, and 422 for a link to a real account that another input is linked to:
 * its balance would count twice.
 * @param place the place of the input in the request
 */
export const requireUniqueAmong = (others: readonly NamedInput[], input: Omit<NamedInput, 'inputType'>, place: string): void => {
  const namesake = others.find(({ inputName }) => inputName === input.inputName)
  if (namesake) {
    const message = `must be unique: an input of the type ${namesake.inputType} has this name`
    throw fieldProblem('already-exists', [{ path: `${place}.inputName`, message }])
  }
  const linkedAccountId = linkedAccountOf(input)
  const holder = linkedAccountId === undefined ? undefined : others.find(other => linkedAccountOf(other) === linkedAccountId)
  if (holder) throw invalidValue(`${place}.inputValue.linkedAccountId`, `must be unique: ${holder.inputName} is linked to this account`)
}

/** The same for the body of a request, among the current inputs of a plan but the one that it replaces. */
export const requireUniqueInput = async (
  transaction: Transaction,
  plan: Plan,
  body: Omit<NamedInput, 'inputType'>,
  replaced?: PlanInputRow,
): Promise<void> => {
  const others = (await currentPlanInputs(transaction, plan.id)).filter(({ id }) => id !== replaced?.id)
  requireUniqueAmong(others, body, 'body')
}
