import { CalendarDate, Money } from '../../components/figures.tsx'
import { formatDate, formatPercent } from '../../components/format.ts'
import { Card, Grid, Section, Stat } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { FigureText } from './figure.tsx'
import type { Performance } from './performance-data.ts'
import { performance as m } from '#messages/performance'

const ratios: ReadonlySet<string> = new Set(['sharpeRatio', 'sortinoRatio', 'calmarRatio', 'beta', 'informationRatio', 'correlation'])
/** Those that need a benchmark. */
const compared: ReadonlySet<string> = new Set([
  'beta',
  'alpha',
  'trackingError',
  'informationRatio',
  'correlation',
  'benchmark',
  'benchmarkAnnual',
])

/** Figures that are described, in their order; without a benchmark, only those that need none. */
const described = (figures: NonNullable<Performance['returns'] | Performance['risk']>, hasBenchmark: boolean) =>
  Object.entries<NonNullable<Performance['returns']>['timeWeighted']>(figures).filter(([key]) => hasBenchmark || !compared.has(key))

/** Returns side by side, and what the gain consists of. */
export const Returns = ({ performance: { benchmark, currency, returns, sums } }: { readonly performance: Performance }) =>
  returns &&
  sums && (
    <Card>
      <Grid>
        {described(returns, benchmark !== null).map(([key, figure]) => (
          <Stat key={key} label={figure.name} note={figure.message ?? undefined}>
            <span title={figure.formula}>
              <FigureText figure={figure} />
            </span>
          </Stat>
        ))}
        <Stat label={m.gain}>
          <Money value={sums.gain} currency={currency} signed />
        </Stat>
        <Stat label={m.income}>
          <Money value={sums.income} currency={currency} />
        </Stat>
        <Stat label={m.fees}>
          <Money value={sums.fees} currency={currency} />
        </Stat>
        <Stat label={m.flows}>
          <Money value={sums.netFlow} currency={currency} signed />
        </Stat>
      </Grid>
    </Card>
  )

/** The figures of risk with their formulas. */
export const Risk = ({ performance: { benchmark, drawdown, risk, riskFreeRate } }: { readonly performance: Performance }) => {
  const look = useLook()
  if (!risk) return null
  const words =
    drawdown?.peakDate && drawdown.troughDate
      ? m.drawdown(
          formatDate(drawdown.peakDate, look),
          formatDate(drawdown.troughDate, look),
          drawdown.recoveryDate === null ? undefined : formatDate(drawdown.recoveryDate, look),
        )
      : undefined
  return (
    <Section title={m.risk} lead={m.riskLead(formatPercent(riskFreeRate, look))}>
      <Table
        caption={m.risk}
        rows={described(risk, benchmark !== null)}
        rowKey={([key]) => key}
        columns={[
          { key: 'name', header: m.risk, cell: ([, figure]) => figure.name },
          {
            key: 'value',
            header: m.worth,
            align: 'end',
            cell: ([key, figure]) => <FigureText figure={figure} isRatio={ratios.has(key)} />,
          },
          {
            key: 'formula',
            header: m.formula,
            wide: true,
            cell: ([key, figure]) =>
              [figure.message ?? figure.formula, key === 'maximumDrawdown' ? words : undefined].filter(Boolean).join(' '),
          },
        ]}
      />
    </Section>
  )
}

/** The returns of the usual periods. */
export const Periods = ({ performance: { benchmark, periods } }: { readonly performance: Performance }) => (
  <Section title={m.byPeriod}>
    <Table
      caption={m.byPeriod}
      rows={periods}
      rowKey={({ period }) => period}
      columns={[
        { key: 'period', header: m.period, cell: ({ period }) => m.periods[period] },
        { key: 'from', header: m.date, cell: ({ from }) => from && <CalendarDate date={from} />, wide: true },
        { key: 'weighted', header: m.weighted, align: 'end', cell: ({ timeWeighted }) => <FigureText figure={timeWeighted} /> },
        {
          key: 'annual',
          header: m.perYear,
          align: 'end',
          cell: ({ timeWeightedAnnual }) => <FigureText figure={timeWeightedAnnual} />,
          wide: true,
        },
        { key: 'money', header: m.money, align: 'end', cell: ({ moneyWeighted }) => <FigureText figure={moneyWeighted} /> },
        ...(benchmark
          ? [
              {
                key: 'benchmark',
                header: m.benchmark,
                align: 'end' as const,
                cell: (row: Performance['periods'][number]) => <FigureText figure={row.benchmark} />,
              },
            ]
          : []),
      ]}
    />
  </Section>
)
