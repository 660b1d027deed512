import { Link } from 'wouter'
import { CalendarDate } from '../components/figures.tsx'
import { Loading, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { Table } from '../components/table.tsx'
import { useApi } from '../shell/api.ts'
import { titles } from '#messages/planning'

const PlansPage = () => {
  const { data, error, refetch } = useApi('GET /v1/planning/plans', { query: { limit: 50 } })
  return (
    <Page title={titles.plans}>
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && (
        <Table
          caption={titles.plans}
          rows={data.items}
          rowKey={plan => plan.id}
          columns={[
            { key: 'name', header: 'Name', cell: plan => <Link href={`/plans/${plan.id}`}>{plan.name}</Link> },
            { key: 'asOf', header: 'As of', cell: plan => <CalendarDate date={plan.asOfDate} /> },
          ]}
        />
      )}
    </Page>
  )
}

export default PlansPage
