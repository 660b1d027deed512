import { useDeferredValue, useState } from 'react'
import { useSearchParams } from 'wouter'
import { Button, ButtonLink } from '../components/button.tsx'
import { SelectField, TextField } from '../components/field.tsx'
import { List } from '../components/list.tsx'
import { EmptyState, Page } from '../components/page.tsx'
import { useApiPages } from '../shell/api-pages.ts'
import { useHouseholds } from '../shell/household.ts'
import { PlanTable } from './plan-table.tsx'
import styles from './plans-page.module.css'
import { planStatus } from '#messages/planning'
import { plans as m } from '#messages/plans'

const statuses = ['draft', 'active', 'archived'] as const
const pageSize = 20

const MakePlan = () => (
  <ButtonLink kind="primary" href="/plans/new" icon="plus">
    {m.make}
  </ButtonLink>
)

/** The plans of all households of the person. Search, stage and order are kept in the address. */
const PlansPage = () => {
  const [address, setAddress] = useSearchParams()
  const status = statuses.find(each => each === address.get('status'))
  const sort = address.get('sort') ?? '-updatedAt'
  const [search, setSearch] = useState(address.get('search') ?? '')
  const wanted = useDeferredValue(search.trim().slice(0, 100))
  const { households, isPending } = useHouseholds()
  const list = useApiPages('GET /v1/planning/plans', {
    query: { limit: pageSize, sort, ...(status ? { status } : {}), ...(wanted === '' ? {} : { search: wanted }) },
  })
  const remember = (name: string, value: string) =>
    setAddress(
      known => {
        const next = new URLSearchParams(known)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const showAll = () => {
    setSearch('')
    setAddress({}, { replace: true })
  }
  const isFiltered = status !== undefined || wanted !== ''
  const canMake = isPending || households.length === 0 || households.some(({ role }) => role !== 'viewer')
  const isEmpty = list.items?.length === 0
  return (
    <Page title={m.title} lead={m.lead} actions={canMake && !(isEmpty && !isFiltered) ? <MakePlan /> : undefined}>
      {!(isEmpty && !isFiltered) && (
        <div className={`${styles['filters']} no-print`}>
          <TextField
            id="plans-search"
            name="search"
            type="search"
            error={undefined}
            label={m.search}
            value={search}
            onChange={text => {
              setSearch(text)
              remember('search', text)
            }}
          />
          <SelectField
            id="plans-status"
            name="status"
            error={undefined}
            label={m.status}
            value={status ?? ''}
            options={[['', m.anyStatus], ...statuses.map(each => [each, planStatus[each]] as const)]}
            onChange={value => remember('status', value)}
          />
        </div>
      )}
      <List
        list={list}
        empty={
          isFiltered ? (
            <EmptyState title={m.noMatch} action={<Button onClick={showAll}>{m.showAll}</Button>}>
              {m.noMatchLead}
            </EmptyState>
          ) : (
            <EmptyState title={m.empty} action={canMake ? <MakePlan /> : undefined}>
              {m.emptyLead}
            </EmptyState>
          )
        }
      >
        {items => <PlanTable plans={items} households={households} sort={sort} onSort={next => remember('sort', next)} />}
      </List>
    </Page>
  )
}

export default PlansPage
