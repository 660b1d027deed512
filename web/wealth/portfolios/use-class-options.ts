import { useApi } from '../../shell/api.ts'
import { className } from './class-names.ts'

type Option = readonly [key: string, name: string]

/** The asset classes of the newest approved assumption set, and money, by name. Empty until they are read. */
export const useClassOptions = (): readonly Option[] => {
  const sets = useApi('GET /v1/planning/assumption-sets', { query: { limit: 1, sort: '-effectiveDate', status: 'approved' } })
  const assumptionSetId = sets.data?.items[0]?.id
  const set = useApi(
    'GET /v1/planning/assumption-sets/{assumptionSetId}',
    { params: { assumptionSetId: assumptionSetId ?? '' } },
    { enabled: assumptionSetId !== undefined },
  )
  const keys = new Set([...(set.data?.assumptions.assets.map(({ key }) => key) ?? []), 'cash'])
  return [...keys].map((key): Option => [key, className(key)]).toSorted((one, other) => one[1].localeCompare(other[1]))
}
