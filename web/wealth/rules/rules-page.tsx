import { Button, ButtonLink } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { Badge, Card, EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { changed } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { ApplyRules } from './apply-rules.tsx'
import { RuleLog } from './rule-log.tsx'
import { bodyOfRule, type Rule } from './rule-body.ts'
import { actionWords, conditionWords } from './rule-words.ts'
import { type RuleNames, useRuleNames } from './use-rule-names.ts'
import { list as m, titles } from '#messages/rules'

const refresh = () => refreshQueries('GET /v1/wealth/rules', 'GET /v1/wealth/rules/{ruleId}')

const order = async (householdId: string, ruleIds: string[]): Promise<void> => {
  await api('POST /v1/wealth/rules/orders', { body: { householdId, ruleIds } })
  await refresh()
}

const turn = async (ruleId: string, isActive: boolean): Promise<void> => {
  await api('PATCH /v1/wealth/rules/{ruleId}', { params: { ruleId }, body: { isActive }, ifMatch: '*' })
  await refresh()
}

const remove = async (rule: Rule, ids: readonly string[]): Promise<void> => {
  await api('DELETE /v1/wealth/rules/{ruleId}', { params: { ruleId: rule.id }, ifMatch: rule.version })
  await refresh()
  changed(m.removed(rule.name), async () => {
    const { id } = await api('POST /v1/wealth/rules', { body: { householdId: rule.householdId, ...bodyOfRule(rule) } })
    await order(
      rule.householdId,
      ids.map(each => (each === rule.id ? id : each)),
    )
  })
}

const RuleCard = ({
  canEdit,
  ids,
  names,
  rule,
}: {
  readonly rule: Rule
  readonly ids: readonly string[]
  readonly names: RuleNames
  readonly canEdit: boolean
}) => {
  const look = useLook()
  const { actions, conditions, householdId, id, isActive, match, name, stopAfter } = rule
  const place = ids.indexOf(id)
  const move = async (by: 1 | -1) => {
    await order(householdId, ids.toSpliced(place, 1).toSpliced(place + by, 0, id))
    changed(m.moved(name), () => order(householdId, [...ids]))
  }
  const toggle = async () => {
    await turn(id, !isActive)
    changed(m.turned(name, !isActive), () => turn(id, isActive))
  }
  return (
    <Card>
      <h2>
        {place + 1}. {name} {!isActive && <Badge kind="warn">{m.off}</Badge>} {stopAfter && <Badge>{m.stops}</Badge>}
      </h2>
      {conditions.length === 0 ? (
        <p>{m.everything}</p>
      ) : (
        <>
          <p>{match === 'all' ? m.all : m.any}</p>
          <ul>
            {conditions.map(condition => (
              <li key={JSON.stringify(condition)}>{conditionWords(condition, look, names)}</li>
            ))}
          </ul>
        </>
      )}
      <p>{m.thenDo}</p>
      <ul>
        {actions.map(action => (
          <li key={JSON.stringify(action)}>{actionWords(action, look, names)}</li>
        ))}
      </ul>
      {canEdit && (
        <p className="no-print">
          <ButtonLink href={`/rules/${id}`} aria-label={m.changeOf(name)}>
            {m.change}
          </ButtonLink>{' '}
          <Button kind="quiet" disabled={place === 0} aria-label={m.earlier(name)} onClick={() => void attempt(m.failed, () => move(-1))}>
            {m.up}
          </Button>
          <Button
            kind="quiet"
            disabled={place === ids.length - 1}
            aria-label={m.later(name)}
            onClick={() => void attempt(m.failed, () => move(1))}
          >
            {m.down}
          </Button>
          <Button kind="quiet" onClick={() => void attempt(m.failed, toggle)}>
            {isActive ? m.turnOff : m.turnOn}
          </Button>
          <Button kind="quiet" onClick={() => void attempt(m.failed, () => remove(rule, ids))}>
            {m.remove}
          </Button>
        </p>
      )}
    </Card>
  )
}

const OfHousehold = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const rules = useApiPages('GET /v1/wealth/rules', { query: { householdId, limit: 500 } })
  const { error, names, retry } = useRuleNames(householdId)
  if (error) return <Failure error={error} retry={retry} />
  if (!names) return <Loading />
  return (
    <>
      <List
        list={rules}
        empty={
          <EmptyState
            title={m.empty}
            action={
              canEdit ? (
                <ButtonLink kind="primary" href="/rules/new">
                  {m.make}
                </ButtonLink>
              ) : undefined
            }
          >
            {m.emptyLead}
          </EmptyState>
        }
      >
        {items => {
          const ids = items.map(({ id }) => id)
          return items.map(rule => <RuleCard key={rule.id} rule={rule} ids={ids} names={names} canEdit={canEdit} />)
        }}
      </List>
      <RuleLog householdId={householdId} canEdit={canEdit} />
    </>
  )
}

const RulesPage = () => {
  const { canEdit, household, isPending } = useHouseholds()
  return (
    <Page
      title={titles.rules}
      lead={m.lead}
      actions={
        household && canEdit ? (
          <>
            <ApplyRules key={household.id} householdId={household.id} />
            <ButtonLink kind="primary" href="/rules/new" icon="plus">
              {m.make}
            </ButtonLink>
          </>
        ) : undefined
      }
    >
      {household ? (
        <OfHousehold key={household.id} householdId={household.id} canEdit={canEdit} />
      ) : isPending ? (
        <Loading />
      ) : (
        <EmptyState title={m.noHousehold} />
      )}
    </Page>
  )
}

export default RulesPage
