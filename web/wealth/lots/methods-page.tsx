import { ButtonLink } from '../../components/button.tsx'
import { Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { type Household, useHouseholds } from '../../shell/household.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { Elections } from './elections.tsx'
import { IdenticalPairs } from './identical-pairs.tsx'
import { useAccountNames } from './lot-data.ts'
import { elections as m, titles } from '#messages/lot-choices'

const Shown = ({ canEdit, household }: { readonly household: Household; readonly canEdit: boolean }) => {
  const { accounts, error, nameOf, retry } = useAccountNames(household.id)
  if (error) return <Failure error={error} retry={retry} />
  if (!nameOf) return <Loading />
  return (
    <>
      <Elections accounts={accounts} canEdit={canEdit} household={household} nameOf={nameOf} />
      <IdenticalPairs canEdit={canEdit} householdId={household.id} />
    </>
  )
}

/** How lots are chosen without a choice for a sale, and which securities are substantially identical. */
const MethodsPage = () => {
  const { household } = useHouseholds()
  return (
    <Page title={titles.methods} lead={household && m.lead} actions={<ButtonLink href="/investments">{m.toInvestments}</ButtonLink>}>
      <HouseholdGate>{(each, canEdit) => <Shown key={each.id} household={each} canEdit={canEdit} />}</HouseholdGate>
    </Page>
  )
}

export default MethodsPage
