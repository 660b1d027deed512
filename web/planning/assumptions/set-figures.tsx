import { Percent } from '../../components/figures.tsx'
import { formatNumber } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { CorrelationCell, CorrelationTable } from './correlation-table.tsx'
import type { AssumptionSet } from './stages.ts'
import { set as m } from '#messages/plan-assumptions'

type Figures = Pick<AssumptionSet, 'assumptions' | 'name'>

/** Mean and volatility of each asset class and of inflation. */
export const FigureTable = ({ set: { assumptions, name } }: { readonly set: Figures }) => {
  const rows = [
    ...assumptions.assets.map(asset => ({ key: asset.key, name: asset.name, mean: asset.meanReturn, volatility: asset.volatility })),
    { key: '', name: m.inflation, mean: assumptions.inflation.mean, volatility: assumptions.inflation.volatility },
  ]
  return (
    <Table
      caption={m.figuresOf(name)}
      rows={rows}
      rowKey={row => row.key}
      columns={[
        { key: 'name', header: m.asset, cell: row => <bdi>{row.name}</bdi> },
        { key: 'key', header: m.key, wide: true, cell: row => <code>{row.key}</code> },
        { key: 'mean', header: m.mean, align: 'end', cell: row => <Percent value={row.mean} digits={2} /> },
        { key: 'volatility', header: m.volatility, align: 'end', cell: row => <Percent value={row.volatility} digits={2} /> },
      ]}
    />
  )
}

/** All figures of an assumption set, with its correlations. */
export const SetFigures = ({ set }: { readonly set: Figures }) => {
  const look = useLook()
  const { assets, correlation, inflation } = set.assumptions
  const at = (row: number, column: number): number =>
    row === assets.length ? (inflation.correlation?.[column] ?? 0) : correlation[row]![column]!
  return (
    <>
      <Section title={m.figures} lead={m.figuresLead}>
        <FigureTable set={set} />
      </Section>
      <Section title={m.correlations} lead={m.correlationsLead}>
        <CorrelationTable
          label={m.correlations}
          names={assets.map(({ name }) => name)}
          cell={(row, column) => (
            <CorrelationCell key={column} correlation={at(row, column)} words={formatNumber(at(row, column), look, 2)} />
          )}
        />
      </Section>
    </>
  )
}
