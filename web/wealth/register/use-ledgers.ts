import { useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'

/** The accounts of the household that have transactions, by name. */
export const useLedgers = () => {
  const { household } = useHouseholds()
  const { data } = useApi(
    'GET /v1/wealth/accounts',
    { query: { limit: 1000, sort: 'name', ...(household ? { householdId: household.id } : {}) } },
    { enabled: household !== undefined },
  )
  return (data?.items ?? []).filter(({ balanceSource }) => balanceSource === 'ledger')
}
