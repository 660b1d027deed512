import type { Transaction } from '../../db/database.ts'
import type { Plan } from '../../db/queries/planning/plans.ts'
import { type Opening, steadyPriceChange } from '../../domain/planning/index.ts'
import type { CalendarDate } from '../../domain/shared/index.ts'
import { type Actuals, isLinkable, readActualsOf } from './actual-balances.ts'
import { linkedAccountOf } from './linked-accounts.ts'
import { changePlan, referredAssumptionSet } from './lookups.ts'
import { type ReadState, recordVersion } from './plan-state.ts'
import { replaceInputs } from './replace-inputs.ts'

/**
 * The balances of a day of what a plan is linked to, except the accounts of which the caller has given them. Without given balances, every
 * account of the plan has to be linked. Debts and properties without a link go on as planned.
 */
export const readOpening = async (
  transaction: Transaction,
  householdId: string,
  inputs: ReadState['inputs'],
  date: CalendarDate,
  given?: readonly { readonly linkedAccountId: string }[],
): Promise<Actuals> => {
  const toRead = inputs.filter(input => {
    const link = linkedAccountOf(input)
    if (link === undefined) return given === undefined && input.inputType === 'account'
    return isLinkable(input) && !given?.some(({ linkedAccountId }) => linkedAccountId === link)
  })
  return readActualsOf(transaction, householdId, toRead, date)
}

/** The change of prices until a day that the plan assumes: its mean inflation. */
export const assumedPriceChange = async (transaction: Transaction, plan: Plan, date: CalendarDate): Promise<number> => {
  if (date <= plan.asOfDate) return 0
  const { assumptions } = await referredAssumptionSet(transaction, plan.householdId, plan.cmaId)
  return steadyPriceChange(assumptions.inflation.mean, plan.asOfDate, date)
}

/** Stores a plan that was rolled forward as its next version. @param path what makes the plan larger than a plan may be */
export const storeOpening = async (transaction: Transaction, current: Plan, opening: Opening, path: string): Promise<Plan> => {
  const { inputs, ...terms } = opening
  const plan = await changePlan(transaction, current, terms)
  await replaceInputs(transaction, plan, inputs)
  await recordVersion(transaction, plan, 'rolled_forward', path, current.version)
  return plan
}
