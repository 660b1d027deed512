import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { DateField, TextField } from '../components/field.tsx'
import { CalendarDate } from '../components/figures.tsx'
import { filterField, Filters } from '../components/filters.tsx'
import { formatDate, formatNumber } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { EmptyState, Page, Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useApi } from '../shell/api.ts'
import { useApiPages } from '../shell/api-pages.ts'
import { useLook } from '../shell/preferences.ts'
import { useAddress } from '../shell/use-address.ts'
import { useDelayed } from '../shell/use-delayed.ts'
import { fx as m, titles } from '#messages/market'

type Rate = ApiItem<'GET /v1/market/fx-rates'>

interface Wanted {
  readonly base: string
  readonly quote: string
  readonly from: string
  readonly to: string
}

const Rates = ({ base, from, quote, to }: Wanted) => {
  const look = useLook()
  const list = useApiPages('GET /v1/market/fx-rates', {
    query: { base, quote, limit: '250', ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) },
  })
  const rate = (figure: string) => formatNumber(figure, look, 10)
  const summaryOf = ({ date, rate: figure }: Rate) => m.summary(base, quote, formatDate(date, look), rate(figure))
  return (
    <List list={list} empty={<EmptyState title={m.empty(base, quote)}>{m.emptyLead}</EmptyState>}>
      {items => (
        <Section title={m.caption(base, quote)} lead={items[0] && summaryOf(items[0])}>
          <Table
            caption={m.caption(base, quote)}
            rows={items}
            rowKey={({ date }) => date}
            columns={[
              { key: 'day', header: m.day, cell: ({ date }) => <CalendarDate date={date} /> },
              { key: 'rate', header: m.rate, align: 'end', cell: row => rate(row.rate) },
              { key: 'source', header: m.source, wide: true, cell: ({ source }) => source },
            ]}
          />
        </Section>
      )}
    </List>
  )
}

const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text)

const FxPage = () => {
  const isAdministrator = useApi('GET /v1/identity/me').data?.role === 'admin'
  const { read, write } = useAddress()
  const base = read('base') || 'EUR'
  const quote = read('quote') || 'USD'
  const wanted = useDelayed(JSON.stringify({ base, quote, from: read('from'), to: read('to') } satisfies Wanted))
  const settled = JSON.parse(wanted) as Wanted
  const field = (name: string, value: string) => filterField(name, value, next => write({ [name]: next.toUpperCase() }))
  return (
    <Page
      title={titles.fx}
      lead={m.lead}
      actions={
        <>
          <Button onClick={() => write({ base: quote, quote: base })}>{m.swap}</Button>
          {isAdministrator && <ButtonLink href="/market/fx/load">{m.load}</ButtonLink>}
        </>
      }
    >
      <Filters>
        <TextField {...field('base', base)} label={m.base} help={m.currencyHelp} />
        <TextField {...field('quote', quote)} label={m.quote} help={m.currencyHelp} />
        <DateField {...field('from', read('from'))} label={m.from} />
        <DateField {...field('to', read('to'))} label={m.to} />
      </Filters>
      {isCurrency(settled.base) && isCurrency(settled.quote) && settled.base !== settled.quote ? <Rates {...settled} /> : <p>{m.noPair}</p>}
    </Page>
  )
}

export default FxPage
