import { dateOfEpochDay } from '../../domain/shared/index.ts'
import { type ChangeKind, changeKinds } from '../../domain/wealth/net-worth/index.ts'
import type { AccountChange, NetWorth } from './read-net-worth.ts'

/** Rounds to a cent. Minus zero becomes zero. */
const cents = (amount: number): number => Math.round(amount * 100) / 100 + 0

const presentChange = ({
  beginValue,
  currencyGain,
  endValue,
  fees,
  flow,
  income,
  priceGain,
}: Omit<AccountChange, 'accountId' | 'values'>) => ({
  beginValue: cents(beginValue),
  endValue: cents(endValue),
  netFlow: cents(flow),
  income: cents(income),
  fees: cents(fees),
  priceGain: cents(priceGain),
  currencyGain: cents(currencyGain),
})

/** The answer about some accounts, of which those that were worth nothing and did not change are left out. */
export const presentNetWorth = (
  { accounts: changes, days, from, to }: NonNullable<NetWorth['range']>,
  accounts: ReadonlyMap<string, { readonly name: string; readonly type: string }>,
) => {
  const sumOf = (numberOf: (change: AccountChange) => number): number => changes.reduce((sum, change) => sum + numberOf(change), 0)
  const kinds = Object.fromEntries(changeKinds.map(kind => [kind, sumOf(change => change[kind])])) as Record<ChangeKind, number>
  const [beginValue, endValue] = [sumOf(change => change.beginValue), sumOf(change => change.endValue)]
  return {
    from: dateOfEpochDay(from),
    to: dateOfEpochDay(to),
    total: {
      ...presentChange({ ...kinds, beginValue, endValue }),
      assets: cents(sumOf(change => Math.max(0, change.endValue))),
      debts: cents(sumOf(change => Math.min(0, change.endValue))),
    },
    dates: days.map(dateOfEpochDay),
    accounts: changes
      .filter(change => change.values.some(value => value !== 0) || changeKinds.some(kind => change[kind] !== 0))
      .map(change => {
        const account = change.accountId === null ? undefined : accounts.get(change.accountId)
        return {
          accountId: change.accountId,
          name: account?.name ?? null,
          type: account?.type ?? null,
          ...presentChange(change),
          values: change.values.map(cents),
        }
      }),
  }
}
