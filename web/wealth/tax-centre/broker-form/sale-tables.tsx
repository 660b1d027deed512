import { useState } from 'react'
import { formatNumber } from '../../../components/format.ts'
import { Section } from '../../../components/page.tsx'
import { type Column, LongTable, Table } from '../../../components/table.tsx'
import { type Look, useLook } from '../../../shell/preferences.ts'
import { type Item, saleWords, valueWords } from './comparison-data.ts'
import { Places } from './differing-sale.tsx'
import own from './broker-form.module.css'
import { comparison as m } from '#messages/broker-form'

interface Row {
  readonly key: string
  readonly item: Item
  readonly sale: string
}

const rowsOf = (items: readonly Item[], look: Look): Row[] =>
  items.map((item, index) => ({ key: String(index), item, sale: saleWords(item, look) }))

/** Of the ledger, if it has the sale. A side of several lines shows its first one. */
const amountColumn = (field: 'proceeds' | 'basis', look: Look): Column<Row> => ({
  key: field,
  header: m.fields[field],
  align: 'end',
  ...(field === 'basis' && { wide: true }),
  cell: ({ item: { broker, ours } }) => valueWords(field, (ours[0] ?? broker[0])?.[field] ?? null, look),
})

/** Sales that only one side has, with the likely cause. */
export const OneSided = ({ items, title }: { readonly title: string; readonly items: readonly Item[] }) => {
  const look = useLook()
  const reasons = [...new Set(items.flatMap(({ reason }) => reason ?? []))]
  return (
    <Section title={title} lead={reasons.join(' ')}>
      <Table
        isTall
        caption={title}
        rows={rowsOf(items, look)}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'sale',
            header: m.security,
            cell: ({ item, sale }) => (
              <>
                <bdi>{sale}</bdi>
                <Places item={item} sale={sale} />
              </>
            ),
          },
          amountColumn('proceeds', look),
          amountColumn('basis', look),
        ]}
      />
    </Section>
  )
}

/** Sales that are equal on both sides, folded. There can be thousands: they are drawn when they are opened. */
export const EqualSales = ({ items }: { readonly items: readonly Item[] }) => {
  const look = useLook()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={own['equal']} onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary>{m.equal(items.length, formatNumber(items.length, look))}</summary>
      {isOpen && (
        <LongTable
          caption={m.equalCaption}
          rows={rowsOf(items, look)}
          rowKey={({ key }) => key}
          columns={[
            { key: 'sale', header: m.security, cell: ({ sale }) => <bdi>{sale}</bdi> },
            amountColumn('proceeds', look),
            amountColumn('basis', look),
          ]}
        />
      )}
    </details>
  )
}
