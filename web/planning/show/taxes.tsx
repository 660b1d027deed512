import { BarChart } from '../../charts/bar-chart.tsx'
import { Money, Percent } from '../../components/figures.tsx'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { byShare, type Flow, largestOf, shownOf, taxesOf, totalOf } from './flows.ts'
import { placeOf, type Result } from './results.ts'
import { taxes as m, taxKinds } from '#messages/plan-results'

const wordOf = (kind: string): string => taxKinds[kind] ?? kind

const ByYear = ({
  firstYear,
  notes,
  result,
  shown,
}: {
  readonly result: Result
  readonly shown: readonly Flow[]
  readonly firstYear: number
  readonly notes: readonly string[]
}) => {
  const look = useLook()
  const [most] = largestOf(shown, result, 1)
  const totals = totalOf(shown)
  const highest = totals.indexOf(Math.max(...totals))
  return (
    <BarChart
      title={m.chart}
      summary={m.summary(
        wordOf(most?.key ?? ''),
        formatPercent(most?.share ?? 0, look, 0),
        String(firstYear + highest),
        formatMoney(totals[highest] ?? 0, look),
      )}
      stepName={m.year}
      steps={totals.map((_, year) => firstYear + year)}
      notes={notes}
      series={shown.map(({ key, values }) => ({ name: wordOf(key), values }))}
      words={(value, look) => formatMoney(value, look, { precision: 'short' })}
    />
  )
}

/** Taxes by kind, on average over all futures: by year, and over a whole life. */
export const Taxes = ({
  firstYear,
  notes,
  result,
  taxes,
}: {
  readonly result: Result
  readonly taxes: NonNullable<Result['taxes']>
  readonly firstYear: number
  /** The ages of the people, by year. */
  readonly notes: readonly string[]
}) => {
  const look = useLook()
  const shown = result.yearly ? byShare(shownOf(taxesOf(result.yearly.real)), result) : []
  const { mean, percentiles } = taxes.lifetimeReal
  const money = (value: number) => formatMoney(value, look, { precision: 'short' })
  const at = (percentile: number) => money(percentiles[placeOf(result.bands.percentiles, percentile)] ?? 0)
  if (mean < 1)
    return (
      <Section title={m.title}>
        <p>{m.none}</p>
      </Section>
    )
  const kinds = Object.entries(taxes.meanByKind)
    .filter(([, amount]) => amount >= 1)
    .toSorted(([, a], [, b]) => b - a)
  return (
    <Section title={m.title} lead={m.lead(money(mean), at(0.1), at(0.9))}>
      {shown.length > 0 && <ByYear result={result} shown={shown} firstYear={firstYear} notes={notes} />}
      <Table
        caption={m.mean}
        rows={[...kinds, ['total', mean] as const]}
        rowKey={([kind]) => kind}
        columns={[
          { key: 'kind', header: m.kind, cell: ([kind]) => (kind === 'total' ? <strong>{m.total}</strong> : wordOf(kind)) },
          { key: 'mean', header: m.mean, align: 'end', cell: ([, amount]) => <Money value={amount} /> },
          { key: 'share', header: m.share, align: 'end', cell: ([, amount]) => <Percent value={amount / mean} digits={0} /> },
        ]}
      />
    </Section>
  )
}
