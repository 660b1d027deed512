import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState, Page } from '../../components/page.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import type { Entry } from './change-details.tsx'
import { EntryFilters, useEntryFilters } from './entry-filters.tsx'
import { EntryTable } from './entry-table.tsx'
import { OwnVerification } from './own-verification.tsx'
import type { Range } from './verify-own.ts'
import { activity as m, titles } from '#messages/trust'

const ActivityPage = () => {
  const { data: me } = useApi('GET /v1/identity/me')
  const { clear, isFiltered, query } = useEntryFilters()
  const { items, ...list } = useApiPages('GET /v1/operations/audit-logs', {
    query: { limit: 50, sort: '-timestamp', ...query },
  })
  const range: Range = {
    ...(query.timestampFrom === undefined ? {} : { from: query.timestampFrom }),
    ...(query.timestampTo === undefined ? {} : { to: query.timestampTo }),
  }
  const whoOf = ({ userId }: Entry): string => (userId === null ? m.platform : userId === me?.id ? m.you : m.member)
  return (
    <Page title={titles.activity} lead={m.lead}>
      <EntryFilters />
      <OwnVerification key={JSON.stringify(range)} {...range} />
      <List
        list={{ ...list, items: me && items }}
        empty={
          isFiltered ? (
            <EmptyState title={m.noMatch} action={<Button onClick={clear}>{m.clear}</Button>}>
              {m.noMatchLead}
            </EmptyState>
          ) : (
            <EmptyState title={m.empty}>{m.emptyLead}</EmptyState>
          )
        }
      >
        {entries => <EntryTable entries={entries} whoOf={whoOf} />}
      </List>
    </Page>
  )
}

export default ActivityPage
