import { useState } from 'react'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Badge } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { Dollars, Quantity } from './lot-figures.tsx'
import styles from './lots.module.css'
import { methods, sell as m } from '#messages/lot-choices'
import { shared } from '#messages/lots'

export type Preview = ApiAnswer<'POST /v1/wealth/lot-previews'>
type Way = Preview['choices'][number]

const centsOf = (amount: string): bigint => BigInt(amount.replace('.', ''))

/** The lowest tax of the ways; undefined if it is not known, or the same by all. */
const lowestTax = (ways: readonly Way[]): string | undefined => {
  const taxes = ways.flatMap(({ tax }) => tax ?? [])
  const [lowest, ...rest] = taxes.toSorted((one, other) => Number(centsOf(one) - centsOf(other)))
  return taxes.length === ways.length && rest.some(tax => tax !== lowest) ? lowest : undefined
}

const areSame = (ways: readonly Way[]): boolean => ways.length > 1 && ways.every(({ tax }) => tax !== null && tax === ways[0]!.tax)

const WayLots = ({ method, lots }: Way) => (
  <Table
    caption={m.lotsOf(methods[method])}
    rows={lots.map((lot, index) => ({ ...lot, index }))}
    rowKey={({ index }) => String(index)}
    columns={[
      {
        key: 'acquired',
        header: m.acquired,
        cell: ({ acquiredOn, term }) => (
          <>
            {acquiredOn === null ? m.noLot : <CalendarDate date={acquiredOn} />}
            <div className={styles['quiet']}>{shared.terms[term]}</div>
          </>
        ),
      },
      { key: 'shares', header: m.shares, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
      { key: 'gain', header: m.gain, align: 'end', cell: ({ gain }) => <Dollars value={gain} signed /> },
      { key: 'proceeds', header: m.proceeds, align: 'end', cell: ({ proceeds }) => <Dollars value={proceeds} /> },
      { key: 'basis', header: m.basis, align: 'end', cell: ({ costBasis }) => <Dollars value={costBasis} /> },
    ]}
  />
)

/** A sale by each way to choose its lots, beside one another. Each opens its lots. */
export const WaysTable = ({ preview: { choices, symbol, usedMethod } }: { readonly preview: Preview }) => {
  const [opened, setOpened] = useState<Way>()
  const lowest = lowestTax(choices)
  return (
    <>
      <Table
        caption={m.caption(symbol)}
        rows={choices}
        rowKey={({ method }) => method}
        columns={[
          {
            key: 'way',
            header: m.way,
            cell: ({ method, tax }) => (
              <div className={styles['way']}>
                <span>{methods[method]}</span>
                {lowest !== undefined && tax === lowest && <Badge kind="good">{m.lowest}</Badge>}
                {method === usedMethod && <Badge kind="info">{m.holds}</Badge>}
              </div>
            ),
          },
          { key: 'tax', header: m.tax, align: 'end', cell: ({ tax }) => <Dollars value={tax} signed /> },
          { key: 'short', header: m.shortTerm, align: 'end', cell: ({ shortTermGain }) => <Dollars value={shortTermGain} signed /> },
          { key: 'long', header: m.longTerm, align: 'end', cell: ({ longTermGain }) => <Dollars value={longTermGain} signed /> },
          { key: 'disallowed', header: m.disallowed, align: 'end', cell: ({ disallowedLoss }) => <Dollars value={disallowedLoss} /> },
          { key: 'proceeds', header: m.proceeds, align: 'end', cell: ({ proceeds }) => <Dollars value={proceeds} /> },
          { key: 'basis', header: m.basis, align: 'end', cell: ({ costBasis }) => <Dollars value={costBasis} /> },
          {
            key: 'lots',
            header: m.lots,
            hidesHeader: true,
            cell: way => (
              <Button aria-label={m.lotsOf(methods[way.method])} onClick={() => setOpened(way)}>
                {m.lots}
              </Button>
            ),
          },
        ]}
      />
      {areSame(choices) && <p>{m.same}</p>}
      <p className={styles['quiet']}>{m.taxNote}</p>
      {opened && (
        <Dialog title={m.lotsOf(methods[opened.method])} onClose={() => setOpened(undefined)}>
          <WayLots {...opened} />
        </Dialog>
      )}
    </>
  )
}
