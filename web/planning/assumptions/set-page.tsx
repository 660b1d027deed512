import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { CalendarDate, Moment } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { Card, EmptyState, Loading, Notice, Page, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { ModelTable } from './model-table.tsx'
import { SetDetails } from './set-details.tsx'
import { SetFigures } from './set-figures.tsx'
import { SetStage } from './set-stage.tsx'
import { StageBadge } from './stage-badge.tsx'
import type { AssumptionSet } from './stages.ts'
import { useOwners } from './use-owners.ts'
import { models, set as m, titles } from '#messages/plan-assumptions'

const SetFacts = ({ owner, set }: { readonly set: AssumptionSet; readonly owner: string }) => (
  <Card>
    <Facts
      facts={[
        [m.facts.stage, <StageBadge key="stage" stage={set.status} />],
        [m.facts.version, <bdi key="version">{set.version}</bdi>],
        [m.facts.household, <bdi key="household">{owner}</bdi>],
        [
          m.facts.valid,
          <span key="valid">
            {m.from} <CalendarDate date={set.effectiveDate} />
            {set.effectiveUntil !== null && (
              <>
                {' '}
                {m.until} <CalendarDate date={set.effectiveUntil} />
              </>
            )}
          </span>,
        ],
        [m.facts.approvedAt, set.approvedAt !== null && <Moment instant={set.approvedAt} />],
        [m.facts.reviewDate, set.reviewDate !== null && <CalendarDate date={set.reviewDate} />],
      ]}
    />
    {set.source !== null && (
      <p>
        {m.facts.source}: {set.source}
      </p>
    )}
    {set.methodology !== null && (
      <p>
        {m.facts.methodology}: {set.methodology}
      </p>
    )}
  </Card>
)

const SetModels = ({ cmaId, ownerOf }: { readonly cmaId: string; readonly ownerOf: (householdId: string | null) => string }) => {
  const list = useApiPages('GET /v1/planning/portfolio-models', { query: { cmaId, limit: 50, sort: 'riskLevel' } })
  const make = (
    <ButtonLink href={`/assumptions/models/new?set=${cmaId}`} icon="plus">
      {models.make}
    </ButtonLink>
  )
  return (
    <Section title={m.models} actions={list.items?.length === 0 ? undefined : make}>
      <List
        list={list}
        empty={
          <EmptyState title={m.noModels} action={make}>
            {m.noModelsLead}
          </EmptyState>
        }
      >
        {items => <ModelTable models={items} ownerOf={ownerOf} />}
      </List>
    </Section>
  )
}

const Loaded = ({ set }: { readonly set: AssumptionSet }) => {
  const { canChange, isPending, ownerOf } = useOwners()
  const mine = canChange(set.householdId)
  return (
    <>
      {!mine && !isPending && <Notice>{set.published ? m.publishedLead : m.viewer}</Notice>}
      <SetFacts set={set} owner={ownerOf(set.householdId)} />
      {mine && <SetStage set={set} />}
      <SetFigures set={set} />
      <SetModels cmaId={set.id} ownerOf={ownerOf} />
      {mine && <SetDetails set={set} />}
    </>
  )
}

/** An assumption set: its figures, its stage, its portfolio models. */
const SetPage = () => {
  const { assumptionSetId = '' } = useParams()
  const { data, error, refetch } = useApi('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId } })
  return (
    <Page
      title={data?.name ?? titles.set}
      lead={data?.description ?? undefined}
      actions={
        <>
          <ButtonLink href="/assumptions">{m.toList}</ButtonLink>
          {data && <ButtonLink href={`/assumptions/new?from=${data.id}`}>{m.newVersion}</ButtonLink>}
        </>
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && <Loaded key={data.id} set={data} />}
    </Page>
  )
}

export default SetPage
