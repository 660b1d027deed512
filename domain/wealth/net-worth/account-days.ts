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

/** Adds up the holdings of each account. A holding without a known value on a day is not in the sums. */
export const sumAccounts = ({ firstDay, holdings, lastDay }: Pick<ValueHistory, 'firstDay' | 'holdings' | 'lastDay'>): AccountDays[] =>
  [...Map.groupBy(holdings, ownerOf)].map(([accountId, own]) => {
    const sumOf = (kind: ChangeKind | 'value'): Float64Array => {
      const sums = new Float64Array(lastDay - firstDay + 1)
      for (const holding of own) {
        const numbers = holding[kind]
        for (let day = 0; day < sums.length; day += 1) sums[day]! += numbers[day]!
      }
      return sums
    }
    return {
      accountId,
      value: sumOf('value'),
      flow: sumOf('flow'),
      income: sumOf('income'),
      fees: sumOf('fees'),
      priceGain: sumOf('priceGain'),
      currencyGain: sumOf('currencyGain'),
    }
  })
