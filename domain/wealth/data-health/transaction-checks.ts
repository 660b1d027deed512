import { addDays, type CalendarDate } from '../../shared/index.ts'
import { accountSubject, type Finding, found } from './checks.ts'
import type { CountInRange, CountOnDay, HealthAccount, HealthFacts } from './facts.ts'
import { healthLimits } from './limits.ts'

/** The sums by account of what is on a day or before it. */
const upTo = (counts: readonly CountOnDay[], last: CalendarDate): CountInRange[] =>
  [
    ...Map.groupBy(
      counts.filter(({ date }) => date <= last),
      ({ accountId }) => accountId,
    ),
  ].map(([accountId, days]) => {
    const dates = days.map(({ date }) => date).toSorted()
    return { accountId, count: days.reduce((sum, { count }) => sum + count, 0), from: dates[0]!, until: dates.at(-1)! }
  })

/** Transactions that may be wrong, doubled, or lack a label. */
export const checkTransactions = (facts: HealthFacts): Finding[] => {
  const { accounts, duplicates, future, household, pending, proposedTransfers, today, uncategorised, unmatched } = facts
  const byId = new Map(accounts.map(account => [account.id, account]))
  const withAccount = <Item extends { readonly accountId: string }>(
    items: readonly Item[],
    make: (account: HealthAccount, item: Omit<Item, 'accountId'>) => Finding,
  ): Finding[] =>
    items.flatMap(({ accountId, ...item }) => {
      const account = byId.get(accountId)
      return account ? [make(account, item)] : []
    })
  const own = { kind: 'household', id: household.id, name: household.name } as const
  const allowedDays = healthLimits.pendingDays
  return [
    ...withAccount(duplicates, (account, item) =>
      found('possible_duplicates', accountSubject(account), { ...item, currency: account.currency }),
    ),
    ...withAccount(upTo(unmatched, addDays(today, -healthLimits.transferDays - 1)), (account, item) =>
      found('unmatched_transfer', accountSubject(account), item),
    ),
    ...(proposedTransfers > 0 ? [found('transfer_to_confirm', own, { count: proposedTransfers })] : []),
    ...withAccount(future, (account, item) => found('future_transaction', accountSubject(account), item)),
    ...withAccount(upTo(pending, addDays(today, -allowedDays - 1)), (account, item) =>
      found('old_pending', accountSubject(account), { ...item, allowedDays }),
    ),
    ...(uncategorised ? [found('uncategorised', own, uncategorised)] : []),
  ]
}
