import { useState } from 'react'
import { Link } from 'wouter'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Moment } from '../../components/figures.tsx'
import { formatNumber } from '../../components/format.ts'
import { List } from '../../components/list.tsx'
import { Badge, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { api, refreshQueries, useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { type DryRun, DryRunDialog } from './dry-run-dialog.tsx'
import styles from './operator.module.css'
import type { Policy } from './policy-values.ts'
import { StatusBadge } from './status-badge.tsx'
import { setActive } from './store-policy.ts'
import { policyForm, retention as m } from '#messages/operator'
import { problem } from '#messages/shell'

const turn = async (policy: Policy): Promise<void> => {
  try {
    await setActive(policy, !policy.isActive)
  } catch (error) {
    await refreshQueries('GET /v1/operations/retention-policies')
    showToast({ kind: 'bad', text: problem.title, error })
  }
}

/** The policies, with what each would do now. */
export const RetentionPolicies = () => {
  const look = useLook()
  const { data, error, refetch } = useApi('GET /v1/operations/retention-policies', { query: { limit: 200, sort: 'name' } })
  const [busy, setBusy] = useState<string>()
  const [dryRun, setDryRun] = useState<{ readonly policy: Policy; readonly result: DryRun }>()
  const during = async (policy: Policy, work: () => Promise<void>) => {
    setBusy(policy.id)
    try {
      await work()
    } catch (failure) {
      showToast({ kind: 'bad', text: problem.title, error: failure, retry: () => void during(policy, work) })
    } finally {
      setBusy(undefined)
    }
  }
  const count = (policy: Policy) =>
    during(policy, async () => {
      const result = await api('POST /v1/operations/retention-policies/{policyId}/dry-runs', { params: { policyId: policy.id } })
      setDryRun({ policy, result })
    })
  const run = (policy: Policy) =>
    during(policy, async () => {
      const { records, status } = await api('POST /v1/operations/retention-policies/{policyId}/runs', { params: { policyId: policy.id } })
      await refreshQueries('GET /v1/operations/retention-policies', 'GET /v1/operations/retention-runs')
      const words = status === 'partial' ? m.ranPartly : m.ran
      showToast({ kind: status === 'failed' ? 'bad' : 'good', text: words(policy.name, formatNumber(records, look)) })
    })
  return (
    <Section title={m.policies} actions={<ButtonLink href="/operator/retention/new">{policyForm.make}</ButtonLink>}>
      <List list={{ items: data?.items, error, retry: refetch }} empty={<p>{m.noPolicies}</p>}>
        {items => (
          <Table
            caption={m.policies}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                header: m.name,
                cell: ({ id, name, tableName }) => (
                  <>
                    <Link href={`/operator/retention/${id}`}>{name}</Link>
                    <p>
                      <code>{tableName}</code>
                    </p>
                  </>
                ),
              },
              {
                key: 'period',
                header: m.period,
                wide: true,
                cell: ({ action, retentionPeriodDays }) =>
                  `${m.days(formatNumber(retentionPeriodDays, look))}, ${(m.actions[action] ?? action).toLocaleLowerCase(look.locale)}`,
              },
              {
                key: 'last',
                header: m.last,
                wide: true,
                cell: ({ lastExecuted, lastExecutionStatus }) => (
                  <>
                    {lastExecuted === null ? m.never : <Moment instant={lastExecuted} />}{' '}
                    {lastExecutionStatus !== null && <StatusBadge status={lastExecutionStatus} words={m.statuses} />}
                  </>
                ),
              },
              {
                key: 'next',
                header: m.next,
                wide: true,
                cell: ({ nextExecution }) => nextExecution !== null && <Moment instant={nextExecution} />,
              },
              {
                key: 'active',
                header: m.active,
                cell: policy => (
                  <div className={styles['actions']}>
                    {policy.isActive ? <Badge kind="good">{m.active}</Badge> : <Badge>{m.inactive}</Badge>}
                    <Button onClick={() => void turn(policy)}>{policy.isActive ? m.deactivate : m.activate}</Button>
                    <Button busy={busy === policy.id} onClick={() => void count(policy)}>
                      {m.dryRun}
                    </Button>
                  </div>
                ),
              },
            ]}
          />
        )}
      </List>
      {dryRun && (
        <DryRunDialog
          title={m.dryRunTitle(dryRun.policy.name)}
          result={dryRun.result}
          note={m.nothingDone}
          go={m.run}
          kind="danger"
          onClose={() => setDryRun(undefined)}
          onGo={() => {
            setDryRun(undefined)
            void run(dryRun.policy)
          }}
        />
      )}
    </Section>
  )
}
