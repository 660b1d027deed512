import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { HeatMapQuestion } from './heat-map-question.tsx'
import { SolveQuestion } from './solve-question.tsx'
import { isHouseholdPlan, readInputs } from './stored-input.ts'
import { StressQuestion } from './stress-question.tsx'
import { TornadoQuestion } from './tornado-question.tsx'
import { ask as m } from '#messages/plan-analyses'
import { run } from '#messages/plan-results'

const Ask = ({ plan }: ShownPlan) => {
  const { data, error, refetch } = useApi('GET /v1/planning/plans/{planId}/inputs', {
    params: { planId: plan.id },
    query: { limit: 200 },
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  if (!isHouseholdPlan(data.items))
    return (
      <EmptyState title={m.needsHousehold} action={<ButtonLink href={`/plans/${plan.id}/edit`}>{run.editPlan}</ButtonLink>}>
        {m.needsHouseholdLead}
      </EmptyState>
    )
  const inputs = readInputs(data.items)
  return (
    <>
      <SolveQuestion planId={plan.id} asOfYear={Number(plan.asOfDate.slice(0, 4))} />
      <StressQuestion plan={plan} inputs={inputs} />
      <TornadoQuestion planId={plan.id} />
      <HeatMapQuestion planId={plan.id} />
    </>
  )
}

/** Questions to a plan: what would have to be, what can go wrong, what matters. */
const AskPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="ask">
      {shown => <Ask {...shown} />}
    </PlanPage>
  )
}

export default AskPage
