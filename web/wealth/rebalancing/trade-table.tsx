import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Badge } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import type { NameOf } from '../lots/lot-data.ts'
import { Dollars, isZero, Quantity } from '../lots/lot-figures.tsx'
import { partName } from '../portfolios/class-names.ts'
import type { Rebalancing, Trade } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { SoldLots } from './sold-lots.tsx'
import { reasons, trades as m } from '#messages/rebalancing'

/** The gain of a sale by term. */
const Gain = ({ trade: { longGain, lots, shortGain, side } }: { readonly trade: Trade }) => {
  if (side === 'buy') return <>{m.none}</>
  if (lots.length === 0) return <>{m.notTaxed}</>
  const isUnknown = lots.some(({ gain }) => gain === null)
  if (isZero(shortGain) && isZero(longGain)) return <Dollars value={isUnknown ? null : longGain} />
  const terms = [
    [shortGain, m.terms.short],
    [longGain, m.terms.long],
  ] as const
  return (
    <>
      {terms.map(
        ([gain, term]) =>
          isZero(gain) || (
            <div key={term}>
              <Dollars value={gain} signed />
              <div className={styles['quiet']}>{term}</div>
            </div>
          ),
      )}
      {isUnknown && <div className={styles['quiet']}>{m.partUnknown}</div>}
    </>
  )
}

export interface TradesProps extends Pick<Rebalancing, 'taxSource'> {
  readonly trades: readonly Trade[]
  readonly isByInstrument: boolean
  readonly nameOf: NameOf
}

/** The trades of a proposal. Each sale has a mark, and opens its lots. */
export const TradeTable = ({
  isByInstrument,
  kept,
  nameOf,
  onToggle,
  taxSource,
  trades,
}: TradesProps & {
  /** Securities that are not to be sold. */
  readonly kept: readonly string[]
  readonly onToggle: (symbol: string) => void
}) => {
  const [opened, setOpened] = useState<Trade>()
  return (
    <>
      <Table
        caption={m.caption}
        rows={trades}
        rowKey={({ accountId, side, symbol }) => `${accountId} ${side} ${symbol}`}
        columns={[
          {
            key: 'include',
            header: m.include,
            hidesHeader: true,
            cell: ({ accountId, side, symbol }) =>
              side === 'sell' && (
                <input
                  type="checkbox"
                  className={styles['include']}
                  aria-label={m.sellOf(symbol, nameOf(accountId))}
                  checked={!kept.includes(symbol)}
                  onChange={() => onToggle(symbol)}
                />
              ),
          },
          {
            key: 'trade',
            header: m.trade,
            cell: ({ side, symbol }) => (
              <span className={styles['trade']}>
                <Badge kind={side === 'buy' ? 'info' : 'plain'}>{m.sides[side]}</Badge> <bdi>{symbol}</bdi>
              </span>
            ),
          },
          { key: 'account', header: m.account, cell: ({ accountId }) => <bdi>{nameOf(accountId)}</bdi> },
          { key: 'quantity', header: m.quantity, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
          { key: 'amount', header: m.amount, align: 'end', cell: ({ amount }) => <Dollars value={amount} /> },
          { key: 'gain', header: m.gain, align: 'end', cell: trade => <Gain trade={trade} /> },
          {
            key: 'tax',
            header: m.tax,
            align: 'end',
            cell: ({ lots, tax }) => (lots.length === 0 ? m.none : <Dollars value={taxSource === 'unknown' ? null : tax} />),
          },
          {
            key: 'reason',
            header: m.reason,
            cell: ({ assetClass, reason }) => (
              <div className={styles['reason']}>
                {reasons[reason](assetClass === null ? reasons.noName : partName(assetClass, isByInstrument))}
              </div>
            ),
          },
          {
            key: 'lots',
            header: m.lots,
            hidesHeader: true,
            cell: trade =>
              trade.lots.length > 0 && (
                <Button aria-label={m.lotsOf(trade.symbol, nameOf(trade.accountId))} onClick={() => setOpened(trade)}>
                  {m.lots}
                </Button>
              ),
          },
        ]}
      />
      {opened && <SoldLots trade={opened} account={nameOf(opened.accountId)} onClose={() => setOpened(undefined)} />}
    </>
  )
}
