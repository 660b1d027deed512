import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { List } from '../../components/list.tsx'
import { Loading, Notice, Page, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { type Household, useHouseholds } from '../../shell/household.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { ClosingTable } from './closing-table.tsx'
import { sellPath, useAccountNames, usePositions } from './lot-data.ts'
import { Basis, Dollars, Quantity } from './lot-figures.tsx'
import { LotTable } from './lot-table.tsx'
import styles from './lots.module.css'
import { MarketValue } from './position-table.tsx'
import { titles as choices } from '#messages/lot-choices'
import { investments, position as m, shared, titles } from '#messages/lots'

interface Of {
  readonly householdId: string
  readonly accountId: string
  readonly symbol: string
}

/** The sums of the position, if something is held. */
const Sums = ({ accountId, householdId, symbol }: Of) => {
  const { data, error, refetch } = usePositions(householdId)
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  return (
    <>
      {!data.isCurrent && <Notice>{shared.calculating}</Notice>}
      {data.items
        .filter(each => each.accountId === accountId && each.symbol === symbol)
        .map(each => (
          <Facts
            key={String(each.isShort)}
            facts={[
              [each.isShort ? investments.soldShort : m.quantity, <Quantity key="quantity" value={each.quantity} />],
              [investments.basis, <Basis key="basis" {...each} />],
              [investments.value, <MarketValue key="value" {...each} />],
              [investments.shortTerm, <Dollars key="short" value={each.unrealisedShortTerm} signed />],
              [investments.longTerm, <Dollars key="long" value={each.unrealisedLongTerm} signed />],
            ]}
          />
        ))}
    </>
  )
}

const Lots = ({ symbol, ...of }: Of) => {
  const lots = useApiPages('GET /v1/wealth/tax-lots', { query: { ...of, symbol, limit: 1000 } })
  return (
    <Section
      title={m.lots}
      actions={lots.items?.some(({ isShort }) => !isShort) && <ButtonLink href={sellPath(of.accountId, symbol)}>{choices.sell}</ButtonLink>}
    >
      <List list={lots} empty={<p>{m.noLots}</p>}>
        {items => <LotTable lots={items} symbol={symbol} />}
      </List>
    </Section>
  )
}

/** What was closed, the newest year first. */
const Closings = ({ canEdit, household, symbol, ...of }: Of & { readonly household: Household; readonly canEdit: boolean }) => {
  const closings = useApiPages('GET /v1/wealth/lot-closings', { query: { ...of, symbol, limit: 1000 } })
  const isTaxed = closings.items?.every(({ isTaxAdvantaged }) => !isTaxAdvantaged) !== false
  return (
    <Section title={m.closings} lead={isTaxed ? m.closingsLead : `${m.closingsLead} ${m.notTaxed}`}>
      <List list={closings} empty={<p>{m.nothingClosed}</p>}>
        {items =>
          [...Map.groupBy(items, ({ closedOn }) => closedOn.slice(0, 4))].toReversed().map(([year, ofYear]) => (
            <div key={year} className={styles['story']}>
              <h3>{year}</h3>
              <ClosingTable closings={ofYear} household={household} canEdit={canEdit} symbol={symbol} year={year} />
            </div>
          ))
        }
      </List>
    </Section>
  )
}

const Title = ({ accountId, householdId, symbol }: Of) => {
  const { error, nameOf, retry } = useAccountNames(householdId)
  if (error) return <Failure error={error} retry={retry} />
  return nameOf ? <h2>{m.titleOf(symbol, nameOf(accountId))}</h2> : <Loading />
}

/** The tax lots of a security in an account, and what was closed. */
const PositionPage = () => {
  const { accountId, symbol: encoded } = useParams<{ accountId: string; symbol: string }>()
  const symbol = decodeURIComponent(encoded)
  const { household } = useHouseholds()
  const of = (householdId: string) => ({ householdId, accountId, symbol })
  return (
    <Page title={titles.position} lead={household && m.lead} actions={<ButtonLink href="/investments">{m.toList}</ButtonLink>}>
      <HouseholdGate>
        {(each, canEdit) => (
          <>
            <Title {...of(each.id)} />
            <Sums {...of(each.id)} />
            <Lots {...of(each.id)} />
            <Closings {...of(each.id)} household={each} canEdit={canEdit} />
          </>
        )}
      </HouseholdGate>
    </Page>
  )
}

export default PositionPage
