import { BarChart } from '../../charts/bar-chart.tsx'
import { Money } from '../../components/figures.tsx'
import { formatMoney } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { type HouseholdYear, type Result, taxesByKind } from './results.ts'
import { taxes as m, taxKinds } from '#messages/plan-results'

const wordOf = (kind: string): string => taxKinds[kind] ?? kind

/** Taxes by kind: over the years of the middle future, and over a whole life on average. */
export const Taxes = ({
  taxes,
  years,
}: {
  readonly taxes: NonNullable<Result['taxes']>
  readonly years: readonly HouseholdYear[] | undefined
}) => {
  const look = useLook()
  const series = taxesByKind(years ?? [])
  const total = series.reduce((sum, { values }) => sum + values.reduce((all, value) => all + value, 0), 0)
  const means = Object.entries(taxes.meanByKind)
    .filter(([, mean]) => mean >= 1)
    .toSorted(([, a], [, b]) => b - a)
  return (
    <Section title={m.title}>
      {years && series.length === 0 && <p>{m.none}</p>}
      {years && series.length > 0 && (
        <BarChart
          title={m.chart}
          summary={m.summary(formatMoney(total, look, { precision: 'short' }), wordOf(series[0]!.kind))}
          stepName={m.year}
          steps={years.map(({ calendarYear }) => calendarYear)}
          series={series.map(({ kind, values }) => ({ name: wordOf(kind), values }))}
          words={(value, look) => formatMoney(value, look, { precision: 'short' })}
        />
      )}
      <Table
        caption={m.mean}
        rows={means}
        rowKey={([kind]) => kind}
        columns={[
          { key: 'kind', header: m.kind, cell: ([kind]) => wordOf(kind) },
          { key: 'mean', header: m.mean, align: 'end', cell: ([, mean]) => <Money value={mean} /> },
        ]}
      />
    </Section>
  )
}
