import type { ReactNode } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { EmptyState, Loading } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { type Household, useHouseholds } from '../shell/household.ts'
import { accounts as m } from '#messages/accounts'

/** What belongs to the household that the pages show; without one, the step to make one. */
export const HouseholdGate = ({ children }: { readonly children: (household: Household, canEdit: boolean) => ReactNode }) => {
  const { canEdit, error, household, isPending } = useHouseholds()
  if (error) return <Failure error={error} />
  if (isPending) return <Loading />
  if (household) return <>{children(household, canEdit)}</>
  return (
    <EmptyState
      title={m.noHousehold}
      action={
        <ButtonLink kind="primary" href="/households">
          {m.toHouseholds}
        </ButtonLink>
      }
    >
      {m.noHouseholdLead}
    </EmptyState>
  )
}
