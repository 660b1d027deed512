import { useState } from 'react'
import { useParams, useSearch } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { formatNumber } from '../../components/format.ts'
import { EmptyState, Loading, Notice } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { Failures } from './failures.tsx'
import { Goals } from './goals.tsx'
import { firstYearOf, isHouseholdLedger, type Result, type Run, sampleAt } from './results.ts'
import { RunDialog } from './run-dialog.tsx'
import { RunNotices } from './run-notices.tsx'
import styles from './show.module.css'
import { SuccessCard } from './success-card.tsx'
import { Taxes } from './taxes.tsx'
import { TornadoOfRun } from './tornado-of-run.tsx'
import { useLedger, useRun, useRuns } from './use-runs.ts'
import { type StartRun, useStartRun } from './use-start-run.ts'
import { type MoneyKind, WealthFan } from './wealth-fan.tsx'
import { Years } from './years.tsx'
import { money, run as m } from '#messages/plan-results'

/** Everything that a result says. */
const ResultOf = ({ plan, result, run }: { readonly plan: ShownPlan['plan']; readonly run: Run; readonly result: Result }) => {
  const [kind, setKind] = useState<MoneyKind>('real')
  const { data: middle } = useLedger(run.id, sampleAt(result, 0.5)?.path)
  const years = middle && isHouseholdLedger(middle.years) ? middle.years : undefined
  const firstYear = firstYearOf(run, plan)
  return (
    <>
      <SuccessCard run={run} result={result} firstYear={firstYear} />
      {run.warnings.length > 0 && (
        <Notice kind="warn">
          <div className={styles['words']}>
            <strong>{m.warnings}</strong>
            {run.warnings.map(warning => (
              <p key={warning}>{warning}</p>
            ))}
          </div>
        </Notice>
      )}
      <div className={`${styles['row']} no-print`}>
        <Choice
          label={money.label}
          value={kind}
          onChange={setKind}
          options={[
            ['real', money.real],
            ['nominal', money.nominal],
          ]}
        />
      </div>
      <WealthFan
        result={result}
        firstYear={firstYear}
        kind={kind}
        people={(years?.[0]?.people ?? []).map(({ age, key }) => ({ name: key, age }))}
      />
      <Failures run={run} result={result} firstYear={firstYear} />
      {result.sensitivities && <TornadoOfRun sensitivities={result.sensitivities} />}
      {result.goals && result.goals.length > 0 && <Goals goals={result.goals} />}
      {result.taxes && <Taxes taxes={result.taxes} years={years} />}
      <Years result={result} firstYear={firstYear} kind={kind} middle={years} />
    </>
  )
}

/** A run of this plan: the one in the address, else the newest. */
const ShownRun = ({ canEdit, plan, start }: ShownPlan & { readonly start: StartRun }) => {
  const look = useLook()
  const asked = new URLSearchParams(useSearch()).get('run') ?? undefined
  const { error: listError, refetch: readList, runs } = useRuns(plan.id)
  const id = asked ?? runs?.newest?.id
  const { data: run, error, refetch } = useRun(id)
  if (listError) return <Failure error={listError} retry={readList} />
  if (!runs) return <Loading />
  const isForeign = run !== undefined && run.planId !== plan.id
  const shown = isForeign ? undefined : run
  return (
    <>
      <RunNotices plan={plan} canEdit={canEdit} runs={runs} shown={shown} start={start} />
      {error && <Failure error={error} retry={refetch} />}
      {isForeign && <Notice kind="bad">{m.gone}</Notice>}
      {id !== undefined && !run && !error && <Loading />}
      {shown?.result && <ResultOf key={shown.id} plan={plan} run={shown} result={shown.result} />}
      {id === undefined && runs.active.length === 0 && (
        <EmptyState
          title={m.none}
          action={
            canEdit && (
              <Button kind="primary" busy={start.busy} onClick={() => void start.start()}>
                {m.run}
              </Button>
            )
          }
        >
          {canEdit ? m.noneLead(formatNumber(plan.monteCarloIterations, look)) : m.noneViewer}
        </EmptyState>
      )}
    </>
  )
}

const Actions = ({ canEdit, plan, start }: ShownPlan & { readonly start: StartRun }) => {
  const [open, setOpen] = useState(false)
  const { runs } = useRuns(plan.id)
  const { data: inputs } = useApi('GET /v1/planning/plans/{planId}/inputs', {
    params: { planId: plan.id },
    query: { limit: 200 },
  })
  return (
    <>
      {canEdit && (
        <>
          <Button onClick={() => setOpen(true)}>{m.more}</Button>
          {runs?.newest && (
            <Button kind="primary" busy={start.busy} onClick={() => void start.start()}>
              {m.run}
            </Button>
          )}
        </>
      )}
      {open && <RunDialog plan={plan} inputs={inputs?.items ?? []} startWith={start.startWith} onClose={() => setOpen(false)} />}
    </>
  )
}

const Started = ({ planId }: { readonly planId: string }) => {
  const { data } = useApi('GET /v1/planning/plans/{planId}', { params: { planId } })
  const start = useStartRun({ id: planId, name: data?.name ?? '' })
  return (
    <PlanPage planId={planId} tab="results" actions={shown => <Actions {...shown} start={start} />}>
      {shown => <ShownRun {...shown} start={start} />}
    </PlanPage>
  )
}

/** The result of a plan: how often it works, what fails and when, and every figure by year. */
const PlanResultPage = () => {
  const { planId = '' } = useParams()
  return <Started key={planId} planId={planId} />
}

export default PlanResultPage
