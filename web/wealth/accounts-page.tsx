import { Fragment } from 'react'
import { Link } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Money } from '../components/figures.tsx'
import { List } from '../components/list.tsx'
import { EmptyState, Grid, Notice, Page, Stat } from '../components/page.tsx'
import { useApi } from '../shell/api.ts'
import { type Household, useHouseholds } from '../shell/household.ts'
import { inGroups, negated } from './account-kinds.ts'
import { AccountTable, type Points } from './account-table.tsx'
import { HouseholdGate } from './household-gate.tsx'
import { useAccounts, usePeople } from './use-household-data.ts'
import { accounts as m, groups, titles } from '#messages/accounts'

const Add = () => (
  <ButtonLink kind="primary" href="/accounts/new" icon="plus">
    {m.add}
  </ButtonLink>
)

type Trends = ReturnType<typeof useTrends>['data']
const useTrends = (householdId: string) => useApi('GET /v1/wealth/balances', { query: { householdId, interval: 'month' } })

type Trend = NonNullable<Trends>['totals'][number]

const Totals = ({ currency, items, note }: Trend & { readonly note: string }) => {
  const last = items.at(-1)
  return (
    last && (
      <Grid>
        <Stat label={m.net} note={note}>
          <Money value={last.balance} currency={currency} />
        </Stat>
        <Stat label={m.assets}>
          <Money value={last.assets} currency={currency} />
        </Stat>
        <Stat label={m.owed}>
          <Money value={negated(last.owed)} currency={currency} />
        </Stat>
      </Grid>
    )
  )
}

/** What the household owns and owes today: in its own currency, and by currency. */
const Overview = ({ trends: { converted, totals } }: { readonly trends: NonNullable<Trends> }) => {
  const today = totals[0]?.items.at(-1)?.date
  const isKnown = converted?.items.at(-1)?.date === today
  return (
    <>
      {converted && isKnown && (
        <>
          <Totals {...converted} note={m.convertedNote(converted.currency)} />
          <p>
            {m.ofWhich}{' '}
            {totals.map(({ currency, items }, index) => (
              <Fragment key={currency}>
                {index > 0 && ', '}
                <Money value={items.at(-1)!.balance} currency={currency} />
              </Fragment>
            ))}
          </p>
        </>
      )}
      {converted && !isKnown && (
        <Notice>
          {m.noRate(converted.missing.join(', '), converted.currency)} <Link href="/market/fx">{m.toRates}</Link>
        </Notice>
      )}
      {!isKnown && totals.map(total => <Totals key={total.currency} {...total} note={m.netNote(total.currency)} />)}
    </>
  )
}

const Accounts = ({ canEdit, household }: { readonly household: Household; readonly canEdit: boolean }) => {
  const { data, error, refetch } = useAccounts(household.id)
  const { ownerName } = usePeople(household.id)
  const { data: trends } = useTrends(household.id)
  const byAccount = new Map<string, Points>(trends?.accounts.map(({ accountId, items }) => [accountId, items]))
  return (
    <List
      list={{ items: data?.items, error, retry: refetch }}
      empty={
        <EmptyState title={m.empty} action={canEdit ? <Add /> : undefined}>
          {m.emptyLead}
        </EmptyState>
      }
    >
      {items => (
        <>
          {!canEdit && <Notice>{m.viewer}</Notice>}
          {trends && <Overview trends={trends} />}
          {inGroups(items.filter(({ closedOn }) => closedOn === null)).map(([group, members]) => (
            <AccountTable key={group} title={groups[group]} accounts={members} ownerName={ownerName} trends={byAccount} />
          ))}
          {items.some(({ closedOn }) => closedOn !== null) && (
            <AccountTable
              title={m.closed}
              accounts={items.filter(({ closedOn }) => closedOn !== null)}
              ownerName={ownerName}
              trends={byAccount}
            />
          )}
        </>
      )}
    </List>
  )
}

/** All accounts of the household, in groups of their kind. */
const AccountsPage = () => {
  const { canEdit, household } = useHouseholds()
  return (
    <Page
      title={titles.accounts}
      lead={household && m.lead(household.name)}
      actions={
        canEdit && (
          <>
            <Add />
            <ButtonLink href="/accounts/import">{m.importFile}</ButtonLink>
          </>
        )
      }
    >
      <HouseholdGate>{(each, editable) => <Accounts key={each.id} household={each} canEdit={editable} />}</HouseholdGate>
    </Page>
  )
}

export default AccountsPage
