import { Link } from 'wouter'
import { Button, ButtonLink } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import { api, refreshQueries } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import type { ShownPlan } from '../plan-header.tsx'
import { SimulateButton, type Simulation } from '../simulate-button.tsx'
import type { Run, RunsOfPlan, RunSummary } from './results.ts'
import styles from './show.module.css'
import { run as m } from '#messages/plan-results'
import { problem } from '#messages/shell'

const cancel = async (runId: string): Promise<void> => {
  try {
    await api('POST /v1/planning/runs/{runId}/cancellations', { params: { runId } })
    showToast({ kind: 'info', text: m.cancelled })
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void cancel(runId) })
  }
  await refreshQueries('GET /v1/planning/plans/{planId}/runs', 'GET /v1/planning/runs/{runId}')
}

/** A run that is simulated in the background. */
const Progress = ({ canEdit, run }: { readonly run: RunSummary; readonly canEdit: boolean }) => {
  const look = useLook()
  const words = run.status === 'queued' ? m.waiting : m.progress(formatNumber(run.completedPaths, look), formatNumber(run.pathCount, look))
  return (
    <Notice>
      <span>{words}</span>
      <progress className={styles['progress']} aria-label={words} max={run.pathCount} value={run.completedPaths} />
      {canEdit && <Button onClick={() => void cancel(run.id)}>{m.cancel}</Button>}
    </Notice>
  )
}

const Failed = ({ canEdit, plan, run, simulation }: ShownPlan & { readonly run: RunSummary; readonly simulation: Simulation }) => (
  <Notice kind="bad">
    <div className={styles['words']}>
      <p>
        <strong>{m.failed}</strong> {m.failedWhy} {run.error ?? m.failedUnknown}
      </p>
      <p>{m.failedAdvice}</p>
    </div>
    {canEdit && (
      <>
        <SimulateButton kind="plain" label={m.again} simulation={simulation} />
        <ButtonLink href={`/plans/${plan.id}/edit`}>{m.editPlan}</ButtonLink>
      </>
    )}
  </Notice>
)

/** What is to be known about the runs of a plan beside the shown result: work in progress, failures, and whether the result is old. */
export const RunNotices = ({
  canEdit,
  plan,
  runs: { active, failed, newest },
  shown,
  simulation,
}: ShownPlan & { readonly runs: RunsOfPlan; readonly shown: Run | undefined; readonly simulation: Simulation }) => {
  const look = useLook()
  return (
    <>
      {simulation.busy && <Notice>{m.working(formatNumber(plan.monteCarloIterations, look))}</Notice>}
      {active.map(run => (
        <Progress key={run.id} run={run} canEdit={canEdit} />
      ))}
      {failed && !simulation.busy && <Failed plan={plan} canEdit={canEdit} run={failed} simulation={simulation} />}
      {shown && newest && shown.id !== newest.id && (
        <Notice kind="warn">
          {m.earlier} <Link href={`/plans/${plan.id}`}>{m.showNewest}</Link>
        </Notice>
      )}
      {shown && shown.id === newest?.id && shown.planVersion !== plan.version && !simulation.busy && (
        <Notice kind="warn">
          {canEdit ? m.changed : m.changedViewer}
          {canEdit && <SimulateButton kind="plain" label={m.again} simulation={simulation} />}
        </Notice>
      )}
    </>
  )
}
