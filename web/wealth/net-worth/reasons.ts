import type { AccountNetWorth, Change } from './net-worth-data.ts'

/** What changes a value. `rest` is what the other reasons do not explain. */
export type ReasonName = 'flow' | 'income' | 'prices' | 'currency' | 'fees' | 'rest'

export interface Reason {
  readonly name: ReasonName
  /** What it added, to a cent. Below zero: it took away. */
  readonly amount: number
}

const centsOf = (amount: number): number => Math.round(amount * 100)

/** Five reasons and two values are rounded to half a cent each: what they do not explain is less than this, in cents. */
const mostRounding = 4

/** The change of a value, to a cent. */
export const changeOf = ({ beginValue, endValue }: Pick<Change, 'beginValue' | 'endValue'>): number =>
  (centsOf(endValue) - centsOf(beginValue)) / 100

/** The reasons of a change. They sum to it exactly: cents of rounding are added to the largest one. */
export const reasonsOf = (change: Change): readonly Reason[] => {
  const cents = [
    { name: 'flow', amount: centsOf(change.netFlow) },
    { name: 'income', amount: centsOf(change.income) },
    { name: 'prices', amount: centsOf(change.priceGain) },
    { name: 'currency', amount: centsOf(change.currencyGain) },
    { name: 'fees', amount: -centsOf(change.fees) },
  ] as const satisfies readonly Reason[]
  const rest = centsOf(changeOf(change)) - cents.reduce((sum, { amount }) => sum + amount, 0)
  const largest = cents.toSorted((one, other) => Math.abs(other.amount) - Math.abs(one.amount))[0]!
  const isRounding = Math.abs(rest) < mostRounding
  const reasons: readonly Reason[] = cents.map(({ amount, name }) => ({
    name,
    // Minus zero becomes zero.
    amount: (amount + (isRounding && name === largest.name ? rest : 0)) / 100 + 0,
  }))
  return isRounding ? reasons : [...reasons, { name: 'rest', amount: rest / 100 }]
}

/** The reason that counts most of those that moved the value the same way as all together. Undefined if it did not change. */
export const largestReason = (change: Change): Reason | undefined => {
  const direction = Math.sign(changeOf(change))
  return reasonsOf(change)
    .filter(({ amount }) => amount !== 0 && Math.sign(amount) === direction)
    .toSorted((one, other) => Math.abs(other.amount) - Math.abs(one.amount))[0]
}

/** The accounts that changed most, at most so many. Accounts that did not change are left out. */
export const mostChanged = (accounts: readonly AccountNetWorth[], most: number): readonly AccountNetWorth[] =>
  accounts
    .filter(account => changeOf(account) !== 0)
    .toSorted((one, other) => Math.abs(changeOf(other)) - Math.abs(changeOf(one)))
    .slice(0, most)
