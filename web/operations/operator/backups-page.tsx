import { Moment } from '../../components/figures.tsx'
import { formatDuration, formatNumber } from '../../components/format.ts'
import { List } from '../../components/list.tsx'
import { Card, Section, Stat } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { Outcome } from './status-badge.tsx'
import { backups as m, titles } from '#messages/operator'

/** Bytes in words of the region: 12.3 MB. */
const formatBytes = (bytes: number, { locale }: Look): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(bytes / 1_000_000)

const NewestGood = () => {
  const { data, error, refetch } = useApi('GET /v1/operations/backups', { query: { status: 'good', sort: '-startedAt', limit: 1 } })
  const [newest] = data?.items ?? []
  if (error) return <Failure error={error} retry={refetch} />
  return (
    <Card>
      <Stat
        label={m.newest}
        note={
          newest?.verifiedAt ? (
            <>
              {m.provenAt}: <Moment instant={newest.verifiedAt} />
            </>
          ) : (
            m.noneNote
          )
        }
      >
        {newest ? <Moment instant={newest.snapshotAt ?? newest.startedAt} /> : data ? m.none : null}
      </Stat>
    </Card>
  )
}

const Backups = () => {
  const look = useLook()
  const list = useApiPages('GET /v1/operations/backups', { query: { sort: '-startedAt', limit: 50 } })
  return (
    <Section title={m.list}>
      <List list={list} empty={<p>{m.empty}</p>}>
        {items => (
          <Table
            caption={m.list}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'started', header: m.started, cell: ({ startedAt }) => <Moment instant={startedAt} /> },
              { key: 'reason', header: m.reason, wide: true, cell: ({ reason }) => m.reasons[reason] },
              {
                key: 'status',
                header: m.status,
                cell: ({ error, status }) => <Outcome status={status} words={m.statuses} error={error} />,
              },
              { key: 'rows', header: m.rows, align: 'end', wide: true, cell: ({ rows }) => rows !== null && formatNumber(rows, look) },
              {
                key: 'size',
                header: m.size,
                align: 'end',
                wide: true,
                cell: ({ sizeBytes }) => sizeBytes !== null && formatBytes(sizeBytes, look),
              },
              {
                key: 'proof',
                header: m.proof,
                cell: ({ manifestSha256, verifiedAt }) => (
                  <>
                    {verifiedAt !== null && <Moment instant={verifiedAt} />}{' '}
                    {manifestSha256 !== null && <code title={manifestSha256}>{manifestSha256.slice(0, 12)}</code>}
                  </>
                ),
              },
            ]}
          />
        )}
      </List>
    </Section>
  )
}

const Restores = () => {
  const look = useLook()
  const list = useApiPages('GET /v1/operations/restores', { query: { sort: '-startedAt', limit: 50 } })
  const duration = (milliseconds: number | null) => milliseconds !== null && formatDuration(milliseconds / 1000, look)
  return (
    <Section title={m.restores} lead={m.restoresLead}>
      <List list={list} empty={<p>{m.noRestores}</p>}>
        {items => (
          <Table
            caption={m.restores}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'started', header: m.started, cell: ({ startedAt }) => <Moment instant={startedAt} /> },
              { key: 'kind', header: m.kind, cell: ({ kind }) => m.kinds[kind] },
              {
                key: 'status',
                header: m.status,
                cell: ({ error, status }) => <Outcome status={status} words={m.restoreStatuses} error={error} />,
              },
              { key: 'took', header: m.took, align: 'end', wide: true, cell: ({ recoveryTimeMs }) => duration(recoveryTimeMs) },
              { key: 'lost', header: m.lost, align: 'end', wide: true, cell: ({ dataLossMs }) => duration(dataLossMs) },
            ]}
          />
        )}
      </List>
    </Section>
  )
}

const BackupsPage = () => (
  <AdministratorPage title={titles.backups} lead={m.lead}>
    <NewestGood />
    <Backups />
    <Restores />
  </AdministratorPage>
)

export default BackupsPage
