import { Button } from '../../components/button.tsx'
import { download } from '../../components/download.ts'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { Notice, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { firstFailedYear, firstYearOf, type HouseholdYear, isHouseholdLedger, type Ledger, type Result, type Run } from './results.ts'
import show from './show.module.css'
import { WealthFan } from './wealth-fan.tsx'
import { agesOf, columnsOfOne, csvOfYears } from './year-rows.ts'
import { YearTable } from './year-table.tsx'
import { path as m } from '#messages/plan-paths'
import { reasons } from '#messages/plan-reasons'
import { table as words } from '#messages/shell'

/** Wealth at the start and at the end of every year, in money of the as-of date. */
const wealthOf = (years: Ledger): readonly number[] => [
  years[0]?.opening ?? 0,
  ...(isHouseholdLedger(years) ? years.map(({ closingReal }) => closingReal) : years.map(({ realBalance }) => realBalance)),
]

/** The calendar year in which the path first fails; undefined if it succeeds. */
const failedIn = (years: Ledger, firstYear: number): number | undefined => {
  if (isHouseholdLedger(years)) return firstFailedYear(years)?.calendarYear
  const failed = years.find(({ paidInFull }) => !paidInFull)
  return failed && firstYear + failed.year
}

const Reasons = ({ years }: { readonly years: readonly HouseholdYear[] }) => {
  const look = useLook()
  const real = (amount: number, { priceIndex }: HouseholdYear) => formatMoney(amount / priceIndex, look)
  const wordsOf = (year: HouseholdYear): string =>
    [
      ...year.reasons.map(reason => reasons[reason] ?? reason),
      ...year.goals.map(({ fundedShare, key }) => m.goal(key, formatPercent(fundedShare, look, 0))),
      ...(year.rothConversion >= 1 ? [m.conversion(real(year.rothConversion, year))] : []),
    ].join(' · ')
  return (
    <Section title={m.events}>
      <div className={show['tall']}>
        <Table
          caption={m.events}
          rows={years}
          rowKey={({ year }) => String(year)}
          columns={[
            { key: 'year', header: m.year, cell: ({ calendarYear }) => calendarYear },
            { key: 'ages', header: m.ages, wide: true, cell: year => <span className={show['nowrap']}>{agesOf([year])[0]}</span> },
            { key: 'spending', header: m.spending, align: 'end', cell: year => real(year.spendingPaid, year) },
            {
              key: 'change',
              header: m.change,
              align: 'end',
              cell: ({ spendingChangeReal }) => (spendingChangeReal === null ? '' : formatPercent(spendingChangeReal, look, 1, true)),
            },
            { key: 'wealth', header: m.wealth, align: 'end', wide: true, cell: ({ closingReal }) => formatMoney(closingReal, look) },
            { key: 'reasons', header: m.reasons, cell: wordsOf },
          ]}
        />
      </div>
    </Section>
  )
}

/** What happens in one future: whether it succeeds, its wealth among all futures, the reasons of each year, and every figure. */
export const PathStory = ({
  pathIndex,
  plan,
  result,
  run,
  years,
}: {
  readonly plan: Plan
  readonly run: Run
  readonly result: Result
  readonly years: Ledger
  readonly pathIndex: number
}) => {
  const look = useLook()
  const firstYear = firstYearOf(run, plan)
  const failed = failedIn(years, firstYear)
  const wealth = wealthOf(years)
  const money = (value: number) => formatMoney(value, look, { precision: 'short' })
  const title = m.title(String(pathIndex))
  const columns = columnsOfOne(years)
  const ages = isHouseholdLedger(years) ? agesOf(years) : undefined
  return (
    <>
      <Notice kind={failed === undefined ? 'good' : 'bad'}>{failed === undefined ? m.succeeds : m.fails(String(failed))}</Notice>
      <WealthFan
        result={result}
        firstYear={firstYear}
        kind="real"
        against={{ name: m.legend, lines: [wealth] }}
        summary={m.chartSummary(money(wealth[0] ?? 0), money(wealth.at(-1) ?? 0), String(firstYear + wealth.length - 1))}
      />
      {isHouseholdLedger(years) ? <Reasons years={years} /> : <p>{m.portfolio}</p>}
      <Section
        title={m.flows}
        lead={m.flowsLead}
        actions={<Button onClick={() => download(`${title}.csv`, csvOfYears(firstYear, columns, ages), 'text/csv')}>{words.csv}</Button>}
      >
        <YearTable title={title} firstYear={firstYear} columns={columns} {...(ages ? { ages } : {})} />
      </Section>
    </>
  )
}
