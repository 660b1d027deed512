import type { AccountNetWorth, KnownNetWorth } from './net-worth-data.ts'

/** An area of the chart: an account, or the smallest ones together. */
export interface NetWorthSeries {
  readonly accounts: readonly AccountNetWorth[]
  readonly isOthers: boolean
  readonly values: readonly number[]
  readonly endValue: number
}

/** Most areas of the chart, as many as there are colours. */
export const mostSeries = 8

/** The sum of amounts, to a cent. */
export const centSum = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0) / 100

const sizeOf = ({ values }: AccountNetWorth): number => Math.max(...values.map(Math.abs))

const seriesOf = (accounts: readonly AccountNetWorth[], isOthers: boolean): NetWorthSeries => ({
  accounts,
  isOthers,
  values: accounts[0]?.values.map((_, day) => centSum(accounts.map(({ values }) => values[day]!))) ?? [],
  endValue: centSum(accounts.map(({ endValue }) => endValue)),
})

/** The areas of the chart, the account that is worth most first. If there are too many accounts, those that were never large are one area. */
export const chartSeries = (accounts: readonly AccountNetWorth[]): readonly NetWorthSeries[] => {
  const shown = accounts.filter(account => sizeOf(account) > 0).toSorted((one, other) => other.endValue - one.endValue)
  if (shown.length <= mostSeries) return shown.map(account => seriesOf([account], false))
  const largest = new Set(shown.toSorted((one, other) => sizeOf(other) - sizeOf(one)).slice(0, mostSeries - 1))
  return [
    ...shown.filter(account => largest.has(account)).map(account => seriesOf([account], false)),
    seriesOf(
      shown.filter(account => !largest.has(account)),
      true,
    ),
  ]
}

/** The line of the chart. It ends with the total of the answer: sums of rounded values can differ from it by a cent. */
export const chartTotals = ({ accounts, dates, total }: KnownNetWorth): readonly number[] =>
  dates.map((_, day) => (day === dates.length - 1 ? total.endValue : centSum(accounts.map(({ values }) => values[day]!))))
