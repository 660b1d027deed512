import type { ApiItem } from '../../../lambdas/api-types.ts'
import { SelectField } from '../../components/field.tsx'
import { Moment } from '../../components/figures.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import { formatDuration } from '../../components/format.ts'
import { List } from '../../components/list.tsx'
import { Badge, Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import { useAddress } from '../../shell/use-address.ts'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { StatusBadge } from './status-badge.tsx'
import { frame, jobs as m, titles } from '#messages/operator'

type Job = ApiItem<'GET /v1/operations/jobs'>
type Run = ApiItem<'GET /v1/operations/job-runs'>

const JobTable = ({ jobs }: { readonly jobs: readonly Job[] }) => (
  <Table
    caption={titles.jobs}
    rows={jobs}
    rowKey={({ job }) => job}
    columns={[
      {
        key: 'job',
        header: m.job,
        cell: ({ job, summary }) => (
          <>
            <code>{job}</code>
            <br />
            {summary}
          </>
        ),
      },
      { key: 'schedule', header: m.schedule, wide: true, cell: ({ schedule }) => <code>{schedule}</code> },
      { key: 'last', header: m.last, wide: true, cell: ({ lastRun }) => lastRun && <Moment instant={lastRun.startedAt} /> },
      {
        key: 'status',
        header: m.status,
        cell: ({ lastRun }) => (
          <>
            {lastRun ? <StatusBadge status={lastRun.status} words={m.statuses} /> : <Badge>{m.never}</Badge>}
            {lastRun?.error !== null && lastRun && <p>{lastRun.error}</p>}
          </>
        ),
      },
    ]}
  />
)

const duration = ({ finishedAt, startedAt }: Run, look: Look): string =>
  finishedAt === null ? '' : formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000, look)

const Runs = ({ jobs }: { readonly jobs: readonly Job[] }) => {
  const look = useLook()
  const { read, write } = useAddress()
  const [job, status] = [read('job'), read('status')]
  const list = useApiPages('GET /v1/operations/job-runs', {
    query: {
      limit: 50,
      sort: '-startedAt',
      ...(job === '' ? {} : { job }),
      ...(status in m.statuses ? { status: status as keyof typeof m.statuses } : {}),
    },
  })
  const field = (name: string) => filterField(name, read(name), value => write({ [name]: value }))
  return (
    <Section title={m.runs}>
      <Filters>
        <SelectField {...field('job')} label={m.job} options={[['', frame.all], ...jobs.map(each => [each.job, each.job] as const)]} />
        <SelectField {...field('status')} label={m.status} options={[['', frame.all], ...Object.entries(m.statuses)]} />
      </Filters>
      <List list={list} empty={<p>{m.noRuns}</p>}>
        {items => (
          <Table
            caption={m.runs}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'started', header: m.started, cell: ({ startedAt }) => <Moment instant={startedAt} /> },
              { key: 'job', header: m.job, cell: run => <code>{run.job}</code> },
              { key: 'status', header: m.status, cell: run => <StatusBadge status={run.status} words={m.statuses} /> },
              { key: 'took', header: m.took, align: 'end', wide: true, cell: run => duration(run, look) },
              {
                key: 'result',
                header: m.result,
                wide: true,
                cell: run => run.error ?? (run.result === null ? '' : <code>{JSON.stringify(run.result)}</code>),
              },
            ]}
          />
        )}
      </List>
    </Section>
  )
}

const Jobs = () => {
  const { data, error, refetch } = useApi('GET /v1/operations/jobs')
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  return (
    <>
      <JobTable jobs={data.items} />
      <Runs jobs={data.items} />
    </>
  )
}

const JobsPage = () => (
  <AdministratorPage title={titles.jobs} lead={m.lead}>
    <Jobs />
  </AdministratorPage>
)

export default JobsPage
