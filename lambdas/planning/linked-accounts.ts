import * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan, type PlanInputRow } from '../../db/queries/planning/plans.ts'
import { uuid } from '../../domain/shared/index.ts'
import { invalidValue } from '../runtime/problem.ts'

/** The real account that an input is linked to; undefined without a link. */
export const linkedAccountOf = ({ inputValue }: { readonly inputValue: unknown }): string | undefined =>
  linked.safeParse(inputValue).data?.linkedAccountId

const linked = z.object({ linkedAccountId: uuid.optional() })

/** Throws 422 for a link to a real account that another input of the plan is linked to: its balance would count twice. */
export const requireFreeLink = async (
  transaction: Transaction,
  plan: Plan,
  body: { readonly inputValue: unknown },
  replaced?: PlanInputRow,
): Promise<void> => {
  const linkedAccountId = linkedAccountOf(body)
  if (linkedAccountId === undefined) return
  const inputs = await currentPlanInputs(transaction, plan.id)
  const holder = inputs.find(input => input.id !== replaced?.id && linkedAccountOf(input) === linkedAccountId)
  if (holder) throw invalidValue('body.inputValue.linkedAccountId', `must be unique: ${holder.inputName} is linked to this account`)
}
