import { useState } from 'react'
import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Count } from '../../components/figures.tsx'
import { formatNumber, formatPercent } from '../../components/format.ts'
import { Badge, Card, Grid, Loading, Notice, Section, Stat } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { api, useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { frame, health as m, titles } from '#messages/operator'

const Summary = ({ status }: { readonly status: ApiAnswer<'GET /db-status'>['status'] }) => {
  const look = useLook()
  const ready = useApi('GET /ready')
  const open = useApi('GET /v1/operations/system-events', { query: { status: 'open', limit: 1, count: true } })
  const jobs = useApi('GET /v1/operations/jobs')
  const failed = jobs.data?.items.filter(({ lastRun }) => lastRun?.status === 'failed').length
  return (
    <Grid>
      <Card>
        <Stat label={m.state} note={ready.data && m.readyNote(ready.data.database.serverVersion)}>
          <Badge kind={status === 'ok' ? 'good' : 'warn'}>{m.states[status]}</Badge>
        </Stat>
      </Card>
      <Card>
        <Stat label={m.ready}>
          {ready.data && m.milliseconds(formatNumber(ready.data.database.latencyMs, look, 1))}
          {ready.error && <Badge kind="bad">{frame.error}</Badge>}
        </Stat>
      </Card>
      <Card>
        <Stat label={m.openEvents} note={<Link href="/operator/events">{titles.events}</Link>}>
          {open.data?.total !== undefined && <Count value={open.data.total} />}
        </Stat>
      </Card>
      <Card>
        <Stat label={m.failedJobs} note={<Link href="/operator/jobs">{titles.jobs}</Link>}>
          {failed !== undefined && <Count value={failed} />}
        </Stat>
      </Card>
    </Grid>
  )
}

const Details = ({ status }: { readonly status: ApiAnswer<'GET /db-status'> }) => {
  const look = useLook()
  const { cacheHitShare, connections, locks, longTransactions, migrations, replicas } = status
  const number = (figure: number) => formatNumber(figure, look)
  return (
    <Section title={m.details}>
      <Facts
        facts={[
          [m.connections, m.used(number(connections.used), number(connections.maximum))],
          [m.active, number(connections.active)],
          [m.idle, number(connections.idleInTransaction)],
          [m.waiting, number(locks.waiting)],
          [m.long, number(longTransactions.count)],
          [m.cache, cacheHitShare === null ? null : formatPercent(cacheHitShare, look)],
          [m.migrations, number(migrations.applied)],
          [m.notApplied, migrations.notApplied.map(({ tag }) => tag).join(', ')],
          [m.unknown, migrations.unknown > 0 && number(migrations.unknown)],
          [m.replicas, number(replicas.length)],
        ]}
      />
    </Section>
  )
}

const WriteTest = () => {
  const look = useLook()
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<ApiAnswer<'POST /db-test'>>()
  const [failure, setFailure] = useState<unknown>()
  const test = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      setResult(await api('POST /db-test'))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const time = (figure: number) => formatNumber(figure, look, 1)
  return (
    <Section
      title={m.test}
      lead={m.testLead}
      actions={
        <Button busy={busy} onClick={() => void test()}>
          {m.test}
        </Button>
      }
    >
      {result && <Notice kind="good">{m.tested(time(result.writeMs), time(result.readMs), time(result.rollbackMs))}</Notice>}
      {failure !== undefined && <Failure error={failure} retry={test} />}
    </Section>
  )
}

const Health = () => {
  const { data, error, refetch } = useApi('GET /db-status', {}, { refetchInterval: 30_000 })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  return (
    <>
      <Summary status={data.status} />
      <Details status={data} />
      <WriteTest />
    </>
  )
}

const HealthPage = () => (
  <AdministratorPage title={titles.health} lead={m.lead}>
    <Health />
  </AdministratorPage>
)

export default HealthPage
