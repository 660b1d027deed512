import { ButtonLink } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState, Notice, Page, Section } from '../../components/page.tsx'
import { useHouseholds } from '../../shell/household.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { AvoidList } from './avoid-list.tsx'
import { IncompleteList } from './incomplete-list.tsx'
import { useAccountNames, usePositions } from './lot-data.ts'
import { PositionTable } from './position-table.tsx'
import { titles as gains } from '#messages/unrealised'
import { titles as choices } from '#messages/lot-choices'
import { titles as portfolios } from '#messages/portfolios'
import { investments as m, shared, titles } from '#messages/lots'

const Shown = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const { data, error, refetch } = usePositions(householdId)
  const accounts = useAccountNames(householdId)
  const { nameOf } = accounts
  const retry = () => Promise.all([refetch(), accounts.retry()])
  const byAccount = nameOf && data && [...Map.groupBy(data.items, ({ accountId }) => accountId)]
  return (
    <>
      {data?.isCurrent === false && <Notice>{shared.calculating}</Notice>}
      {nameOf && <AvoidList householdId={householdId} nameOf={nameOf} />}
      {nameOf && data && <IncompleteList problems={data.problems} nameOf={nameOf} />}
      <List
        list={{ items: byAccount, error: error ?? accounts.error, retry }}
        empty={
          <EmptyState title={m.empty} action={canEdit ? <ButtonLink href="/accounts/import">{m.import}</ButtonLink> : undefined}>
            {m.emptyLead}
          </EmptyState>
        }
      >
        {groups =>
          groups
            .map(([accountId, positions]) => ({ accountId, name: nameOf!(accountId), positions }))
            .toSorted((one, other) => one.name.localeCompare(other.name))
            .map(({ accountId, name, positions }) => (
              <Section key={accountId} title={name}>
                <PositionTable account={name} positions={positions} />
              </Section>
            ))
        }
      </List>
    </>
  )
}

/** What the household holds, by account, and which trades to avoid. */
const InvestmentsPage = () => {
  const { household } = useHouseholds()
  return (
    <Page
      title={titles.investments}
      lead={household && m.lead(household.name)}
      actions={
        household && (
          <>
            <ButtonLink href="/portfolios">{portfolios.portfolios}</ButtonLink>
            <ButtonLink href="/investments/gains">{gains.gains}</ButtonLink>
            <ButtonLink href="/investments/wash-sales">{m.toWashSales}</ButtonLink>
            <ButtonLink href="/investments/methods">{choices.methods}</ButtonLink>
          </>
        )
      }
    >
      <HouseholdGate>{({ id }, canEdit) => <Shown key={id} householdId={id} canEdit={canEdit} />}</HouseholdGate>
    </Page>
  )
}

export default InvestmentsPage
