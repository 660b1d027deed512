import { useState } from 'react'
import { TreemapChart, type TreemapPart } from '../../charts/treemap-chart.tsx'
import { Choice } from '../../components/choice.tsx'
import { Money, Percent } from '../../components/figures.tsx'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { sumOf } from '../account-kinds.ts'
import { partName } from './class-names.ts'
import { classValues } from './class-values.ts'
import { type Holding, type Holdings, isByInstrument, type Portfolio } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { allocation as m, holdings as words } from '#messages/portfolios'

type By = keyof typeof m.kinds

/** A part of the portfolio with its exact value. */
interface Part {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly weight: number | null
}

/** The values of the classes of holdings: the allocation has them, unless its target is of securities. */
const byClass = ({ allocation, items, totalValue }: Holdings, portfolio: Portfolio): readonly Part[] => {
  if (!isByInstrument(portfolio)) return allocation.map(({ key, value, weight }) => ({ key, name: partName(key, false), value, weight }))
  const total = Number(totalValue)
  return [...classValues(items)].map(([key, value]) => ({
    key,
    name: partName(key, false),
    value,
    weight: total > 0 ? Number(value) / total : null,
  }))
}

const nameOf = ({ kind, symbol }: Holding): string => symbol ?? (kind === 'cash' ? words.cash : words.rest)

/** The values of each security in all accounts. */
const byHolding = ({ items }: Holdings): readonly Part[] =>
  [...Map.groupBy(items, nameOf)].flatMap(([name, own]) => {
    const values = own.flatMap(({ currentValue }) => currentValue ?? [])
    return values.length === 0
      ? []
      : [{ key: name, name, value: sumOf(values), weight: own.reduce((sum, { weight }) => sum + (weight ?? 0), 0) }]
  })

/** How the value of a portfolio is divided, as areas and as a table. */
export const AllocationSection = ({ holdings, portfolio }: { readonly holdings: Holdings; readonly portfolio: Portfolio }) => {
  const look = useLook()
  const [by, setBy] = useState<By>('class')
  const { currency } = holdings
  const parts = (by === 'class' ? byClass(holdings, portfolio) : byHolding(holdings))
    .filter(({ value }) => Number(value) !== 0)
    .toSorted((one, other) => Number(other.value) - Number(one.value))
  const share = (weight: number | null) => (weight === null ? words.none : formatPercent(weight, look, 1))
  const areas = parts.map(({ key, name, value, weight }): TreemapPart => {
    const [amount, percent] = [formatMoney(value, look, { currency }), share(weight)]
    return { key, name, value: Number(value), exact: value, words: amount, share: percent, title: m.area(name, amount, percent) }
  })
  const largest = areas[0]
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={<Choice label={m.by} value={by} options={Object.entries(m.kinds) as [By, string][]} onChange={setBy} />}
    >
      {largest && (
        <div className={styles['beside']}>
          <TreemapChart
            title={m.map}
            summary={m.mapSummary(largest.name, largest.share)}
            header={[m.part, m.value, m.weight]}
            parts={areas}
          />
          <Table
            caption={m.caption[by]}
            rows={parts}
            rowKey={({ key }) => key}
            columns={[
              { key: 'name', header: m.part, cell: ({ name }) => <bdi>{name}</bdi> },
              { key: 'value', header: m.value, align: 'end', cell: ({ value }) => <Money value={value} currency={currency} /> },
              {
                key: 'weight',
                header: m.weight,
                align: 'end',
                cell: ({ weight }) => (weight === null ? words.none : <Percent value={weight} />),
              },
            ]}
          />
        </div>
      )}
      {parts.some(({ value }) => Number(value) < 0) && <p className={styles['note']}>{m.negative}</p>}
    </Section>
  )
}
