import { ButtonLink } from '../components/button.tsx'
import { SelectField, TextField } from '../components/field.tsx'
import { filterField, Filters } from '../components/filters.tsx'
import { Page } from '../components/page.tsx'
import { useApi } from '../shell/api.ts'
import { useAddress } from '../shell/use-address.ts'
import { useDelayed } from '../shell/use-delayed.ts'
import { InstrumentList } from './instrument-list.tsx'
import { StaleList } from './stale-list.tsx'
import { today } from './today.ts'
import { instruments as m, titles, types } from '#messages/market'
import { instrumentForm } from '#messages/market-forms'

/** The filters that were chosen, without those that were not. */
const chosen = (filters: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))

const InstrumentsPage = () => {
  const isAdministrator = useApi('GET /v1/identity/me').data?.role === 'admin'
  const { read, write } = useAddress()
  const search = useDelayed(read('search'))
  const { data: exchanges } = useApi('GET /v1/market/exchanges', { query: { limit: 500 } })
  const show = read('show')
  const field = (name: string) => filterField(name, read(name), value => write({ [name]: value }))
  const filters = chosen({
    search,
    type: read('type'),
    exchangeCode: read('exchange'),
    isActive: show === 'active' ? 'true' : '',
  })
  return (
    <Page
      title={titles.instruments}
      lead={m.lead}
      actions={isAdministrator ? <ButtonLink href="/market/new">{instrumentForm.make}</ButtonLink> : undefined}
    >
      <Filters>
        {show !== 'stale' && (
          <>
            <TextField {...field('search')} type="search" label={m.search} />
            <SelectField {...field('type')} label={m.type} options={[['', m.all], ...Object.entries(types)]} />
            <SelectField
              {...field('exchange')}
              label={m.exchange}
              options={[['', m.all], ...(exchanges?.items ?? []).map(({ code, name }) => [code, name] as const)]}
            />
          </>
        )}
        <SelectField
          {...field('show')}
          label={m.show}
          options={[
            ['', m.showAll],
            ['active', m.showActive],
            ['stale', m.showStale],
          ]}
        />
      </Filters>
      {show === 'stale' ? (
        <StaleList today={today()} />
      ) : (
        <InstrumentList
          filters={filters}
          sort={read('sort') || 'symbol'}
          onSort={sort => write({ sort })}
          onClear={() => write({ search: '', type: '', exchange: '', show: '' })}
          today={today()}
        />
      )}
    </Page>
  )
}

export default InstrumentsPage
