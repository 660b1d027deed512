import type { Issue } from '../../shared/index.ts'
import { ACCOUNT_KIND, type WithdrawalSpec } from './spec.ts'

const MOST_ACCOUNTS = 100

/** Every fault of a specification whose members have the declared types; empty when it can be prepared. */
export function validateWithdrawals({ accounts, order }: WithdrawalSpec): Issue[] {
  const issues: Issue[] = []
  const check = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  check(accounts.length <= MOST_ACCOUNTS, 'accounts', `must have at most ${MOST_ACCOUNTS} entries`)
  check(accounts.includes('taxable'), 'accounts', 'must have a taxable account, if an empty one, for what is left over in a year')
  for (const [index, kind] of accounts.entries())
    check(kind in ACCOUNT_KIND, `accounts.${index}`, `must be one of ${Object.keys(ACCOUNT_KIND).join(', ')}`)
  if (order.kind === 'custom') {
    const named = new Set<number>()
    for (const [place, group] of order.groups.entries()) {
      for (const [position, index] of group.entries()) {
        const path = `order.groups.${place}.${position}`
        check(accounts[index] !== undefined, path, 'must be the index of an account')
        check(accounts[index] !== 'education', path, 'must not be a 529 plan, which pays for education only')
        check(!named.has(index), path, 'must not name an account twice')
        named.add(index)
      }
    }
  } else {
    const known = ['conventional', 'proportional', 'bracket-aware'].includes(order.kind)
    check(known, 'order.kind', 'must be conventional, proportional, bracket-aware or custom')
  }
  return issues
}
