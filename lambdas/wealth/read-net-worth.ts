import { dateOfEpochDay } from '../../domain/shared/index.ts'
import { type AccountDays, type ChangeKind, changeKinds } from '../../domain/wealth/net-worth/index.ts'

/** The values of an account on some days, and what changed them in a range. */
export interface AccountChange extends Readonly<Record<ChangeKind, number>> {
  readonly accountId: string | null
  readonly beginValue: number
  readonly endValue: number
  readonly values: readonly number[]
}

/** Rounds to a cent. Minus zero becomes zero. */
const cents = (amount: number): number => Math.round(amount * 100) / 100 + 0

/**
 * The values of an account and its changes in a range of a history.
 * @param days of the chart. Days since 1970-01-01, like `firstDay`, `from` and `to`
 */
export const changeOf = (account: AccountDays, firstDay: number, from: number, to: number, days: readonly number[]): AccountChange => {
  const valueOn = (day: number): number => account.value[day - firstDay] ?? 0
  const sumOf = (kind: ChangeKind): number =>
    account[kind].subarray(from - firstDay, to - firstDay + 1).reduce((sum, amount) => sum + amount, 0)
  return {
    accountId: account.accountId,
    beginValue: valueOn(from - 1),
    endValue: valueOn(to),
    flow: sumOf('flow'),
    income: sumOf('income'),
    fees: sumOf('fees'),
    priceGain: sumOf('priceGain'),
    currencyGain: sumOf('currencyGain'),
    values: days.map(valueOn),
  }
}

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
  changes: readonly AccountChange[],
  accounts: ReadonlyMap<string, { readonly name: string; readonly type: string }>,
  days: readonly number[],
) => {
  const sumOf = (numberOf: (change: AccountChange) => number): number => changes.reduce((sum, change) => sum + numberOf(change), 0)
  const kinds = Object.fromEntries(changeKinds.map(kind => [kind, sumOf(change => change[kind])])) as Record<ChangeKind, number>
  const [beginValue, endValue] = [sumOf(change => change.beginValue), sumOf(change => change.endValue)]
  return {
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
