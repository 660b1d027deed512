import * as z from 'zod'
import { byKind, findIssues, type Issue, type Rule, textOf, unless } from '../../shared/index.ts'
import { ACCOUNT_KIND, type AccountKind, type WithdrawalSpec } from './spec.ts'

const mostAccounts = 100
const kinds = Object.keys(ACCOUNT_KIND) as [AccountKind, ...AccountKind[]]

const withdrawalSpecSchema = z.object({
  accounts: z.array(textOf(kinds)).max(mostAccounts, `must have at most ${mostAccounts} entries`),
  order: byKind([
    z.object({ kind: z.literal('conventional') }),
    z.object({ kind: z.literal('proportional') }),
    z.object({ kind: z.literal('bracket-aware') }),
    z.object({ kind: z.literal('custom'), groups: z.array(z.array(z.number())) }),
  ]),
}) satisfies z.ZodType<WithdrawalSpec>

const taxableRule: Rule<WithdrawalSpec> = ({ accounts }) =>
  unless(accounts.includes('taxable'), 'accounts', 'must have a taxable account for the surplus of a year; it may be empty')

/** Each group holds indexes of existing accounts, and no account is named twice. */
const customRule: Rule<WithdrawalSpec> = ({ accounts, order }) => {
  if (order.kind !== 'custom') return []
  const named = new Set<number>()
  return order.groups.flatMap((group, place) =>
    group.flatMap((index, position) => {
      const path = `order.groups.${place}.${position}`
      const isFirst = !named.has(index)
      named.add(index)
      return [
        ...unless(accounts[index] !== undefined, path, 'must be the index of an account'),
        ...unless(accounts[index] !== 'education', path, 'must not be a 529 plan, which pays for education only'),
        ...unless(isFirst, path, 'must not name an account twice'),
      ]
    }),
  )
}

/** All faults of a possible specification; empty when it can be prepared. */
export const validateWithdrawals = (spec: unknown): Issue[] =>
  findIssues<WithdrawalSpec>(withdrawalSpecSchema, spec, [taxableRule, customRule])
