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
import { RefusedSimulation, SimulateButton, type Simulation, useSimulation } from '../simulate-button.tsx'
import { BasisNotice } from './basis-notice.tsx'
import { Failures } from './failures.tsx'
import { Goals } from './goals.tsx'
import { MoneyFlows } from './money-flows.tsx'
import { firstYearOf, isHouseholdLedger, isHouseholdResult, type Result, type Run, sampleAt } from './results.ts'
import { RunDialog } from './run-dialog.tsx'
import { RunNotices } from './run-notices.tsx'
import styles from './show.module.css'
import { SuccessCard } from './success-card.tsx'
import { Taxes } from './taxes.tsx'
import { TornadoOfRun } from './tornado-of-run.tsx'
import { useLedger, useRun, useRuns } from './use-runs.ts'
import { useStartRun } from './use-start-run.ts'
import { type MoneyKind, WealthFan } from './wealth-fan.tsx'
import { Years } from './years.tsx'
import { money, run as m } from '#messages/plan-results'

/** The people of a run with their ages in its first year, from the future in the middle. */
const usePeople = (run: Run, result: Result): readonly { readonly name: string; readonly age: number }[] => {
  const { data } = useLedger(run.id, sampleAt(result, 0.5)?.path)
  const first = data && isHouseholdLedger(data.years) ? data.years[0] : undefined
  return (first?.people ?? []).map(({ age, key }) => ({ name: key, age }))
}

/** Everything that a result says. */
const ResultOf = ({ plan, result, run }: { readonly plan: ShownPlan['plan']; readonly run: Run; readonly result: Result }) => {
  const [kind, setKind] = useState<MoneyKind>('real')
  const people = usePeople(run, result)
  const firstYear = firstYearOf(run, plan)
  const notes =
    people.length === 0
      ? []
      : (result.bands.real[0] ?? []).map((_, year) => people.map(({ age, name }) => `${name} ${age + year}`).join(', '))
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
      {!isHouseholdResult(result) && <Notice>{m.portfolio}</Notice>}
      {isHouseholdResult(result) && !result.yearly && <Notice kind="warn">{m.older}</Notice>}
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
      <WealthFan result={result} firstYear={firstYear} kind={kind} people={people} />
      <Failures run={run} result={result} firstYear={firstYear} />
      {result.sensitivities && <TornadoOfRun sensitivities={result.sensitivities} />}
      {result.goals && result.goals.length > 0 && <Goals goals={result.goals} firstYear={firstYear} />}
      {result.yearly && <MoneyFlows result={result} flows={result.yearly.real} firstYear={firstYear} notes={notes} />}
      {result.taxes && <Taxes result={result} taxes={result.taxes} firstYear={firstYear} notes={notes} />}
      <Years run={run} result={result} firstYear={firstYear} kind={kind} notes={notes} />
    </>
  )
}

/** A run of this plan: the one in the address, else the newest. */
const ShownRun = ({ canEdit, plan, simulation }: ShownPlan & { readonly simulation: Simulation }) => {
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
      <RunNotices plan={plan} canEdit={canEdit} runs={runs} shown={shown} simulation={simulation} />
      {shown && <BasisNotice plan={plan} canEdit={canEdit} />}
      {error && <Failure error={error} retry={refetch} />}
      {isForeign && <Notice kind="bad">{m.gone}</Notice>}
      {id !== undefined && !run && !error && <Loading />}
      {shown?.result && <ResultOf key={shown.id} plan={plan} run={shown} result={shown.result} />}
      {id === undefined && runs.active.length === 0 && (
        <EmptyState title={m.none} action={canEdit && <SimulateButton label={m.run} simulation={simulation} />}>
          {canEdit ? m.noneLead(formatNumber(plan.monteCarloIterations, look)) : m.noneViewer}
        </EmptyState>
      )}
    </>
  )
}

const Actions = ({ canEdit, plan, simulation }: ShownPlan & { readonly simulation: Simulation }) => {
  const [open, setOpen] = useState(false)
  const { startWith } = useStartRun(plan)
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
          {runs?.newest && <SimulateButton label={m.run} simulation={simulation} />}
        </>
      )}
      <RefusedSimulation plan={plan} simulation={simulation} />
      {open && <RunDialog plan={plan} inputs={inputs?.items ?? []} startWith={startWith} onClose={() => setOpen(false)} />}
    </>
  )
}

const Started = ({ planId }: { readonly planId: string }) => {
  const { data } = useApi('GET /v1/planning/plans/{planId}', { params: { planId } })
  const simulation = useSimulation({ id: planId, name: data?.name ?? '' })
  return (
    <PlanPage planId={planId} tab="results" actions={shown => <Actions {...shown} simulation={simulation} />}>
      {shown => <ShownRun {...shown} simulation={simulation} />}
    </PlanPage>
  )
}

/** The result of a plan: how often it works, what fails and when, and every figure by year. */
const PlanResultPage = () => {
  const { planId = '' } = useParams()
  return <Started key={planId} planId={planId} />
}

export default PlanResultPage
