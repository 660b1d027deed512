import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { useApi } from '../../shell/api.ts'

export type NetWorth = ApiAnswer<'GET /v1/wealth/net-worth'>
export type AccountNetWorth = NetWorth['accounts'][number]
/** Of a household with a history. */
export type KnownNetWorth = NetWorth & { readonly [Field in 'from' | 'to' | 'total']: NonNullable<NetWorth[Field]> }
/** What a value was, what it is, and what changed it, as the API says it of all accounts and of each. */
export type Change = Omit<NonNullable<NetWorth['total']>, 'assets' | 'debts'>

export const isKnown = (netWorth: NetWorth): netWorth is KnownNetWorth =>
  netWorth.total !== null && netWorth.from !== null && netWorth.to !== null

/** The net worth of today and since a day; since the first one of the history if none is given. That of the range before stays while another one is read. */
export const useNetWorth = (householdId: string, from: string | undefined) =>
  useApi(
    'GET /v1/wealth/net-worth',
    { query: { householdId, ...(from === undefined ? {} : { from }) } },
    { placeholderData: earlier => earlier, staleTime: 0 },
  )
