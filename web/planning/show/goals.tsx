import { Percent } from '../../components/figures.tsx'
import { formatNumber, formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { Result } from './results.ts'
import { goals as m } from '#messages/plan-results'

/** How often each goal is paid. */
export const Goals = ({ goals }: { readonly goals: NonNullable<Result['goals']> }) => {
  const look = useLook()
  return (
    <Section title={m.title} lead={m.lead}>
      <Table
        caption={m.title}
        rows={goals}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', header: m.name, cell: ({ key }) => key },
          {
            key: 'funded',
            header: m.funded,
            align: 'end',
            cell: ({ funded }) => (funded ? <Percent value={funded.probability} /> : m.never),
          },
          {
            key: 'interval',
            header: m.interval,
            align: 'end',
            cell: ({ funded }) =>
              funded ? `${formatPercent(funded.interval.lower, look)} – ${formatPercent(funded.interval.upper, look)}` : '',
          },
          {
            key: 'share',
            header: m.share,
            align: 'end',
            cell: ({ meanFundedShare }) => (meanFundedShare === null ? '' : <Percent value={meanFundedShare} />),
          },
          { key: 'reached', header: m.reached, align: 'end', wide: true, cell: ({ reached }) => formatNumber(reached, look) },
        ]}
      />
    </Section>
  )
}
