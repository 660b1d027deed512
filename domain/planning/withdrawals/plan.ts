import { ACCOUNT_KIND, type AccountKind, type WithdrawalSpec } from './spec.ts'

/** A specification prepared for all paths and years. */
export interface WithdrawalPlan {
  /** ACCOUNT_KIND of each account. */
  kinds: Uint8Array
  groups: readonly AccountGroup[]
  /** Account that receives a surplus. */
  surplusAccount: number
}

/** Accounts that are drawn on together, in proportion to their balances. */
interface AccountGroup {
  members: Int32Array
  /** Whether its withdrawals are limited to the year's room in a tax bracket. */
  withinBracket: boolean
}

/** @param spec valid by validateWithdrawals */
export function prepareWithdrawals(spec: WithdrawalSpec): WithdrawalPlan {
  const kinds = Uint8Array.from(spec.accounts, kind => ACCOUNT_KIND[kind])
  return { kinds, groups: groupsOf(spec), surplusAccount: kinds.indexOf(ACCOUNT_KIND.taxable) }
}

function groupsOf({ accounts, order }: WithdrawalSpec): AccountGroup[] {
  const group = (members: number[], withinBracket = false): AccountGroup => ({ members: Int32Array.from(members), withinBracket })
  const of = (...kinds: AccountKind[]): number[] => [...accounts.keys()].filter(index => kinds.includes(accounts[index]!))
  switch (order.kind) {
    case 'conventional':
      return [group(of('taxable')), group(of('taxDeferred')), group(of('roth')), group(of('hsa'))]
    case 'proportional':
      return [group(of('taxable', 'taxDeferred', 'roth')), group(of('hsa'))]
    case 'bracket-aware':
      return [group(of('taxDeferred'), true), group(of('taxable')), group(of('roth')), group(of('taxDeferred')), group(of('hsa'))]
    case 'custom':
      break
  }
  return order.groups.map(members => group(members))
}
