import { type AccountKind, prepareWithdrawals, type WithdrawalOrder, type WithdrawalPlan } from '../../withdrawals/index.ts'
import type { HouseholdSpec } from '../spec.ts'

const KINDS = {
  taxable: 'taxable',
  traditional: 'taxDeferred',
  roth: 'roth',
  hsa: 'hsa',
  education_529: 'education',
} as const satisfies Record<HouseholdSpec['accounts'][number]['kind'], AccountKind>

/** Accounts that a custom order leaves out are not drawn on. 529 plans pay for education only. */
export function withdrawalPlan(spec: HouseholdSpec): WithdrawalPlan {
  return prepareWithdrawals({ accounts: spec.accounts.map(account => KINDS[account.kind]), order: orderOf(spec) })
}

function orderOf({ accounts, withdrawals: { order } }: HouseholdSpec): WithdrawalOrder {
  if (order.kind === 'bracket_aware') return { kind: 'bracket-aware' }
  if (order.kind !== 'custom') return order
  return { kind: 'custom', groups: order.accounts.map(key => [accounts.findIndex(account => account.key === key)]) }
}
