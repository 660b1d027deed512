import { ButtonLink, Button } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState, Loading, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useAddress } from '../../shell/use-address.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { type NameOf, useAccountNames, usePositions } from './lot-data.ts'
import { WashSaleStory } from './wash-sale-story.tsx'
import { shared, titles, wash as m } from '#messages/lots'

/** The years from the first closing to now, the newest first. */
const useYears = (householdId: string, today: string): readonly string[] => {
  const { data } = useApi('GET /v1/wealth/lot-closings', { query: { householdId, limit: 1 } })
  const last = Number(today.slice(0, 4))
  const first = Number(data?.items[0]?.closedOn.slice(0, 4) ?? last)
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => String(last - index))
}

const Choices = ({
  accounts,
  householdId,
  today,
}: {
  readonly householdId: string
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly type: string }[]
  readonly today: string
}) => {
  const { read, write } = useAddress()
  const years = useYears(householdId, today)
  const known = accounts.filter(({ type }) => type === 'investment' || type === 'other')
  return (
    <Filters>
      <SelectField
        {...filterField('year', read('year'), year => write({ year }))}
        label={m.year}
        options={[['', m.allYears], ...years.map(year => [year, year] as const)]}
      />
      <SelectField
        {...filterField('account', read('account'), account => write({ account }))}
        label={m.account}
        options={[['', m.allAccounts], ...known.map(({ id, name }) => [id, name] as const)]}
      />
    </Filters>
  )
}

const Stories = ({ householdId, nameOf, today }: { readonly householdId: string; readonly nameOf: NameOf; readonly today: string }) => {
  const { read } = useAddress()
  const filters = Object.entries({ taxYear: read('year'), accountId: read('account'), transactionId: read('sale') })
  const chosen = Object.fromEntries(filters.filter(([, value]) => value !== ''))
  const washSales = useApiPages('GET /v1/wealth/wash-sales', { query: { householdId, limit: 20, ...chosen } })
  return (
    <List list={washSales} empty={<EmptyState title={m.empty}>{m.emptyLead}</EmptyState>}>
      {items =>
        items.map(each => (
          <WashSaleStory key={`${each.loss.transactionId} ${each.loss.position}`} washSale={each} nameOf={nameOf} today={today} />
        ))
      }
    </List>
  )
}

const Shown = ({ householdId }: { readonly householdId: string }) => {
  const { read, write } = useAddress()
  const { accounts, error, nameOf, retry } = useAccountNames(householdId)
  const positions = usePositions(householdId)
  const failed = error ?? positions.error
  if (failed) return <Failure error={failed} retry={() => Promise.all([retry(), positions.refetch()])} />
  if (!nameOf || !positions.data) return <Loading />
  const { date, isCurrent } = positions.data
  return (
    <>
      {!isCurrent && <Notice>{shared.calculating}</Notice>}
      {read('sale') === '' ? (
        <Choices householdId={householdId} accounts={accounts} today={date} />
      ) : (
        <Notice>
          {m.oneSale} <Button onClick={() => write({ sale: '' })}>{m.showAll}</Button>
        </Notice>
      )}
      <Stories householdId={householdId} nameOf={nameOf} today={date} />
    </>
  )
}

/** Each loss with its wash sales. */
const WashSalesPage = () => (
  <Page title={titles.washSales} lead={m.lead} actions={<ButtonLink href="/investments">{m.toInvestments}</ButtonLink>}>
    <HouseholdGate>{({ id }) => <Shown key={id} householdId={id} />}</HouseholdGate>
  </Page>
)

export default WashSalesPage
