import { Link } from 'wouter'
import { Gauge } from '../../charts/gauge.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { CalendarDate, Moment, Percent } from '../../components/figures.tsx'
import { formatPercent } from '../../components/format.ts'
import { Card, Grid, Section, Stat } from '../../components/page.tsx'
import { points } from '../../planning/show/success-difference.tsx'
import { useLook } from '../preferences.ts'
import styles from './today.module.css'
import type { Today } from './today.ts'
import { today as m } from '#messages/today'

type Plan = Today['plans'][number]

const mostCards = 6

const PlanCard = ({ plan: { asOfDate, id, latestRun, name, previousSuccessProbability: before } }: { readonly plan: Plan }) => {
  const look = useLook()
  const difference = latestRun && before !== null ? points(latestRun.successProbability - before, look) : undefined
  return (
    <Card>
      <h3>
        <Link href={`/plans/${id}`}>
          <bdi>{name}</bdi>
        </Link>
      </h3>
      {latestRun ? (
        <div className={styles['success']}>
          <Gauge value={latestRun.successProbability} label={m.gauge(formatPercent(latestRun.successProbability, look, 0))} />
          <Stat label={m.success} note={difference !== undefined && (/[1-9]/.test(difference) ? m.change(difference) : m.same)}>
            <Percent value={latestRun.successProbability} digits={0} />
          </Stat>
        </div>
      ) : (
        <p>{m.neverRun}</p>
      )}
      <p>
        {m.asOf} <CalendarDate date={asOfDate} />
      </p>
      {latestRun && (
        <p>
          {m.simulated} <Moment instant={latestRun.createdAt} />
        </p>
      )}
    </Card>
  )
}

/** The plans that were changed last. */
export const PlanCards = ({ plans }: { readonly plans: readonly Plan[] }) => (
  <Section
    title={m.plans}
    actions={
      <>
        {plans.length > mostCards && <ButtonLink href="/plans">{m.allPlans}</ButtonLink>}
        <ButtonLink href="/plans/new">{m.makePlan}</ButtonLink>
      </>
    }
  >
    <Grid>
      {plans.slice(0, mostCards).map(plan => (
        <PlanCard key={plan.id} plan={plan} />
      ))}
    </Grid>
  </Section>
)
