import { useState } from 'react'
import { Choice } from '../../components/choice.tsx'
import { Money, Percent } from '../../components/figures.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { sumOf } from '../account-kinds.ts'
import { AllocationMap, byClass, largestFirst, type Part } from './allocation-map.tsx'
import type { Holding, Holdings, Portfolio } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { allocation as m, holdings as words } from '#messages/portfolios'

type By = keyof typeof m.kinds

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
  const [by, setBy] = useState<By>('class')
  const { currency } = holdings
  const parts = largestFirst(by === 'class' ? byClass(holdings, portfolio) : byHolding(holdings))
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={<Choice label={m.by} value={by} options={Object.entries(m.kinds) as [By, string][]} onChange={setBy} />}
    >
      {parts.length > 0 && (
        <div className={styles['beside']}>
          <AllocationMap parts={parts} currency={currency} />
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
