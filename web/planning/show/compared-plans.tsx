import { useQueries } from '@tanstack/react-query'
import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Grid, Loading, Notice } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { Link } from 'wouter'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { bestOf } from './best-of.ts'
import styles from './compare.module.css'
import { PlanDifferences } from './plan-differences.tsx'
import show from './show.module.css'
import { points } from './success-difference.tsx'
import { compare as m } from '#messages/plan-analyses'

interface Figure {
  readonly key: string
  readonly label: string
  /** The figure of this plan, and of each other: with its interval. */
  readonly own: string
  readonly others: readonly { readonly value: string; readonly interval?: string }[]
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
  const difference = (
    value: { readonly estimate: number; readonly lower: number; readonly upper: number },
    say: (value: number) => string,
  ) => ({
    value: say(value.estimate),
    interval: m.interval(say(value.lower), say(value.upper)),
  })
  const figures: readonly Figure[] = [
    {
      key: 'success',
      label: m.success,
      own: formatPercent(first.success.first, look),
      others: found.map(({ success }) => ({ value: formatPercent(success.second, look) })),
    },
    {
      key: 'difference',
      label: m.successDifference,
      own: '',
      others: found.map(({ success }) => difference(success.difference, value => `${points(value, look)} pp`)),
    },
    { key: 'onlyThis', label: m.onlyThis, own: '', others: found.map(({ success }) => ({ value: count(success.onlyFirst) })) },
    { key: 'onlyOther', label: m.onlyOther, own: '', others: found.map(({ success }) => ({ value: count(success.onlySecond) })) },
    { key: 'middle', label: m.middle, own: '', others: found.map(each => difference(each.endingWealthReal.medianDifference, money)) },
    { key: 'mean', label: m.mean, own: '', others: found.map(each => difference(each.endingWealthReal.meanDifference, money)) },
    { key: 'paths', label: m.paths, own: count(first.paths), others: found.map(({ paths }) => ({ value: count(paths) })) },
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
        rows={figures}
        rowKey={({ key }) => key}
        columns={[
          { key: 'figure', header: m.figure, cell: ({ label }) => label },
          { key: 'own', header: `${plan.name} (${m.thisPlan})`, align: 'end', cell: ({ own }) => (own === '' ? '–' : own) },
          ...others.map(({ id, name }, index) => ({
            key: id,
            header: name,
            align: 'end' as const,
            cell: ({ others: values }: Figure) => (
              <>
                {values[index]?.value}
                {values[index]?.interval && <span className={styles['interval']}>{values[index].interval}</span>}
              </>
            ),
          })),
        ]}
      />
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
