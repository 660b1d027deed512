import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { ApiProblem } from '../client/problem.ts'
import { ButtonLink } from '../components/button.tsx'
import { CalendarDate } from '../components/figures.tsx'
import { Badge, EmptyState, Loading, Notice, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useApi } from '../shell/api.ts'
import { useHouseholds } from '../shell/household.ts'
import { useLookIsKnown } from '../shell/preferences.ts'
import styles from './plan-header.module.css'
import { planHeader as m, planStatus } from '#messages/planning'

export type Plan = ApiAnswer<'GET /v1/planning/plans/{planId}'>
const tabs = ['results', 'whatIf', 'compare', 'ask', 'actual', 'edit', 'history'] as const
export type PlanTab = (typeof tabs)[number]

const statusKinds = { draft: 'plain', active: 'good', archived: 'info' } as const

/** The stage of a plan in a word. */
export const PlanStatusBadge = ({ status }: { readonly status: Plan['status'] }) => (
  <Badge kind={statusKinds[status]}>{planStatus[status]}</Badge>
)

const paths: Readonly<Record<PlanTab, string>> = {
  results: '',
  whatIf: '/what-if',
  compare: '/compare',
  ask: '/ask',
  actual: '/actual',
  edit: '/edit',
  history: '/history',
}
const addressOf = (planId: string, tab: PlanTab): string => `/plans/${planId}${paths[tab]}`

const Tabs = ({ planId, tab }: { readonly planId: string; readonly tab: PlanTab }) => (
  <nav aria-label={m.parts} className={`${styles['tabs']} no-print`}>
    {tabs.map(each => (
      <Link key={each} href={addressOf(planId, each)} className={styles['tab']} aria-current={each === tab ? 'page' : undefined}>
        {m.tabs[each]}
      </Link>
    ))}
  </nav>
)

/** The plan of which this one is a scenario. */
const Parent = ({ planId }: { readonly planId: string }) => {
  const { data } = useApi('GET /v1/planning/plans/{planId}', { params: { planId } })
  return data ? (
    <>
      {' · '}
      {m.scenarioOf}{' '}
      <Link href={`/plans/${planId}`}>
        <bdi>{data.name}</bdi>
      </Link>
    </>
  ) : null
}

const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404

const Gone = () => (
  <Page title={m.gone}>
    <EmptyState title={m.goneTitle} action={<ButtonLink href="/plans">{m.toPlans}</ButtonLink>}>
      {m.goneLead}
    </EmptyState>
  </Page>
)

export interface ShownPlan {
  readonly plan: Plan
  /** Whether the person may change the plan: it can belong to another household than the one that is chosen. */
  readonly canEdit: boolean
}

/**
 * A page about one plan: its name, its stage, the tabs Results, Edit and History, and what `children` shows of it. What was typed stays when
 * the plan is removed elsewhere meanwhile.
 */
export const PlanPage = ({
  actions,
  children,
  planId,
  tab,
}: {
  readonly planId: string
  readonly tab: PlanTab
  readonly actions?: (shown: ShownPlan) => ReactNode
  readonly children: (shown: ShownPlan) => ReactNode
}) => {
  const { data: plan, error, refetch } = useApi('GET /v1/planning/plans/{planId}', { params: { planId } })
  const { households } = useHouseholds()
  const lookIsKnown = useLookIsKnown()
  if (!plan || !lookIsKnown) {
    if (isGone(error)) return <Gone />
    return <Page title={m.loading}>{error ? <Failure error={error} retry={refetch} /> : <Loading />}</Page>
  }
  const role = households.find(({ id }) => id === plan.householdId)?.role
  // The forms of a plan that is gone stay, with what was typed in them.
  const shown: ShownPlan = { plan, canEdit: isGone(error) || (role !== undefined && role !== 'viewer') }
  return (
    <Page
      title={plan.name}
      lead={
        <>
          <PlanStatusBadge status={plan.status} /> {m.asOf} <CalendarDate date={plan.asOfDate} />
          {plan.parentPlanId !== null && <Parent planId={plan.parentPlanId} />}
        </>
      }
      actions={actions?.(shown)}
    >
      <Tabs planId={planId} tab={tab} />
      {isGone(error) && <Notice kind="bad">{m.goneMeanwhile}</Notice>}
      {role === 'viewer' && <Notice>{m.viewer}</Notice>}
      {children(shown)}
    </Page>
  )
}
