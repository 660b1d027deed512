import { useApi } from '../shell/api.ts'
import { accounts as m } from '#messages/accounts'

/** The people of a household, with the names of owners. */
export const usePeople = (householdId: string) => {
  const { data, error, refetch } = useApi('GET /v1/identity/households/{householdId}/people', {
    params: { householdId },
    query: { limit: 1000, sort: 'name' },
  })
  const people = data?.items ?? []
  return {
    people,
    isKnown: data !== undefined,
    error,
    retry: refetch,
    ownerName: (ownerId: string | null): string => (ownerId === null ? m.joint : (people.find(({ id }) => id === ownerId)?.name ?? '')),
  }
}

/** The accounts of a household, by name. They are not read before the household is known. */
export const useAccounts = (householdId: string | undefined) =>
  useApi(
    'GET /v1/wealth/accounts',
    { query: { householdId: householdId ?? '', limit: 1000, sort: 'name' } },
    { enabled: householdId !== undefined },
  )
