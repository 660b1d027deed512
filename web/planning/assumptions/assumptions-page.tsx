import { Link } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import { List } from '../../components/list.tsx'
import { Badge, EmptyState, Page, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import { ModelTable } from './model-table.tsx'
import { StageBadge } from './stage-badge.tsx'
import type { Stage } from './stages.ts'
import { useOwners } from './use-owners.ts'
import { models, sets as m, stages, titles } from '#messages/plan-assumptions'

const stageNames = Object.keys(stages) as Stage[]

const Sets = () => {
  const { read, write } = useAddress()
  const { ownerOf } = useOwners()
  const search = useDelayed(read('search'))
  const status = stageNames.find(stage => stage === read('stage'))
  const sort = read('sort') || 'name'
  const list = useApiPages('GET /v1/planning/assumption-sets', {
    query: { limit: 50, sort, ...(search === '' ? {} : { search }), ...(status ? { status } : {}) },
  })
  const isFiltered = search !== '' || status !== undefined
  return (
    <Section
      title={m.title}
      lead={m.titleLead}
      actions={
        <ButtonLink href="/assumptions/new" icon="plus">
          {m.make}
        </ButtonLink>
      }
    >
      <Filters>
        <TextField {...filterField('search', read('search'), value => write({ search: value }))} type="search" label={m.search} />
        <SelectField
          {...filterField('stage', status ?? '', value => write({ stage: value }))}
          label={m.stage}
          options={[['', m.anyStage], ...Object.entries(stages)]}
        />
      </Filters>
      <List list={list} empty={<EmptyState title={isFiltered ? m.noMatch : m.empty}>{isFiltered ? m.noMatchLead : undefined}</EmptyState>}>
        {items => (
          <Table
            caption={m.caption}
            rows={items}
            rowKey={({ id }) => id}
            sort={sort}
            onSort={next => write({ sort: next })}
            columns={[
              {
                key: 'name',
                header: m.columns.name,
                sort: 'name',
                cell: ({ id, isActive, name }) => (
                  <>
                    <Link href={`/assumptions/${id}`}>
                      <bdi>{name}</bdi>
                    </Link>{' '}
                    {!isActive && <Badge kind="warn">{m.notOffered}</Badge>}
                  </>
                ),
              },
              { key: 'version', header: m.columns.version, wide: true, cell: ({ version }) => <bdi>{version}</bdi> },
              { key: 'household', header: m.columns.household, wide: true, cell: ({ householdId }) => <bdi>{ownerOf(householdId)}</bdi> },
              { key: 'stage', header: m.columns.stage, cell: set => <StageBadge stage={set.status} /> },
              {
                key: 'effectiveDate',
                header: m.columns.effectiveDate,
                sort: 'effectiveDate',
                wide: true,
                cell: ({ effectiveDate }) => <CalendarDate date={effectiveDate} />,
              },
            ]}
          />
        )}
      </List>
    </Section>
  )
}

const Models = () => {
  const { ownerOf } = useOwners()
  const { data } = useApi('GET /v1/planning/assumption-sets', { query: { limit: 200 } })
  const list = useApiPages('GET /v1/planning/portfolio-models', { query: { limit: 50, sort: 'riskLevel' } })
  return (
    <Section
      title={models.title}
      lead={models.titleLead}
      actions={
        <ButtonLink href="/assumptions/models/new" icon="plus">
          {models.make}
        </ButtonLink>
      }
    >
      <List list={list} empty={<EmptyState title={models.empty} />}>
        {items => <ModelTable models={items} ownerOf={ownerOf} setOf={cmaId => data?.items.find(({ id }) => id === cmaId)?.name ?? ''} />}
      </List>
    </Section>
  )
}

/** The assumption sets and the portfolio models that the person can use. */
const AssumptionsPage = () => (
  <Page title={titles.sets} lead={m.lead}>
    <Sets />
    <Models />
  </Page>
)

export default AssumptionsPage
