import type { ApiItem } from '../../lambdas/api-types.ts'
import { ButtonLink } from '../components/button.tsx'
import { Percent } from '../components/figures.tsx'
import { formatDate, formatMoney } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { Badge, Card, EmptyState, Grid, Notice, Page } from '../components/page.tsx'
import { useApi } from '../shell/api.ts'
import { useHouseholds } from '../shell/household.ts'
import { useLook } from '../shell/preferences.ts'
import styles from './accounts.module.css'
import { HouseholdGate } from './household-gate.tsx'
import { usePeople } from './use-household-data.ts'
import { goalKinds, goals as m, goalStatuses, titles } from '#messages/goals'

type Goal = ApiItem<'GET /v1/wealth/goals'>

const Add = () => (
  <ButtonLink kind="primary" href="/goals/new" icon="plus">
    {m.add}
  </ButtonLink>
)

/** What is still to be done for a goal, in a sentence. */
const useNeed = (goal: Goal): string => {
  const look = useLook()
  const money = (amount: string) => formatMoney(amount, look, { currency: goal.currency, precision: 'exact' })
  if (goal.accountIds.length === 0) return m.noAccounts
  if (goal.progress >= 1) return m.done
  return goal.neededPerMonth === null ? m.missing(money(goal.remaining)) : m.perMonth(money(goal.neededPerMonth))
}

const GoalCard = ({ canEdit, goal, person }: { readonly goal: Goal; readonly person: string | undefined; readonly canEdit: boolean }) => {
  const look = useLook()
  const need = useNeed(goal)
  const money = (amount: string) => formatMoney(amount, look, { currency: goal.currency })
  const about = [
    goalKinds[goal.kind],
    goal.targetDate && m.by(formatDate(goal.targetDate, look)),
    person && m.forPerson(person),
    m.priority(String(goal.priority)),
  ]
  return (
    <Card>
      <div className={styles['stack']}>
        <div className={styles['head']}>
          <h2>
            <bdi>{goal.name}</bdi>
          </h2>
          <Badge kind={goal.status === 'reached' ? 'good' : goal.status === 'active' ? 'info' : 'plain'}>{goalStatuses[goal.status]}</Badge>
        </div>
        <span className={styles['quiet']}>{about.filter(Boolean).join(' · ')}</span>
        <progress className={styles['bar']} aria-label={m.progress(goal.name)} value={look.hidesAmounts ? 0 : goal.progress} max={1} />
        <div className={styles['head']}>
          <strong>{m.saved(money(goal.savedAmount), money(goal.targetAmount))}</strong>
          <Percent value={goal.progress} />
        </div>
        <span className={styles['quiet']}>{need}</span>
        {canEdit && (
          <div>
            <ButtonLink href={`/goals/${goal.id}`} aria-label={m.change(goal.name)}>
              {m.changeWord}
            </ButtonLink>
          </div>
        )}
      </div>
    </Card>
  )
}

const Goals = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/goals', { query: { householdId, limit: 200, sort: 'priority' } })
  const { people } = usePeople(householdId)
  return (
    <>
      {!canEdit && <Notice>{m.viewer}</Notice>}
      <List
        list={{ items: data?.items, error, retry: refetch }}
        empty={
          <EmptyState title={m.empty} action={canEdit ? <Add /> : undefined}>
            {m.emptyLead}
          </EmptyState>
        }
      >
        {items => (
          <Grid>
            {items.map(goal => (
              <GoalCard key={goal.id} goal={goal} canEdit={canEdit} person={people.find(({ id }) => id === goal.personId)?.name} />
            ))}
          </Grid>
        )}
      </List>
    </>
  )
}

/** What the household saves for, the most important first. */
const GoalsPage = () => {
  const { canEdit, household } = useHouseholds()
  return (
    <Page title={titles.goals} lead={household && m.lead(household.name)} actions={canEdit ? <Add /> : undefined}>
      <HouseholdGate>{(each, editable) => <Goals key={each.id} householdId={each.id} canEdit={editable} />}</HouseholdGate>
    </Page>
  )
}

export default GoalsPage
