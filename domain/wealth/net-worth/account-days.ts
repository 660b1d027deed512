import type { HoldingHistory, ValueHistory } from '../performance/history/types.ts'

/** What changes the value of an account on a day: value - value of the day before = flow + income - fees + priceGain + currencyGain. */
export const changeKinds = ['flow', 'income', 'fees', 'priceGain', 'currencyGain'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** The holdings of an account added up, day by day in one currency. Element `i` is of the day `firstDay + i`. Estimates in floating-point numbers. */
export interface AccountDays extends Readonly<Record<ChangeKind, Float64Array>> {
  /** Null for what is on the way between two accounts. */
  readonly accountId: string | null
  readonly value: Float64Array
}

const ownerOf = ({ accountId, toAccountId }: HoldingHistory): string | null => (toAccountId === null ? accountId : null)

/** @param last the place of the last day: below 0 if it is before the first one of the history */
const endAccount = (account: AccountDays, last: number, openingValue: number): void => {
  const next = Math.max(0, last + 1)
  const before = next === 0 ? openingValue : account.value[next - 1]!
  const left = last < -1 ? 0 : before
  for (const numbers of [account.value, ...changeKinds.map(kind => account[kind])]) numbers.fill(0, next)
  if (left !== 0) account.flow[next] = -left
}

/**
 * Adds up the holdings of each account. A holding without a known value on a day is not in the sums. An account is worth nothing after the day on which it was
 * closed: what was left leaves on the day after.
 * @param closedDays the last days of accounts that were closed. Days since 1970-01-01
 */
export const sumAccounts = (
  { firstDay, holdings, lastDay }: Pick<ValueHistory, 'firstDay' | 'holdings' | 'lastDay'>,
  closedDays: ReadonlyMap<string, number>,
): AccountDays[] =>
  [...Map.groupBy(holdings, ownerOf)].map(([accountId, own]) => {
    const sumOf = (kind: ChangeKind | 'value'): Float64Array => {
      const sums = new Float64Array(lastDay - firstDay + 1)
      for (const holding of own) {
        const numbers = holding[kind]
        for (let day = 0; day < sums.length; day += 1) sums[day]! += numbers[day]!
      }
      return sums
    }
    const account = {
      accountId,
      value: sumOf('value'),
      flow: sumOf('flow'),
      income: sumOf('income'),
      fees: sumOf('fees'),
      priceGain: sumOf('priceGain'),
      currencyGain: sumOf('currencyGain'),
    }
    const closedDay = accountId === null ? undefined : closedDays.get(accountId)
    if (closedDay !== undefined && closedDay < lastDay) {
      const openingValue = own.reduce((sum, holding) => sum + (holding.openingValue ?? 0), 0)
      endAccount(account, closedDay - firstDay, openingValue)
    }
    return account
  })
