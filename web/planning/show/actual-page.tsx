import { useState } from 'react'
import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { ActualForm } from './actual-form.tsx'
import { ActualResult, type Report } from './actual-result.tsx'
import { KeptReports } from './kept-reports.tsx'
import type { Run } from './results.ts'
import show from './show.module.css'
import { useRun, useRuns } from './use-runs.ts'
import { actual as m } from '#messages/plan-paths'

const ActualOf = ({ canEdit, plan, run }: ShownPlan & { readonly run: Run }) => {
  const look = useLook()
  const [report, setReport] = useState<Report>()
  // The accounts are those that the run has read: the plan may have others by now.
  const {
    data: version,
    error,
    refetch,
  } = useApi('GET /v1/planning/plans/{planId}/versions/{version}', {
    params: { planId: plan.id, version: String(run.planVersion) },
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!version) return <Loading />
  const accounts = version.inputs.filter(({ inputType }) => inputType === 'account').map(({ inputName }) => inputName)
  const asOfDate = run.provenance.asOfDate ?? plan.asOfDate
  return (
    <>
      <p className={show['quiet']}>
        {m.lead} {m.run(formatDate(run.createdAt, look), formatNumber(run.pathCount, look))}
      </p>
      {accounts.length === 0 && <Notice kind="warn">{m.noAccounts}</Notice>}
      {accounts.length > 0 && canEdit && <ActualForm runId={run.id} accounts={accounts} asOfDate={asOfDate} onFound={setReport} />}
      {!canEdit && <Notice>{m.viewer}</Notice>}
      {report && (
        <Section title={m.result}>
          <ActualResult report={report} />
        </Section>
      )}
      <KeptReports planId={plan.id} onShow={setReport} />
    </>
  )
}

const Actual = ({ canEdit, plan }: ShownPlan) => {
  const { error: listError, refetch: readList, runs } = useRuns(plan.id)
  const { data: run, error, refetch } = useRun(runs?.newest?.id)
  const failure = listError ?? error
  if (failure) return <Failure error={failure} retry={() => Promise.all([readList(), refetch()])} />
  if (runs && !runs.newest)
    return (
      <EmptyState title={m.noRun} action={<ButtonLink href={`/plans/${plan.id}`}>{m.toResult}</ButtonLink>}>
        {m.noRunLead}
      </EmptyState>
    )
  return run ? <ActualOf plan={plan} canEdit={canEdit} run={run} /> : <Loading />
}

/** The plan against reality: where the balances of a day are among the futures that a run expected. */
const ActualPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="actual">
      {shown => <Actual {...shown} />}
    </PlanPage>
  )
}

export default ActualPage
