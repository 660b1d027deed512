import { Link } from 'wouter'
import { Card } from '../../../components/page.tsx'
import { Table } from '../../../components/table.tsx'
import { useLook } from '../../../shell/preferences.ts'
import styles from '../../accounts.module.css'
import { positionPath } from '../../lots/lot-data.ts'
import { type Item, saleWords, valueWords } from './comparison-data.ts'
import { comparison as m } from '#messages/broker-form'

/** Where the file and the ledger have a sale. */
export const Places = ({ item: { broker, ours }, sale }: { readonly item: Item; readonly sale: string }) => {
  const numbers = broker.map(({ line }) => line)
  const [row] = ours
  return (
    <div className={styles['quiet']}>
      {numbers.length > 0 && `${m.lines(numbers.join(', '), numbers.length === 1)}. `}
      {row && (
        <Link href={positionPath(row.accountId, row.symbol)} aria-label={m.showOf(sale)}>
          {m.show}
        </Link>
      )}
    </div>
  )
}

/** A sale of which the two sides have different figures: these beside each other, with the likely cause. */
export const DifferingSale = ({ item }: { readonly item: Item }) => {
  const look = useLook()
  const sale = saleWords(item, look)
  return (
    <Card>
      <h3>
        <bdi>{sale}</bdi>
      </h3>
      {item.reason !== null && <p>{item.reason}</p>}
      <Table
        caption={m.caption(sale)}
        rows={item.differences}
        rowKey={({ field }) => field}
        columns={[
          { key: 'field', header: m.field, cell: ({ field }) => m.fields[field] },
          { key: 'broker', header: m.broker, align: 'end', cell: ({ broker, field }) => valueWords(field, broker, look) },
          { key: 'here', header: m.here, align: 'end', cell: ({ field, ours }) => valueWords(field, ours, look) },
          {
            key: 'difference',
            header: m.difference,
            align: 'end',
            wide: true,
            cell: ({ difference, field }) => valueWords(field, difference, look, true),
          },
        ]}
      />
      <Places item={item} sale={sale} />
    </Card>
  )
}
