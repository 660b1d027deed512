import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/figures.tsx'
import { List } from '../components/list.tsx'
import { Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { keptProfiles as m, loadProfile as words } from '#messages/market-forms'

type Kept = ApiItem<'GET /v1/market/price-profiles'>

const wordOf = (choices: readonly (readonly [string, string])[], value: string | undefined): string | undefined =>
  choices.find(([choice]) => choice === value)?.[1]

/** What is known of the files of a source, in words. */
const describe = ({ duplicates, profile, skipFaults }: Kept): string =>
  [
    wordOf(words.dateOrders, profile.dateOrder),
    wordOf(words.decimalMarks, profile.decimalMark),
    profile.timezone,
    duplicates !== 'refuse' && m.duplicates[duplicates],
    skipFaults && m.skipFaults,
  ]
    .filter(Boolean)
    .join(' · ')

const remove = async ({ id, name, version }: Kept): Promise<void> => {
  try {
    await api('DELETE /v1/market/price-profiles/{priceProfileId}', { params: { priceProfileId: id }, ifMatch: version })
    showToast({ kind: 'good', text: m.removed(name) })
  } catch (error) {
    showToast({ kind: 'bad', text: m.notRemoved(name), error })
  }
  await refreshQueries('GET /v1/market/price-profiles')
}

/** The sources with files that are read as an administrator has confirmed it. */
export const KeptProfiles = () => {
  const { data, error, refetch } = useApi('GET /v1/market/price-profiles', { query: { limit: 1000, sort: 'name' } })
  return (
    <Section title={m.title} lead={m.lead}>
      <List list={{ items: data?.items, error, retry: refetch }} empty={<p>{m.empty}</p>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                header: m.name,
                cell: kept => (
                  <>
                    <bdi>{kept.name}</bdi>
                    <div>
                      <small>{describe(kept)}</small>
                    </div>
                  </>
                ),
              },
              { key: 'changed', header: m.changed, wide: true, cell: ({ updatedAt }) => <Moment instant={updatedAt} /> },
              {
                key: 'actions',
                header: m.remove,
                hidesHeader: true,
                align: 'end',
                cell: kept => (
                  <Button aria-label={m.removeOf(kept.name)} onClick={() => void remove(kept)}>
                    {m.remove}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
