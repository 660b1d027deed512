import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { NetWorthSections } from '../../wealth/net-worth/net-worth-sections.tsx'
import { DefaultAllocation, useDefaultPortfolio } from '../../wealth/portfolios/default-allocation.tsx'
import { useAccounts } from '../../wealth/use-household-data.ts'
import { useApi } from '../api.ts'
import { useHouseholds } from '../household.ts'
import { NeedList } from './need-list.tsx'
import { PlanCards } from './plan-cards.tsx'
import styles from './today.module.css'
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

/** The net worth and the plans, what needs the person, and the first steps until they are done or skipped. */
const TodayPage = () => {
  const { canEdit, error: noHouseholds, household, isPending } = useHouseholds()
  const { data, error, refetch } = useApi(
    'GET /v1/identity/today',
    { query: household ? { householdId: household.id } : {} },
    { enabled: !isPending && !noHouseholds, staleTime: 0 },
  )
  const accounts = useAccounts(household?.id)
  const accountItems = accounts.data?.items ?? []
  const hasAccounts = accountItems.length > 0
  const portfolio = useDefaultPortfolio(hasAccounts ? household?.id : undefined)
  const { steps, ...welcome } = useWelcome(data, household)
  const isOpen = steps?.some(({ state }) => state === 'open') === true
  const asks = (name: string) => isOpen && steps.some(step => step.name === name && step.state === 'open')
  const needs = useNeeds(data, household, { canEdit, hasAccounts, leavesOutSecurity: asks('security'), portfolio })
  const hasPlans = (data?.plans.length ?? 0) > 0
  const first = isOpen && <WelcomeSteps hasPlans={hasPlans || hasAccounts} steps={steps} {...welcome} />
  const needList = (hasPlans || hasAccounts || needs.length > 0 || !isOpen) && <NeedList needs={needs} />
  const plans = data && (hasPlans ? <PlanCards plans={data.plans} /> : !asks('plan') && <NoPlan />)
  const isLoading = !error && !noHouseholds && (!data || !steps)
  // Whether there are accounts decides the order of the page.
  const isUndecided = household !== undefined && accounts.isPending
  return (
    <Page title={m.title} lead={household && (hasAccounts ? m.leadWithAccounts : m.lead)(household.name)}>
      {noHouseholds && <Failure error={noHouseholds} />}
      {accounts.error && <Failure error={accounts.error} retry={accounts.refetch} />}
      {error && !hasAccounts && <Failure error={error} retry={refetch} />}
      {(isUndecided || (isLoading && !hasAccounts)) && <Loading />}
      {household && hasAccounts && (
        <>
          <NetWorthSections key={household.id} household={household} />
          <DefaultAllocation shown={portfolio} accounts={accountItems} householdId={household.id} canEdit={canEdit} />
          {error && <Failure error={error} retry={refetch} />}
          {isLoading && (
            <div className={styles['place']}>
              <Loading />
            </div>
          )}
          {data && steps && (
            <>
              {plans}
              {needList}
              {first}
            </>
          )}
        </>
      )}
      {data && steps && !isUndecided && !hasAccounts && (
        <>
          {!hasPlans && first}
          {needList}
          {plans}
          {hasPlans && first}
        </>
      )}
    </Page>
  )
}

export default TodayPage
