import '../../../web/styles/tokens.css'
import '../../../web/styles/base.css'
import { createRoot } from 'react-dom/client'
import { LongTable } from '../../../web/components/table.tsx'

interface Row {
  readonly id: string
  readonly day: string
  readonly amount: number
}

const count = 100_000
const rows = Array.from({ length: count }, (_, index): Row => ({ id: String(index), day: `Day ${index % 365}`, amount: index * 1.25 }))
const columns = [
  { key: 'id', header: 'Number', cell: (row: Row) => row.id },
  { key: 'day', header: 'Day', cell: (row: Row) => row.day },
  { key: 'amount', header: 'Amount', align: 'end' as const, cell: (row: Row) => row.amount.toFixed(2) },
]

// The table of the pages, with so many rows as no page should need.
createRoot(document.getElementById('root')!).render(<LongTable caption="Rows" columns={columns} rows={rows} rowKey={row => row.id} />)
