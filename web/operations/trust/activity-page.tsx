import { Button } from '../../components/button.tsx'
import { EmptyState, Loading, Page, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { LoadMore } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import type { Entry } from './change-details.tsx'
import { EntryFilters, useEntryFilters } from './entry-filters.tsx'
import { EntryTable } from './entry-table.tsx'
import { activity as m, titles } from '#messages/trust'

const ActivityPage = () => {
  const { data: me } = useApi('GET /v1/identity/me')
  const { clear, isFiltered, query } = useEntryFilters()
  const { busy, error, items, more, retry } = useApiPages('GET /v1/operations/audit-logs', {
    query: { limit: 50, sort: '-timestamp', ...query },
  })
  const whoOf = ({ userId }: Entry): string => (userId === null ? m.platform : userId === me?.id ? m.you : m.member)
  return (
    <Page title={titles.activity} lead={m.lead}>
      <EntryFilters />
      {error && <Failure error={error} retry={retry} />}
      {(!items || !me) && !error && <Loading />}
      {items?.length === 0 &&
        (isFiltered ? (
          <EmptyState title={m.noMatch} action={<Button onClick={clear}>{m.clear}</Button>}>
            {m.noMatchLead}
          </EmptyState>
        ) : (
          <EmptyState title={m.empty}>{m.emptyLead}</EmptyState>
        ))}
      {me && items && items.length > 0 && <EntryTable entries={items} whoOf={whoOf} />}
      {more && <LoadMore busy={busy} onClick={more} />}
      <Section title={m.chain}>
        <p>{m.chainText}</p>
      </Section>
    </Page>
  )
}

export default ActivityPage
