import { TextField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState, Section } from '../../components/page.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import type { Entry } from '../trust/change-details.tsx'
import { EntryFilters, useEntryFilters } from '../trust/entry-filters.tsx'
import { EntryTable } from '../trust/entry-table.tsx'
import { AuditVerification } from './audit-verification.tsx'
import { AdministratorPage } from '../../shell/administrator-page.tsx'
import { audit as m, titles } from '#messages/operator'

const whoOf = ({ userId }: Entry): string => (userId === null ? m.platform : m.person(userId))

const Entries = () => {
  const { read, write } = useAddress()
  const { query } = useEntryFilters()
  const userId = useDelayed(read('user').trim())
  const list = useApiPages('GET /v1/operations/audit/entries', {
    query: { limit: 50, sort: '-timestamp', ...query, ...(userId === '' ? {} : { userId }) },
  })
  return (
    <Section title={m.entries}>
      <EntryFilters>
        <TextField {...filterField('user', read('user'), value => write({ user: value }))} label={m.user} />
      </EntryFilters>
      <List list={list} empty={<EmptyState title={m.empty} />}>
        {items => <EntryTable entries={items} whoOf={whoOf} />}
      </List>
    </Section>
  )
}

const AuditPage = () => (
  <AdministratorPage title={titles.audit} lead={m.lead}>
    <AuditVerification />
    <Entries />
  </AdministratorPage>
)

export default AuditPage
