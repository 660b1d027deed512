import { Button } from '../../components/button.tsx'
import { CalendarDate, Money, Percent } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import type { Report } from './actual-result.tsx'
import { actual as m } from '#messages/plan-paths'

/** The comparisons with reality that were made of a plan. */
export const KeptReports = ({ onShow, planId }: { readonly planId: string; readonly onShow: (report: Report) => void }) => {
  const { data, error, refetch } = useApi('GET /v1/planning/plans/{planId}/outputs', {
    params: { planId },
    query: { outputType: 'plan_versus_actual', limit: 100, sort: '-createdAt' },
  })
  const items = data?.items.flatMap(({ id, outputValue }) => (typeof outputValue === 'number' ? [] : [{ id, report: outputValue }]))
  return (
    <Section title={m.kept} lead={m.keptLead}>
      <List list={{ items, error, retry: refetch }} empty={<p>{m.keptNone}</p>}>
        {reports => (
          <Table
            caption={m.kept}
            rows={reports}
            rowKey={({ id }) => id}
            columns={[
              { key: 'date', header: m.keptDate, cell: ({ report }) => <CalendarDate date={report.date} /> },
              { key: 'actual', header: m.keptActual, align: 'end', cell: ({ report }) => <Money value={report.actual} /> },
              { key: 'rank', header: m.keptRank, align: 'end', cell: ({ report }) => <Percent value={report.rank} digits={0} /> },
              {
                key: 'middle',
                header: m.keptMiddle,
                align: 'end',
                wide: true,
                cell: ({ report }) => <Money value={report.aboveMedian} signed />,
              },
              { key: 'show', header: m.show, cell: ({ report }) => <Button onClick={() => onShow(report)}>{m.show}</Button> },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
