import type { ApiItem } from '../../lambdas/api-types.ts'
import { ButtonLink } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Percent } from '../components/figures.tsx'
import { filterField, Filters } from '../components/filters.tsx'
import { List } from '../components/list.tsx'
import { Badge, Card, EmptyState, Grid, Page } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useApi } from '../shell/api.ts'
import { useApiPages } from '../shell/api-pages.ts'
import { useAddress } from '../shell/use-address.ts'
import { useDelayed } from '../shell/use-delayed.ts'
import { benchmarkPath } from './benchmark-values.ts'
import { SymbolLink } from './symbol-link.tsx'
import { benchmarks as m, benchmarkTypes, titles } from '#messages/market'
import { benchmarkForm as form } from '#messages/market-forms'

type Benchmark = ApiItem<'GET /v1/market/benchmarks'>

const BenchmarkCard = ({ benchmark, canChange }: { readonly benchmark: Benchmark; readonly canChange: boolean }) => {
  const { benchmarkType, category, composition, currency, description, isActive, name, symbol } = benchmark
  return (
    <Card>
      <h2>{name}</h2>
      <p>
        <Badge>{symbol}</Badge> <Badge>{benchmarkTypes[benchmarkType] ?? benchmarkType}</Badge> <Badge>{category}</Badge>{' '}
        <Badge>{currency}</Badge> {!isActive && <Badge kind="warn">{m.inactive}</Badge>}
      </p>
      {description !== null && <p>{description}</p>}
      {composition.length === 0 ? (
        <p>{m.noComposition}</p>
      ) : (
        <Table
          caption={m.composition(name)}
          rows={composition}
          rowKey={part => part.symbol}
          columns={[
            { key: 'symbol', header: m.symbol, cell: part => <SymbolLink symbol={part.symbol} /> },
            { key: 'weight', header: m.weight, align: 'end', cell: part => <Percent value={part.weight} digits={2} /> },
          ]}
        />
      )}
      {canChange && (
        <p>
          <ButtonLink href={benchmarkPath(symbol)} aria-label={form.changeOf(name)}>
            {form.change}
          </ButtonLink>
        </p>
      )}
    </Card>
  )
}

const BenchmarksPage = () => {
  const isAdministrator = useApi('GET /v1/identity/me').data?.role === 'admin'
  const { read, write } = useAddress()
  const search = useDelayed(read('search'))
  const list = useApiPages('GET /v1/market/benchmarks', {
    query: { limit: 50, sort: 'name', ...(search === '' ? {} : { search }) },
  })
  return (
    <Page
      title={titles.benchmarks}
      lead={m.lead}
      actions={isAdministrator ? <ButtonLink href="/market/benchmarks/new">{form.make}</ButtonLink> : undefined}
    >
      <Filters>
        <TextField {...filterField('search', read('search'), value => write({ search: value }))} type="search" label={m.search} />
      </Filters>
      <List
        list={list}
        empty={
          <EmptyState title={search === '' ? m.empty : m.noMatch}>
            {search === '' ? (isAdministrator ? m.emptyForAdministrators : m.emptyLead) : m.noMatchLead}
          </EmptyState>
        }
      >
        {benchmarks => (
          <Grid>
            {benchmarks.map(benchmark => (
              <BenchmarkCard key={benchmark.id} benchmark={benchmark} canChange={isAdministrator} />
            ))}
          </Grid>
        )}
      </List>
    </Page>
  )
}

export default BenchmarksPage
