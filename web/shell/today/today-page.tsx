import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../api.ts'
import { useHouseholds } from '../household.ts'
import { NeedList } from './need-list.tsx'
import { PlanCards } from './plan-cards.tsx'
import { useNeeds } from './use-needs.tsx'
import { useWelcome } from './use-welcome.ts'
import { WelcomeSteps } from './welcome-steps.tsx'
import { today as m } from '#messages/today'

const NoPlan = () => (
  <EmptyState
    title={m.noPlan}
    action={
      <ButtonLink kind="primary" href="/plans/new">
        {m.makePlan}
      </ButtonLink>
    }
  >
    {m.noPlanLead}
  </EmptyState>
)

/** What needs the person, the plans, and the first steps until they are done or skipped. */
const TodayPage = () => {
  const { canEdit, error: noHouseholds, household, isPending } = useHouseholds()
  const { data, error, refetch } = useApi(
    'GET /v1/identity/today',
    { query: household ? { householdId: household.id } : {} },
    { enabled: !isPending && !noHouseholds, staleTime: 0 },
  )
  const { steps, ...welcome } = useWelcome(data, household)
  const isOpen = steps?.some(({ state }) => state === 'open') === true
  const asks = (name: string) => isOpen && steps.some(step => step.name === name && step.state === 'open')
  const needs = useNeeds(data, household, { canEdit, leavesOutSecurity: asks('security') })
  const hasPlans = (data?.plans.length ?? 0) > 0
  const first = isOpen && <WelcomeSteps hasPlans={hasPlans} steps={steps} {...welcome} />
  return (
    <Page title={m.title} lead={household ? m.lead(household.name) : undefined}>
      {noHouseholds && <Failure error={noHouseholds} />}
      {error && <Failure error={error} retry={refetch} />}
      {!error && !noHouseholds && (!data || !steps) && <Loading />}
      {data && steps && (
        <>
          {!hasPlans && first}
          {(hasPlans || needs.length > 0 || !isOpen) && <NeedList needs={needs} />}
          {hasPlans ? <PlanCards plans={data.plans} /> : !asks('plan') && <NoPlan />}
          {hasPlans && first}
        </>
      )}
    </Page>
  )
}

export default TodayPage
