import { Link } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Money } from '../components/figures.tsx'
import { List } from '../components/list.tsx'
import { EmptyState, Grid, Notice, Page, Section, Stat } from '../components/page.tsx'
import { useApi } from '../shell/api.ts'
import { type Household, useHouseholds } from '../shell/household.ts'
import { EstateAccounts } from './estate-accounts.tsx'
import { type Estate, HeirTable } from './estate-heirs.tsx'
import { HouseholdGate } from './household-gate.tsx'
import styles from './accounts.module.css'
import { estate as m, titles } from '#messages/estate'

const Totals = ({ totals }: { readonly totals: Estate['totals'] }) => (
  <>
    {totals.map(({ currency, designated, undesignated }) => (
      <Grid key={currency}>
        <Stat label={m.designated} note={m.designatedNote(currency)}>
          <Money value={designated} currency={currency} precision="exact" />
        </Stat>
        <Stat label={m.undesignated} note={m.undesignatedNote(currency)}>
          <Money value={undesignated} currency={currency} precision="exact" />
        </Stat>
      </Grid>
    ))}
  </>
)

/** The accounts without beneficiaries, with the way to name some. */
const Without = ({ items }: { readonly items: readonly Estate['items'][number][] }) =>
  items.length === 0 ? null : (
    <Notice kind="warn">
      {m.without(items.length)}
      <ul>
        {items.map(({ accountId, name }) => (
          <li key={accountId}>
            <Link href={`/accounts/${accountId}`}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )

const Shown = ({ canEdit, household }: { readonly household: Household; readonly canEdit: boolean }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/estate', { query: { householdId: household.id } })
  return (
    <List
      list={{ items: data?.items, error, retry: refetch }}
      empty={
        <EmptyState
          title={m.empty}
          action={
            canEdit ? (
              <ButtonLink kind="primary" href="/accounts/new" icon="plus">
                {m.add}
              </ButtonLink>
            ) : undefined
          }
        >
          {m.emptyLead}
        </EmptyState>
      }
    >
      {items => (
        <>
          <Totals totals={data!.totals} />
          <Without items={items.filter(({ designation }) => designation === 'none')} />
          <Section title={m.heirs} lead={data!.heirs.length === 0 ? m.noHeirs : m.heirsLead}>
            {data!.heirs.map(heir => (
              <HeirTable key={`${heir.personId ?? heir.kind + heir.name} ${heir.currency}`} heir={heir} accounts={items} />
            ))}
          </Section>
          <Section title={m.accounts} lead={m.accountsLead}>
            <EstateAccounts householdId={household.id} items={items} />
            <p className={styles['quiet']}>{m.leftOut}</p>
          </Section>
        </>
      )}
    </List>
  )
}

/** Who would receive what of the accounts of the household. */
const EstatePage = () => {
  const { household } = useHouseholds()
  return (
    <Page title={titles.estate} lead={household && m.lead(household.name)}>
      <HouseholdGate>{(each, canEdit) => <Shown key={each.id} household={each} canEdit={canEdit} />}</HouseholdGate>
    </Page>
  )
}

export default EstatePage
