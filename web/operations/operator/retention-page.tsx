import { Count, Moment } from '../../components/figures.tsx'
import { Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { LoadMore, Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { LegalHolds } from './legal-holds.tsx'
import { OperatorPage } from './operator-page.tsx'
import { RetentionPolicies } from './retention-policies.tsx'
import { StatusBadge } from './status-badge.tsx'
import { retention as m, titles } from '#messages/operator'

const Runs = () => {
  const policies = useApi('GET /v1/operations/retention-policies', { query: { limit: 200, sort: 'name' } })
  const { busy, error, items, more, retry } = useApiPages('GET /v1/operations/retention-runs', { query: { limit: 20, sort: '-startedAt' } })
  const nameOf = (policyId: string) => policies.data?.items.find(({ id }) => id === policyId)?.name
  return (
    <Section title={m.runs}>
      {error && <Failure error={error} retry={retry} />}
      {!items && !error && <Loading />}
      {items?.length === 0 && <p>{m.noRuns}</p>}
      {items && items.length > 0 && (
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
              cell: ({ error: failure, status }) => (
                <>
                  <StatusBadge status={status} words={m.statuses} />
                  {failure !== null && <p>{failure}</p>}
                </>
              ),
            },
            { key: 'records', header: m.records, align: 'end', cell: ({ recordsProcessed }) => <Count value={recordsProcessed} /> },
          ]}
        />
      )}
      {more && <LoadMore busy={busy} onClick={more} />}
    </Section>
  )
}

const RetentionPage = () => (
  <OperatorPage title={titles.retention} lead={m.lead}>
    <RetentionPolicies />
    <Runs />
    <LegalHolds />
  </OperatorPage>
)

export default RetentionPage
