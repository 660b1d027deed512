import { Count, Moment } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { LegalHolds } from './legal-holds.tsx'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { RetentionPolicies } from './retention-policies.tsx'
import { Outcome } from './status-badge.tsx'
import { retention as m, titles } from '#messages/operator'

const Runs = () => {
  const policies = useApi('GET /v1/operations/retention-policies', { query: { limit: 200, sort: 'name' } })
  const list = useApiPages('GET /v1/operations/retention-runs', { query: { limit: 20, sort: '-startedAt' } })
  const nameOf = (policyId: string) => policies.data?.items.find(({ id }) => id === policyId)?.name
  return (
    <Section title={m.runs}>
      <List list={list} empty={<p>{m.noRuns}</p>}>
        {items => (
          <Table
            caption={m.runs}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'started', header: m.started, cell: ({ startedAt }) => <Moment instant={startedAt} /> },
              { key: 'policy', header: m.name, cell: ({ policyId }) => nameOf(policyId) },
              {
                key: 'status',
                header: m.status,
                cell: ({ error, status }) => <Outcome status={status} words={m.statuses} error={error} />,
              },
              { key: 'records', header: m.records, align: 'end', cell: ({ recordsProcessed }) => <Count value={recordsProcessed} /> },
            ]}
          />
        )}
      </List>
    </Section>
  )
}

const RetentionPage = () => (
  <AdministratorPage title={titles.retention} lead={m.lead}>
    <RetentionPolicies />
    <Runs />
    <LegalHolds />
  </AdministratorPage>
)

export default RetentionPage
