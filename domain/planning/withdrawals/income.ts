import type { WithdrawalPlan } from './plan.ts'
import type { AccountSlots, WithdrawalIncome, Withdrawals, WithdrawalYear } from './slots.ts'
import { ACCOUNT_KIND } from './spec.ts'

/**
 * Sets the income that the amounts cause. A Roth account gives contributions and old conversions first, then recent conversions, then
 * earnings (IRS Publication 590-B). Early withdrawals of recent conversions and of earnings are penalised. Only earnings can be taxed:
 * before 59 1/2, and in the first five tax years from the owner's first Roth contribution or conversion.
 *
 * @param into takes the income; of the accounts of `owner` only where `owners` are given
 */
export function assessIncome(
  plan: WithdrawalPlan,
  slots: AccountSlots,
  year: WithdrawalYear,
  out: Withdrawals,
  into: WithdrawalIncome = out.income,
  owners?: Int32Array,
  owner?: number,
): void {
  let ordinary = 0
  let gain = 0
  let early = 0
  let earlyHsa = 0
  for (let i = 0; i < plan.kinds.length; i++) {
    const amount = out.amounts[i]!
    if (amount === 0 || (owners !== undefined && owners[i] !== owner)) continue
    const isEarly = year.early[i] === 1
    switch (plan.kinds[i]) {
      case ACCOUNT_KIND.taxable:
        gain += amount * (1 - slots.basis[i]! / slots.balance[i]!)
        break
      case ACCOUNT_KIND.taxDeferred:
        ordinary += amount - out.qualified[i]!
        if (isEarly) early += amount
        break
      case ACCOUNT_KIND.roth: {
        const beyondBasis = Math.max(0, amount - slots.basis[i]!)
        if (isEarly) early += beyondBasis
        if (year.earningsTaxed[i] === 1) ordinary += Math.max(0, beyondBasis - slots.recentConversions[i]!)
        break
      }
      case ACCOUNT_KIND.hsa: {
        const other = amount - out.qualified[i]!
        ordinary += other
        if (isEarly) earlyHsa += other
        break
      }
      default:
    }
  }
  into.ordinary = ordinary
  into.gain = gain
  into.early = early
  into.earlyHsa = earlyHsa
}
