import { Decimal, type Money } from '../../../shared/index.ts'
import type { FileAccount, FileTransaction } from '../rows.ts'

type Stated = FileTransaction & { readonly runningBalance: Money }

/** Whether each balance is the one before it and its amount. */
const isChain = (rows: readonly Stated[]): boolean =>
  rows.every(
    ({ amount, runningBalance }, index) => index === 0 || new Decimal(rows[index - 1]!.runningBalance).plus(amount).equals(runningBalance),
  )

/**
 * The balance that a table states at its end: that of its newest row, if the balances of its rows follow from each other, oldest or newest first.
 * Pending rows have no balance yet.
 */
export const balanceOf = (transactions: readonly FileTransaction[]): Pick<FileAccount, 'balance' | 'balanceDate'> => {
  const posted = transactions.filter(({ isPending }) => isPending !== true)
  const stated = posted.filter((row): row is Stated => row.runningBalance !== undefined)
  if (stated.length < 2 || stated.length < posted.length) return {}
  const rows = [stated, stated.toReversed()].find(isChain)
  const newest = rows?.at(-1)
  if (rows === undefined || newest === undefined || newest.date < rows[0]!.date) return {}
  return { balance: newest.runningBalance, balanceDate: newest.date }
}
