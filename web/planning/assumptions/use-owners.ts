import { useHouseholds } from '../../shell/household.ts'
import { sets as m } from '#messages/plan-assumptions'

/** Names the owner of sets and models, and says what the person may change. */
export const useOwners = () => {
  const { household, households, isPending } = useHouseholds()
  const editable = households.filter(({ role }) => role !== 'viewer')
  return {
    isPending,
    /** The households in which the person can make something: the one that the pages show comes first. */
    editable: editable.toSorted((left, right) => Number(right.id === household?.id) - Number(left.id === household?.id)),
    ownerOf: (householdId: string | null): string =>
      householdId === null ? m.published : (households.find(({ id }) => id === householdId)?.name ?? ''),
    canChange: (householdId: string | null): boolean => editable.some(({ id }) => id === householdId),
  }
}
