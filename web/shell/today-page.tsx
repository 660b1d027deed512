import { Link } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { CalendarDate } from '../components/figures.tsx'
import { Card, EmptyState, Grid, Loading, Page, Section } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { LatestSuccess } from '../planning/latest-success.tsx'
import { useApi } from './api.ts'
import { useHouseholds } from './household.ts'
import { today as m } from '#messages/today'

/** The plans of the household that was changed last, and the next step of a person who has none. */
const Plans = ({ householdId }: { readonly householdId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/planning/plans', { query: { householdId, limit: 6, sort: '-updatedAt' } })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  if (data.items.length === 0)
    return (
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
  return (
    <Section title={m.plans} actions={<ButtonLink href="/plans/new">{m.makePlan}</ButtonLink>}>
      <Grid>
        {data.items.map(plan => (
          <Card key={plan.id}>
            <h3>
              <Link href={`/plans/${plan.id}`}>{plan.name}</Link>
            </h3>
            <p>
              {m.asOf} <CalendarDate date={plan.asOfDate} />
            </p>
            <p>
              {m.success} <LatestSuccess plan={plan} />
            </p>
          </Card>
        ))}
      </Grid>
    </Section>
  )
}

const TodayPage = () => {
  const { error, household, isPending } = useHouseholds()
  return (
    <Page title={m.title} lead={household ? m.lead(household.name) : undefined}>
      {error && <Failure error={error} />}
      {isPending && <Loading />}
      {household && <Plans householdId={household.id} />}
      {!household && !isPending && !error && (
        <EmptyState
          title={m.welcome}
          action={
            <ButtonLink kind="primary" href="/plans/new">
              {m.makePlan}
            </ButtonLink>
          }
        >
          {m.welcomeLead}
        </EmptyState>
      )}
    </Page>
  )
}

export default TodayPage
