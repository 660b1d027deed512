import { CalendarDate } from '../../components/figures.tsx'
import { formatDate } from '../../components/format.ts'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { TaxLot } from './lot-data.ts'
import { Basis, Dollars, dollarWords, Quantity } from './lot-figures.tsx'
import { LotTransactions } from './lot-transactions.tsx'
import styles from './lots.module.css'
import { MarketValue } from './position-table.tsx'
import { position as m, shared } from '#messages/lots'

const Term = ({ lot: { acquiredOn, holdingFrom, isShort, longTermOn, term } }: { readonly lot: TaxLot }) => {
  const look = useLook()
  return (
    <>
      <span className={styles['once']}>{shared.terms[term]}</span>
      {holdingFrom !== acquiredOn && <div className={styles['quiet']}>{m.heldSince(formatDate(holdingFrom, look))}</div>}
      {term === 'short' && !isShort && <div className={styles['quiet']}>{m.turnsLong(formatDate(longTermOn, look))}</div>}
    </>
  )
}

const LotBasis = ({ lot }: { readonly lot: TaxLot }) => {
  const look = useLook()
  return (
    <>
      <Basis {...lot} />
      {lot.lossBasis !== null && <div className={styles['note']}>{m.lossBasis(dollarWords(lot.lossBasis, look))}</div>}
    </>
  )
}

/** The lots that a position has now. */
export const LotTable = ({ lots, symbol }: { readonly lots: readonly TaxLot[]; readonly symbol: string }) => {
  const look = useLook()
  return (
    <Table
      caption={m.lotsCaption(symbol)}
      rows={lots}
      rowKey={({ openingId, position }) => `${openingId} ${position}`}
      columns={[
        {
          key: 'acquired',
          header: m.acquired,
          cell: ({ acquiredOn, origin }) => (
            <>
              <CalendarDate date={acquiredOn} />
              <div className={styles['quiet']}>{m.origins[origin]}</div>
            </>
          ),
        },
        { key: 'quantity', header: m.quantity, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
        { key: 'term', header: m.term, cell: lot => <Term lot={lot} /> },
        { key: 'basis', header: m.basis, align: 'end', cell: lot => <LotBasis lot={lot} /> },
        { key: 'value', header: m.value, align: 'end', cell: lot => <MarketValue {...lot} /> },
        { key: 'gain', header: m.gain, align: 'end', cell: ({ unrealisedGain }) => <Dollars value={unrealisedGain} signed /> },
        {
          key: 'details',
          header: m.details,
          hidesHeader: true,
          cell: ({ acquiredOn, openingId }) => (
            <LotTransactions
              label={m.transactionsOfLot(formatDate(acquiredOn, look))}
              parts={[{ role: shared.opened, transactionId: openingId }]}
            />
          ),
        },
      ]}
    />
  )
}
