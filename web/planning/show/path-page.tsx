import { useParams, useSearch } from 'wouter'
import { Button, ButtonLink } from '../../components/button.tsx'
import { formatNumber } from '../../components/format.ts'
import { EmptyState, Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { PathChoice } from './path-choice.tsx'
import { PathStory } from './path-story.tsx'
import { firstYearOf, type Run } from './results.ts'
import { useLedger, useRun, useRuns } from './use-runs.ts'
import { path as m } from '#messages/plan-paths'
import { run as words } from '#messages/plan-results'

const share = async (address: string): Promise<void> => {
  await navigator.clipboard.writeText(new URL(address, location.href).href)
  showToast({ kind: 'good', text: m.shared })
}

const PathOf = ({ pathIndex, plan, run }: { readonly plan: ShownPlan['plan']; readonly run: Run; readonly pathIndex: number }) => {
  const look = useLook()
  const { data, error, refetch } = useLedger(run.id, pathIndex)
  const addressOf = (index: number) => `/plans/${plan.id}/paths/${index}?run=${run.id}`
  return (
    <Section
      title={m.title(formatNumber(pathIndex, look))}
      lead={m.lead}
      actions={
        <>
          {pathIndex > 0 && <ButtonLink href={addressOf(pathIndex - 1)}>{m.previous}</ButtonLink>}
          {pathIndex < run.pathCount - 1 && <ButtonLink href={addressOf(pathIndex + 1)}>{m.next}</ButtonLink>}
          <Button onClick={() => void share(addressOf(pathIndex))}>{m.share}</Button>
        </>
      }
    >
      <PathChoice run={run} pathIndex={pathIndex} firstYear={firstYearOf(run, plan)} addressOf={addressOf} />
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && run.result && <PathStory plan={plan} run={run} result={run.result} years={data.years} pathIndex={pathIndex} />}
    </Section>
  )
}

const PathOfPlan = ({ plan }: ShownPlan) => {
  const { pathIndex = '0' } = useParams()
  const asked = new URLSearchParams(useSearch()).get('run') ?? undefined
  const { error: listError, refetch: readList, runs } = useRuns(plan.id)
  const id = asked ?? runs?.newest?.id
  const { data: run, error, refetch } = useRun(id)
  const failure = listError ?? error
  if (failure) return <Failure error={failure} retry={() => Promise.all([readList(), refetch()])} />
  if (runs && id === undefined)
    return (
      <EmptyState title={m.noRun} action={<ButtonLink href={`/plans/${plan.id}`}>{m.toResult}</ButtonLink>}>
        {m.noRunLead}
      </EmptyState>
    )
  if (!run) return <Loading />
  if (run.planId !== plan.id || !run.result) return <Notice kind="bad">{words.gone}</Notice>
  return <PathOf plan={plan} run={run} pathIndex={Number(pathIndex)} />
}

/** One future of a run, year by year. The address names it, so it can be shared. */
const PathPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="results">
      {shown => <PathOfPlan {...shown} />}
    </PlanPage>
  )
}

export default PathPage
