import { Count, Moment } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { Outcome } from './status-badge.tsx'
import { erasures as m } from '#messages/operator'

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** The persons who were erased: by themselves, by an administrator, by a command. */
export const Erasures = () => {
  const list = useApiPages('GET /v1/identity/erasures', { query: { limit: 20, sort: '-requestedAt' } })
  return (
    <Section title={m.title} lead={m.lead}>
      <List list={list} empty={<p>{m.empty}</p>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'when', header: m.when, cell: ({ requestedAt }) => <Moment instant={requestedAt} /> },
              { key: 'who', header: m.who, wide: true, cell: ({ userId }) => <code>{userId}</code> },
              { key: 'by', header: m.by, cell: ({ kind }) => m.kinds[kind] },
              {
                key: 'status',
                header: m.status,
                cell: ({ error, status }) => <Outcome status={status} words={m.statuses} error={error} />,
              },
              { key: 'deleted', header: m.deleted, align: 'end', wide: true, cell: ({ deleted }) => <Count value={total(deleted)} /> },
              { key: 'kept', header: m.kept, align: 'end', wide: true, cell: ({ anonymized }) => <Count value={total(anonymized)} /> },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
