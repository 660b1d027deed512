import { TreemapChart, type TreemapPart } from '../../charts/treemap-chart.tsx'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import { partName } from './class-names.ts'
import { classValues } from './class-values.ts'
import { type Holdings, isByInstrument, type Portfolio } from './portfolio-data.ts'
import { allocation as m, holdings as words } from '#messages/portfolios'

/** A part of a portfolio with its exact value. */
export interface Part {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly weight: number | null
}

/** Parts that are worth something, the largest first. */
export const largestFirst = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ value }) => Number(value) !== 0).toSorted((one, other) => Number(other.value) - Number(one.value))

/** The values of the classes of holdings: the allocation has them, unless its target is of securities. */
export const byClass = ({ allocation, items, totalValue }: Holdings, portfolio: Portfolio): readonly Part[] => {
  if (!isByInstrument(portfolio)) return allocation.map(({ key, value, weight }) => ({ key, name: partName(key, false), value, weight }))
  const total = Number(totalValue)
  return [...classValues(items)].map(([key, value]) => ({
    key,
    name: partName(key, false),
    value,
    weight: total > 0 ? Number(value) / total : null,
  }))
}

/** Parts of a portfolio as areas, of which there is at least one. */
export const AllocationMap = ({ currency, parts }: { readonly parts: readonly Part[]; readonly currency: string }) => {
  const look = useLook()
  const areas = parts.map(({ key, name, value, weight }): TreemapPart => {
    const amount = formatMoney(value, look, { currency })
    const share = weight === null ? words.none : formatPercent(weight, look, 1)
    return { key, name, value: Number(value), exact: value, words: amount, share, title: m.area(name, amount, share) }
  })
  return (
    <TreemapChart
      title={m.map}
      summary={m.mapSummary(areas[0]!.name, areas[0]!.share)}
      header={[m.part, m.value, m.weight]}
      parts={areas}
    />
  )
}
