import { type HouseholdYear, isHouseholdLedger, type Ledger, placeOf, type PortfolioYear, type Result } from './results.ts'
import { taxKinds, years as m } from '#messages/plan-results'

/** A column of figures by year. */
export interface YearColumn {
  readonly key: string
  readonly header: string
  /** In dollars, or a plain number. Null: there is none in this year. */
  readonly values: readonly (number | null)[]
  readonly isCount?: true
  /** Left out on a phone. */
  readonly wide?: true
}

/** The years of all futures: percentiles of wealth and of spending, and how many futures first fail. `words` names a percentile. */
export const columnsOfAll = (result: Result, kind: 'real' | 'nominal', words: (percentile: number) => string): readonly YearColumn[] => {
  const { percentiles } = result.bands
  const wealth = [0.1, 0.5, 0.9].map(percentile => ({
    key: `wealth${percentile}`,
    header: m.wealth(words(percentile)),
    values: result.bands[kind][placeOf(percentiles, percentile)] ?? [],
  }))
  const { spending } = result
  // The spending of a year is paid at its start: that of the last year is not followed by another.
  const spent = spending
    ? [0.1, 0.5, 0.9].map(percentile => ({
        key: `spending${percentile}`,
        header: m.spending(words(percentile)),
        values: spending.real[placeOf(spending.percentiles, percentile)] ?? [],
        ...(percentile === 0.5 ? {} : { wide: true as const }),
      }))
    : []
  const count = wealth[0]?.values.length ?? 0
  const failing = Array.from({ length: count }, (_, year) => {
    const listed = result.depletion.find((each, index) => (typeof each === 'number' ? index : each.year) === year)
    return listed === undefined ? 0 : typeof listed === 'number' ? listed : listed.paths
  })
  return [
    ...wealth,
    ...spent,
    { key: 'failing', header: m.failing, values: failing, isCount: true },
    ...(result.surviving ? [{ key: 'alive', header: m.alive, values: result.surviving, isCount: true, wide: true } as const] : []),
  ]
}

const householdColumns = (years: readonly HouseholdYear[], scale: (year: HouseholdYear) => number): readonly YearColumn[] => {
  const of = (key: string, header: string, amount: (year: HouseholdYear) => number, wide?: true): YearColumn => ({
    key,
    header,
    values: years.map(year => amount(year) / scale(year)),
    ...(wide ? { wide } : {}),
  })
  const kinds = Object.keys(years[0]?.taxes ?? {}).filter(kind => years.some(({ taxes }) => (taxes[kind] ?? 0) >= 1))
  return [
    of('wages', m.wages, ({ selfEmployment, wages }) => wages + selfEmployment, true),
    of('socialSecurity', m.socialSecurity, year => year.socialSecurity, true),
    of('pensions', m.pensions, year => year.pensions, true),
    of('otherIncome', m.otherIncome, year => year.investmentIncome + year.otherIncome + year.untaxedIncome, true),
    of('income', m.income, year => year.income),
    of('withdrawals', m.withdrawals, year => year.withdrawals),
    of('contributions', m.contributions, year => year.contributions + year.employerMatch + year.surplusSaved, true),
    of('spendingPaid', m.spendingPaid, year => year.spendingPaid),
    of('goalsPaid', m.goalsPaid, year => year.goalsPaid, true),
    of('debtPaid', m.debtPaid, year => year.debtPaid, true),
    of('tax', m.tax, year => year.taxPaid),
    ...kinds.map(kind => of(`tax.${kind}`, taxKinds[kind] ?? kind, ({ taxes }) => taxes[kind] ?? 0, true)),
    of('growth', m.growth, year => year.growth - year.fees, true),
    of('closing', m.closing, year => year.closing),
  ]
}

const portfolioColumns = (years: readonly PortfolioYear[], scale: (year: PortfolioYear) => number): readonly YearColumn[] => [
  { key: 'opening', header: m.opening, values: years.map(year => year.opening / scale(year)) },
  { key: 'flow', header: m.flow, values: years.map(year => year.flow / scale(year)) },
  { key: 'growth', header: m.growth, values: years.map(year => year.growth / scale(year)) },
  { key: 'closing', header: m.closing, values: years.map(year => year.closing / scale(year)) },
]

/** The years of one future: incomes, spending, taxes by kind. In money of the as-of date, each year by its own price level, or as it is. */
export const columnsOfOne = (years: Ledger, kind: 'real' | 'nominal'): readonly YearColumn[] => {
  const scale = ({ priceIndex }: { readonly priceIndex: number }) => (kind === 'real' ? priceIndex : 1)
  return isHouseholdLedger(years) ? householdColumns(years, scale) : portfolioColumns(years, scale)
}
