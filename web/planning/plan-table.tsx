import { Link } from 'wouter'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { CalendarDate } from '../components/figures.tsx'
import { type Column, Table } from '../components/table.tsx'
import type { Household } from '../shell/household.ts'
import { changeStatus } from './change-status.ts'
import { LatestSuccess } from './latest-success.tsx'
import { PlanStatusBadge } from './plan-header.tsx'
import styles from './plans-page.module.css'
import { plans as m } from '#messages/plans'

type Plan = ApiItem<'GET /v1/planning/plans'>

/** The same plans with each scenario after the plan that it is a scenario of, where both are in the list. */
export const withScenarios = <Each extends Pick<Plan, 'id' | 'parentPlanId'>>(plans: readonly Each[]): (Each & { depth: number })[] => {
  const ids = new Set(plans.map(({ id }) => id))
  const children = Map.groupBy(plans, ({ parentPlanId }) => (parentPlanId !== null && ids.has(parentPlanId) ? parentPlanId : ''))
  const below = (parent: string, depth: number): (Each & { depth: number })[] =>
    (children.get(parent) ?? []).flatMap(plan => [{ ...plan, depth }, ...below(plan.id, depth + 1)])
  return below('', 0)
}

const StatusButton = ({ plan }: { readonly plan: Plan }) => {
  const [word, status] = plan.status === 'archived' ? ([m.unarchive, 'active'] as const) : ([m.archive, 'archived'] as const)
  return (
    <Button kind="quiet" aria-label={m.actionsOf(word, plan.name)} onClick={() => void changeStatus(plan, status)}>
      {word}
    </Button>
  )
}

/** Plans, with scenarios under their plan. */
export const PlanTable = ({
  households,
  onSort,
  plans,
  sort,
}: {
  readonly plans: readonly Plan[]
  readonly households: readonly Household[]
  readonly sort: string
  readonly onSort: (sort: string) => void
}) => {
  const householdOf = ({ householdId }: Plan) => households.find(({ id }) => id === householdId)
  const columns: readonly Column<Plan & { readonly depth: number }>[] = [
    {
      key: 'name',
      header: m.columns.name,
      sort: 'name',
      cell: plan => (
        <div className={plan.depth > 0 ? styles['scenario'] : undefined}>
          <Link href={`/plans/${plan.id}`}>
            <bdi>{plan.name}</bdi>
          </Link>
          {plan.depth === 0 && plan.parentPlanId !== null && <div className={styles['quiet']}>{m.scenarioOf}</div>}
        </div>
      ),
    },
    { key: 'household', header: m.columns.household, wide: true, cell: plan => <bdi>{householdOf(plan)?.name}</bdi> },
    { key: 'status', header: m.columns.status, wide: true, cell: plan => <PlanStatusBadge status={plan.status} /> },
    {
      key: 'asOf',
      header: m.columns.asOf,
      sort: 'asOfDate',
      wide: true,
      cell: plan => (
        <span className={styles['once']}>
          <CalendarDate date={plan.asOfDate} />
        </span>
      ),
    },
    {
      key: 'success',
      header: m.columns.success,
      sort: 'lastRunAt',
      cell: plan => <LatestSuccess plan={plan} />,
    },
    {
      key: 'actions',
      header: m.columns.actions,
      wide: true,
      cell: plan => {
        const role = householdOf(plan)?.role
        return role === undefined || role === 'viewer' ? null : <StatusButton plan={plan} />
      },
    },
  ]
  return <Table caption={m.caption} columns={columns} rows={withScenarios(plans)} rowKey={plan => plan.id} sort={sort} onSort={onSort} />
}
