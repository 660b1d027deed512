import { useQueries } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Grid, Loading, Notice } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { bestOf } from './best-of.ts'
import styles from './compare.module.css'
import { PlanDifferences } from './plan-differences.tsx'
import show from './show.module.css'
import { points } from './success-difference.tsx'
import { compare as m } from '#messages/plan-analyses'

type Compared = ApiAnswer<'POST /v1/planning/plans/{planId}/comparisons'>

/** A plan in the table: this one has no difference from itself. */
interface Row {
  readonly id: string
  readonly name: string
  readonly compared: Compared | undefined
}

interface Difference {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/** Each of the other plans compared with this one. */
const useComparisons = (plan: Plan, others: readonly Plan[]) =>
  useQueries({
    queries: others.map(other => ({
      queryKey: ['POST /v1/planning/plans/{planId}/comparisons', plan.id, plan.version, other.id, other.version],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        api('POST /v1/planning/plans/{planId}/comparisons', { params: { planId: plan.id }, body: { otherPlanId: other.id }, signal }),
      staleTime: Infinity,
    })),
  })

/** The plans side by side: how often each works, and the differences from this plan with their intervals. */
export const ComparedPlans = ({ others, plan }: { readonly plan: Plan; readonly others: readonly Plan[] }) => {
  const look = useLook()
  const queries = useComparisons(plan, others)
  const failed = queries.find(({ error }) => error)
  if (failed) return <Failure error={failed.error} retry={() => Promise.all(queries.map(query => query.refetch()))} />
  const found = queries.map(({ data }) => data).filter(data => data !== undefined)
  const first = found[0]
  if (!first || found.length < others.length) return <Loading />
  const money = (value: number, signed = true) => formatMoney(value, look, { precision: 'short', signed })
  const count = (value: number) => formatNumber(value, look)
  const difference = (value: Difference | undefined, say: (value: number) => string) =>
    value === undefined ? (
      '–'
    ) : (
      <>
        {say(value.estimate)}
        <span className={styles['interval']}>{m.interval(say(value.lower), say(value.upper))}</span>
      </>
    )
  const rows: readonly Row[] = [
    { id: plan.id, name: `${plan.name} (${m.thisPlan})`, compared: undefined },
    ...others.map(({ id, name }, index) => ({ id, name, compared: found[index] })),
  ]
  const best = bestOf(found.map(({ success }) => success.difference))
  return (
    <>
      <p className={show['sentence']}>
        {best === undefined ? m.findingThis : m.finding(others[best.place]!.name, points(best.difference.estimate, look, false))}{' '}
        {best?.mayBeChance && m.findingChance}
      </p>
      <Table
        caption={m.title}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { key: 'plan', header: m.plan, cell: ({ name }) => <bdi>{name}</bdi> },
          {
            key: 'success',
            header: m.success,
            align: 'end',
            cell: ({ compared }) => formatPercent(compared?.success.second ?? first.success.first, look),
          },
          {
            key: 'difference',
            header: m.successDifference,
            align: 'end',
            cell: ({ compared }) => difference(compared?.success.difference, value => points(value, look)),
          },
          {
            key: 'middle',
            header: m.middle,
            align: 'end',
            wide: true,
            cell: ({ compared }) => difference(compared?.endingWealthReal.medianDifference, money),
          },
          {
            key: 'mean',
            header: m.mean,
            align: 'end',
            wide: true,
            cell: ({ compared }) => difference(compared?.endingWealthReal.meanDifference, money),
          },
          {
            key: 'onlyOther',
            header: m.onlyOther,
            align: 'end',
            wide: true,
            cell: ({ compared }) => (compared ? count(compared.success.onlySecond) : '–'),
          },
          {
            key: 'onlyThis',
            header: m.onlyThis,
            align: 'end',
            wide: true,
            cell: ({ compared }) => (compared ? count(compared.success.onlyFirst) : '–'),
          },
        ]}
      />
      <p className={show['quiet']}>{m.pathsOf(count(first.paths))}</p>
      {others.map((other, index) =>
        (found[index]?.warnings ?? []).map(warning => (
          <Notice key={`${other.id} ${warning}`} kind="warn">
            <span>
              <strong>{m.warnings(other.name)}:</strong> {warning}
            </span>
          </Notice>
        )),
      )}
      <Grid>
        {others.map(other => (
          <div key={other.id} className={show['prose']}>
            <h3>
              <Link href={`/plans/${other.id}`}>{other.name}</Link>
            </h3>
            <PlanDifferences plan={plan} other={other} />
          </div>
        ))}
      </Grid>
    </>
  )
}
