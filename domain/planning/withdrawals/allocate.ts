import type { WithdrawalPlan } from './plan.ts'
import type { AccountSlots, Withdrawals, WithdrawalYear } from './slots.ts'
import { ACCOUNT_KIND } from './spec.ts'

/**
 * Sets the amounts that do not depend on the order: required distributions and gifts to charity, then the qualified education and medical
 * expenses that are still unpaid.
 */
export function commit(plan: WithdrawalPlan, slots: AccountSlots, year: WithdrawalYear, out: Withdrawals): void {
  const { kinds } = plan
  const { committed, qualified } = out
  let required = 0
  for (let i = 0; i < kinds.length; i++) {
    qualified[i] = year.charitable[i]!
    committed[i] = Math.min(Math.max(year.required[i]!, year.charitable[i]!), slots.balance[i]!)
    required += committed[i]!
  }
  const need = Math.max(0, year.need)
  out.educationPaid = payQualified(plan, slots, out, ACCOUNT_KIND.education, Math.min(year.educationNeed, need))
  const unpaid = Math.max(0, need - required - out.educationPaid)
  out.medicalPaid = payQualified(plan, slots, out, ACCOUNT_KIND.hsa, Math.min(year.medicalNeed, unpaid))
}

function payQualified(plan: WithdrawalPlan, slots: AccountSlots, out: Withdrawals, kind: number, expenses: number): number {
  let paid = 0
  for (let i = 0; i < plan.kinds.length; i++) {
    if (plan.kinds[i] !== kind) continue
    const amount = Math.min(expenses - paid, slots.balance[i]! - out.committed[i]!)
    out.committed[i] = out.committed[i]! + amount
    out.qualified[i] = amount
    paid += amount
  }
  return paid
}

/**
 * Sets the amounts to the committed ones plus `wanted` dollars in the plan's order.
 *
 * @returns the sum of all amounts. It is below committed plus wanted where the accounts become empty
 */
export function allocate(plan: WithdrawalPlan, slots: AccountSlots, year: WithdrawalYear, wanted: number, out: Withdrawals): number {
  const { amounts, committed } = out
  const { balance } = slots
  let sum = 0
  for (let i = 0; i < amounts.length; i++) {
    amounts[i] = committed[i]!
    sum += committed[i]!
  }
  let missing = wanted
  for (let g = 0; g < plan.groups.length && missing > 0; g++) {
    const { members, withinBracket } = plan.groups[g]!
    let held = 0
    let taken = 0
    for (let m = 0; m < members.length; m++) {
      held += balance[members[m]!]! - amounts[members[m]!]!
      taken += amounts[members[m]!]!
    }
    const most = withinBracket ? Math.min(missing, Math.max(0, year.bracketRoom - taken)) : missing
    const share = most < held ? most / held : 1
    for (let m = 0; m < members.length; m++) {
      const i = members[m]!
      const left = balance[i]! - amounts[i]!
      amounts[i] = share < 1 ? amounts[i]! + share * left : balance[i]!
    }
    const given = Math.min(most, held)
    missing -= given
    sum += given
  }
  return sum
}
