import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan, type PlanInputRow } from '../../db/queries/planning/plans.ts'
import { fieldProblem, invalidValue } from '../runtime/problem.ts'
import { linkedAccountOf } from './linked-accounts.ts'

/**
 * Throws 409 for the name of another input of the plan, of whatever type, and 422 for a link to a real account that another input is linked to:
 * its balance would count twice.
 */
export const requireUniqueInput = async (
  transaction: Transaction,
  plan: Plan,
  body: { readonly inputName: string; readonly inputValue: unknown },
  replaced?: PlanInputRow,
): Promise<void> => {
  const others = (await currentPlanInputs(transaction, plan.id)).filter(({ id }) => id !== replaced?.id)
  const namesake = others.find(({ inputName }) => inputName === body.inputName)
  if (namesake) {
    const message = `must be unique: an input of the type ${namesake.inputType} has this name`
    throw fieldProblem('already-exists', [{ path: 'body.inputName', message }])
  }
  const linkedAccountId = linkedAccountOf(body)
  const holder = linkedAccountId === undefined ? undefined : others.find(input => linkedAccountOf(input) === linkedAccountId)
  if (holder) throw invalidValue('body.inputValue.linkedAccountId', `must be unique: ${holder.inputName} is linked to this account`)
}
