import type { Result } from './results.ts'

/** Means by plan year of the flows of a household, in money of the as-of date. */
export type Flows = NonNullable<Result['yearly']>['real']

/** A flow by plan year. The key names its words. */
export interface Flow<Key extends string = string> {
  readonly key: Key
  readonly values: readonly number[]
}

const sumOf = (...parts: readonly (readonly number[])[]): readonly number[] =>
  (parts[0] ?? []).map((_, year) => parts.reduce((total, values) => total + (values[year] ?? 0), 0))

/** Whether a flow has half a dollar in any year: less is not seen. */
const isThere = ({ values }: Flow): boolean => values.some(value => value >= 0.5)

/** Where the money of each year comes from. Its sum is that of the uses. */
export const sourcesOf = ({ income, property, withdrawals }: Flows) =>
  [
    { key: 'work', values: sumOf(income.wages, income.selfEmployment) },
    { key: 'socialSecurity', values: income.socialSecurity },
    { key: 'pensions', values: income.pensions },
    { key: 'otherIncome', values: sumOf(income.investmentIncome, income.otherIncome, income.untaxedIncome) },
    { key: 'property', values: property.proceeds },
    { key: 'taxable', values: withdrawals.taxable },
    { key: 'traditional', values: withdrawals.traditional },
    { key: 'untaxed', values: sumOf(withdrawals.roth, withdrawals.hsa, withdrawals.education_529) },
  ] as const satisfies readonly Flow[]

/** Where the money of each year goes: what is paid, and what is saved. */
export const usesOf = ({ contributions, debts, goals, spending, surplus, taxes }: Flows) =>
  [
    { key: 'spending', values: spending.paid },
    { key: 'taxes', values: taxes.paid },
    { key: 'debts', values: debts.paid },
    { key: 'goals', values: goals.paid },
    { key: 'contributions', values: contributions.household },
    { key: 'saved', values: surplus.saved },
    { key: 'spent', values: surplus.spent },
  ] as const satisfies readonly Flow[]

/** What is planned in each year, and cannot be paid. */
export const unpaidOf = ({ debts, goals, spending, taxes }: Flows): readonly number[] =>
  sumOf(spending.planned, debts.planned, goals.planned, taxes.total).map((planned, year) =>
    Math.max(0, planned - spending.paid[year]! - debts.paid[year]! - goals.paid[year]! - taxes.paid[year]!),
  )

/** Taxes by kind, as they are due. */
export const taxesOf = ({ taxes: { paid: _paid, total: _total, ...kinds } }: Flows): readonly Flow[] =>
  Object.entries(kinds).map(([key, values]) => ({ key, values }))

/** The flows that are there, without those that never are. */
export const shownOf = <Key extends string>(flows: readonly Flow<Key>[]): readonly Flow<Key>[] => flows.filter(isThere)

/** The total of some flows by plan year. */
export const totalOf = (flows: readonly Flow[]): readonly number[] => sumOf(...flows.map(({ values }) => values))

/** What a flow is over a whole life, on average over all futures: a mean by year counts the futures with somebody alive. */
export const wholeLife = (values: readonly number[], { paths, surviving = [] }: Pick<Result, 'paths' | 'surviving'>): number =>
  values.reduce((total, value, year) => total + (value * (surviving[year] ?? 0)) / paths, 0)

/** Flows with the largest of a whole life first. */
export const byShare = <Key extends string>(
  flows: readonly Flow<Key>[],
  result: Pick<Result, 'paths' | 'surviving'>,
): readonly Flow<Key>[] => flows.toSorted((a, b) => wholeLife(b.values, result) - wholeLife(a.values, result))

/** The largest flows of a whole life, with their shares of all of them. */
export const largestOf = <Key extends string>(
  flows: readonly Flow<Key>[],
  result: Pick<Result, 'paths' | 'surviving'>,
  count: number,
): readonly { readonly key: Key; readonly share: number }[] => {
  const all = wholeLife(totalOf(flows), result)
  return byShare(flows, result)
    .slice(0, count)
    .map(({ key, values }) => ({ key, share: all === 0 ? 0 : wholeLife(values, result) / all }))
    .filter(({ share }) => share > 0)
}

/** Futures below this share of all are few: a mean over them says little. */
const few = 0.1

/** The first plan year in which somebody is alive in few futures only; undefined if there is none. */
export const fewSince = ({ paths, surviving = [] }: Pick<Result, 'paths' | 'surviving'>): number | undefined => {
  const year = surviving.findIndex(alive => alive < few * paths)
  return year < 0 ? undefined : year
}
