import { useState } from 'react'
import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { EmptyState, Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { formatDate, formatNumber } from '../../components/format.ts'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { ActualForm } from './actual-form.tsx'
import { ActualNow, useActual } from './actual-now.tsx'
import { ActualResult, type Report } from './actual-result.tsx'
import { FollowSwitch } from './follow-switch.tsx'
import { KeptReports } from './kept-reports.tsx'
import { type MonthEnd, MonthEnds, useMonthEnds } from './month-ends.tsx'
import type { Result, Run } from './results.ts'
import show from './show.module.css'
import { useRun, useRuns } from './use-runs.ts'
import { actual as m } from '#messages/plan-paths'

/** The balances by hand: for accounts that are linked to nothing. */
const ByHand = ({ onFound, plan, run }: Pick<ShownPlan, 'plan'> & { readonly run: Run; readonly onFound: (report: Report) => void }) => {
  const { data: actual } = useActual(run.id)
  // The accounts are those that the run has read: the plan may have others by now.
  const { data, error, refetch } = useApi('GET /v1/planning/plans/{planId}/versions/{version}', {
    params: { planId: plan.id, version: String(run.planVersion) },
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data || !actual) return <Loading />
  const accounts = data.inputs.filter(({ inputType }) => inputType === 'account').map(({ inputName }) => inputName)
  if (accounts.length === 0) return <Notice kind="warn">{m.noAccounts}</Notice>
  return (
    <details open={actual.missing.length > 0}>
      <summary>{m.byHand}</summary>
      <ActualForm runId={run.id} accounts={accounts} asOfDate={run.provenance.asOfDate ?? plan.asOfDate} onFound={onFound} />
    </details>
  )
}

const ActualOf = ({ canEdit, plan, result, run }: ShownPlan & { readonly run: Run; readonly result: Result }) => {
  const look = useLook()
  const [report, setReport] = useState<Report>()
  return (
    <>
      <p className={show['quiet']}>
        {m.lead} {m.run(formatDate(run.createdAt, look), formatNumber(run.pathCount, look))}
      </p>
      <ActualNow plan={plan} canEdit={canEdit} run={run} result={result} onReport={setReport} />
      {canEdit && <ByHand plan={plan} run={run} onFound={setReport} />}
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

/** The run with which a plan was compared first, since it follows its accounts: its fan shows all months. */
const firstRunOf = (months: readonly MonthEnd[]): string | undefined => {
  const first = months.find(({ status }) => status === 'followed')
  return first?.comparedRunId ?? first?.runId ?? undefined
}

const Compared = ({ canEdit, months, newestId, plan }: ShownPlan & { readonly newestId: string; readonly months: readonly MonthEnd[] }) => {
  const look = useLook()
  const [choice, setChoice] = useState<'first' | 'newest'>('first')
  const firstId = firstRunOf(months)
  const first = useRun(firstId)
  const newest = useRun(newestId)
  // The first run can have been removed since.
  const run = choice === 'first' && first.data ? first.data : newest.data
  if (newest.error) return <Failure error={newest.error} retry={newest.refetch} />
  if (!run?.result || (firstId !== undefined && first.isPending)) return <Loading />
  return (
    <>
      {first.data && newest.data && firstId !== newestId && (
        <SelectField
          id="compared-with"
          name="comparedWith"
          label={m.against}
          error={undefined}
          value={choice}
          onChange={value => setChoice(value === 'newest' ? 'newest' : 'first')}
          options={[
            ['first', m.firstRun(formatDate(first.data.provenance.asOfDate ?? plan.asOfDate, look))],
            ['newest', m.newestRun(formatDate(newest.data.provenance.asOfDate ?? plan.asOfDate, look))],
          ]}
        />
      )}
      <ActualOf key={run.id} plan={plan} canEdit={canEdit} run={run} result={run.result} />
    </>
  )
}

const Actual = ({ canEdit, plan }: ShownPlan) => {
  const { error: listError, refetch: readList, runs } = useRuns(plan.id)
  const { data: months, error: monthsError, refetch: readMonths } = useMonthEnds(plan.id)
  const failure = listError ?? monthsError
  if (failure) return <Failure error={failure} retry={() => Promise.all([readList(), readMonths()])} />
  if (!runs || !months) return <Loading />
  return (
    <>
      {canEdit && <FollowSwitch plan={plan} />}
      {runs.newest ? (
        <Compared plan={plan} canEdit={canEdit} newestId={runs.newest.id} months={months.items} />
      ) : (
        <EmptyState title={m.noRun} action={<ButtonLink href={`/plans/${plan.id}`}>{m.toResult}</ButtonLink>}>
          {m.noRunLead}
        </EmptyState>
      )}
      <MonthEnds plan={plan} months={months.items} />
    </>
  )
}

/** The plan against reality: where real balances are among the futures that a run expected, and its success by month. */
const ActualPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="actual">
      {shown => <Actual {...shown} />}
    </PlanPage>
  )
}

export default ActualPage
