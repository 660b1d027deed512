import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { useHouseholds } from '../../shell/household.ts'
import { Register } from './register.tsx'
import { register as m, titles } from '#messages/register'

const TransactionsPage = () => {
  const { canEdit, household, isPending } = useHouseholds()
  return (
    <Page title={titles.transactions} lead={m.leadOfAll}>
      {isPending && <Loading />}
      {!isPending && (
        <Register
          of={household ? { householdId: household.id } : {}}
          empty={<EmptyState title={m.empty}>{canEdit ? m.emptyOfAll : m.emptyForViewers}</EmptyState>}
        />
      )}
    </Page>
  )
}

export default TransactionsPage
