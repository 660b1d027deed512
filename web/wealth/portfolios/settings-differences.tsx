import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { type DifferenceRow, DifferenceTable } from '../../components/versions.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { NameOf } from '../lots/lot-data.ts'
import { className } from './class-names.ts'
import type { Portfolio } from './portfolio-data.ts'
import { useChoiceNames } from './use-choice-names.ts'
import { percentWords, type Weight } from './weights.ts'
import { portfolioForm as form, portfolioHistory as m } from '#messages/portfolios'
import { versions as words } from '#messages/versions'

type Difference = ApiAnswer<'GET /v1/wealth/portfolios/{portfolioId}/differences'>['differences'][number]
type Bands = Portfolio['rebalancing']

const labels: Readonly<Record<string, string>> = {
  name: form.name,
  description: form.description,
  currency: form.currency,
  accountIds: form.accounts,
  targetKind: form.target,
  portfolioModelId: form.model,
  benchmarkId: form.benchmark,
}

/** The words of the settings of a portfolio, for the comparison of two versions. */
const useRows = (nameOf: NameOf): ((difference: Difference) => readonly DifferenceRow[]) => {
  const look = useLook()
  const choiceName = useChoiceNames()
  const percent = (fraction: string | undefined) => (fraction === undefined ? words.nothing : percentWords(fraction, look))
  const row = (key: string, field: string, before: string, after: string): DifferenceRow => ({ key, field, before, after })
  const wordsOf = (path: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return words.nothing
    if (path === 'accountIds') return (value as string[]).map(nameOf).join(', ') || words.nothing
    if (path === 'targetKind') return form.targets[value as Portfolio['targetKind']]
    const text = value as string
    return path === 'portfolioModelId' || path === 'benchmarkId' ? choiceName(text) : text
  }
  return ({ after, before, path }) => {
    if (path === 'rebalancing') {
      const [old, now] = [before, after] as unknown as readonly [Bands, Bands]
      return (['absoluteBand', 'relativeBand'] as const)
        .filter(band => old[band] !== now[band])
        .map(band => row(band, form[band], percent(old[band]), percent(now[band])))
    }
    if (path === 'targetAllocation') {
      const [old, now] = [before, after].map(
        weights => new Map(((weights ?? []) as unknown as Weight[]).map(({ key, weight }) => [key, weight])),
      ) as [Map<string, string>, Map<string, string>]
      return [...new Set([...old.keys(), ...now.keys()])]
        .filter(key => old.get(key) !== now.get(key))
        .map(key => row(`weight ${key}`, m.weightOf(className(key)), percent(old.get(key)), percent(now.get(key))))
    }
    return [row(path, labels[path] ?? path, wordsOf(path, before), wordsOf(path, after))]
  }
}

/** What differs between two versions of the settings of a portfolio, in words. */
export const SettingsDifferences = ({
  from,
  nameOf,
  portfolioId,
  to,
}: {
  readonly portfolioId: string
  readonly nameOf: NameOf
  readonly from: number
  readonly to: number
}) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/portfolios/{portfolioId}/differences', {
    params: { portfolioId },
    query: { from, to },
  })
  const rowsOf = useRows(nameOf)
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const rows = data.differences.flatMap(rowsOf)
  return rows.length === 0 ? <p>{words.same}</p> : <DifferenceTable rows={rows} />
}
