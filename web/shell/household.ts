import type { ApiItem } from '../../lambdas/api-types.ts'
import { useApi } from './api.ts'
import { storedOnDevice, useStore } from './store.ts'

export type Household = ApiItem<'GET /v1/identity/households'>

const chosen = storedOnDevice<string | null>('household', null)

/** Shows the pages of another household. */
export const chooseHousehold = (id: string): void => chosen.set(id)

export interface Households {
  /** The household that the pages show; undefined while it is loaded, and if there is none. */
  readonly household: Household | undefined
  readonly households: readonly Household[]
  readonly isPending: boolean
  readonly error: Error | null
  /** Whether the person may change what belongs to the household. */
  readonly canEdit: boolean
}

/** The households of the person, and the one that the pages show. */
export const useHouseholds = (): Households => {
  const id = useStore(chosen)
  const { data, error, isPending } = useApi('GET /v1/identity/households', { query: { limit: 200, sort: 'name' } })
  const households = data?.items ?? []
  const household = households.find(each => each.id === id) ?? households[0]
  return { household, households, isPending, error, canEdit: household !== undefined && household.role !== 'viewer' }
}
