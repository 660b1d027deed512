import { toCsv } from '../../components/download.ts'
import { type Flow, type Flows, sourcesOf, totalOf, unpaidOf, usesOf } from './flows.ts'
import { type HouseholdYear, isHouseholdLedger, type Ledger, placeOf, type PortfolioYear, type Result } from './results.ts'
import { flows as flowWords, taxKinds, years as m } from '#messages/plan-results'

/** A column of figures by year. */
export interface YearColumn {
  readonly key: string
  readonly header: string
  /** In dollars, or a plain number. */
  readonly values: readonly number[]
  readonly isCount?: true
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
        header: (kind === 'real' ? m.spending : m.spendingReal)(words(percentile)),
        values: spending.real[placeOf(spending.percentiles, percentile)] ?? [],
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
    ...(result.surviving ? [{ key: 'alive', header: m.alive, values: result.surviving, isCount: true } as const] : []),
  ]
}

/** Figures by year as CSV. */
export const csvOfYears = (firstYear: number, columns: readonly YearColumn[], ages?: readonly string[]): string => {
  const count = Math.max(0, ...columns.map(({ values }) => values.length))
  const rows = Array.from({ length: count }, (_, row) => [
    firstYear + row,
    ...(ages ? [ages[row] ?? ''] : []),
    ...columns.map(({ values }) => (values[row] === undefined ? null : Math.round(values[row] * 100) / 100)),
  ])
  return toCsv([m.year, ...(ages ? [m.ages] : []), ...columns.map(({ header }) => header)], rows)
}

/** The means of all flows: what comes in, what goes out, and what moves between accounts. In money of the as-of date. */
export const columnsOfFlows = (flows: Flows, { surviving = [] }: Pick<Result, 'surviving'>): readonly YearColumn[] => {
  const column = (group: string, header: string, values: readonly number[]): YearColumn => ({ key: `${group} ${header}`, header, values })
  const columns = <Key extends string>(group: string, list: readonly Flow<Key>[], words: Readonly<Record<Key, string>>) =>
    list.map(({ key, values }) => column(group, words[key], values))
  const isThere = ({ values }: YearColumn): boolean => values.some(value => value >= 0.5)
  const sources = columns('in', sourcesOf(flows), flowWords.sources).filter(isThere)
  const uses = columns('out', usesOf(flows), flowWords.uses).filter(isThere)
  const others = [
    column('out', flowWords.uses.unpaid, unpaidOf(flows)),
    column('other', m.required, flows.withdrawals.required),
    column('other', m.employer, flows.contributions.employer),
    column('other', m.roth, flows.conversions.roth),
  ].filter(isThere)
  return [
    ...sources,
    column('in', m.allIn, totalOf(sourcesOf(flows))),
    ...uses,
    column('out', m.allOut, totalOf(usesOf(flows))),
    ...others,
    { key: 'alive', header: m.alive, values: surviving, isCount: true },
  ]
}

const householdColumns = (years: readonly HouseholdYear[]): readonly YearColumn[] => {
  const of = (key: string, header: string, amount: (year: HouseholdYear) => number): YearColumn => ({
    key,
    header,
    values: years.map(year => amount(year) / year.priceIndex),
  })
  const kinds = Object.keys(years[0]?.taxes ?? {}).filter(kind => years.some(({ taxes }) => (taxes[kind] ?? 0) >= 1))
  return [
    of('wages', m.wages, ({ selfEmployment, wages }) => wages + selfEmployment),
    of('socialSecurity', m.socialSecurity, year => year.socialSecurity),
    of('pensions', m.pensions, year => year.pensions),
    of('otherIncome', m.otherIncome, year => year.investmentIncome + year.otherIncome + year.untaxedIncome),
    of('income', m.income, year => year.income),
    of('withdrawals', m.withdrawals, year => year.withdrawals),
    of('contributions', m.contributions, year => year.contributions + year.employerMatch + year.surplusSaved),
    of('spendingPaid', m.spendingPaid, year => year.spendingPaid),
    of('goalsPaid', m.goalsPaid, year => year.goalsPaid),
    of('debtPaid', m.debtPaid, year => year.debtPaid),
    of('tax', m.tax, year => year.taxPaid),
    ...kinds.map(kind => of(`tax.${kind}`, taxKinds[kind] ?? kind, ({ taxes }) => taxes[kind] ?? 0)),
    of('growth', m.growth, year => year.growth - year.fees),
    { key: 'closing', header: m.closing, values: years.map(({ closingReal }) => closingReal) },
  ]
}

const portfolioColumns = (years: readonly PortfolioYear[]): readonly YearColumn[] => [
  { key: 'opening', header: m.opening, values: years.map(year => year.opening / year.priceIndex) },
  { key: 'flow', header: m.flow, values: years.map(year => year.flow / year.priceIndex) },
  { key: 'growth', header: m.growth, values: years.map(year => year.growth / year.priceIndex) },
  { key: 'closing', header: m.closing, values: years.map(year => year.closing / year.priceIndex) },
]

/** The years of one future: incomes, spending, taxes by kind. In money of the as-of date: flows by the price level of their year. */
export const columnsOfOne = (years: Ledger): readonly YearColumn[] =>
  isHouseholdLedger(years) ? householdColumns(years) : portfolioColumns(years)

/** The ages of the people alive, by year. */
export const agesOf = (years: readonly HouseholdYear[]): readonly string[] =>
  years.map(({ people }) => people.map(({ age, key }) => `${key} ${age}`).join(', '))
